import Blueprint
import Simulator

extension Command {
  static let undoing: [Command] = [
    Command(
      "undo", .undo, [.optional([.value("N", .number(1...1_000))])],
      "Take back the last step, or the last N.", example: "undo"
    ) {
      session, words throws(Complaint) in
      let count = words.number("N") ?? 1
      let last = session.history.steps.last?.command
      let available = session.history.steps.count
      guard let scene = session.history.undo(count), let last else { throw .nothingToUndo }
      session.scene = scene
      let done = min(count, available)
      return Answer(
        [Line(done == 1 ? "Taken back: \(last)" : "\(done) steps taken back.")],
        [JSON.Member("steps", .integer(done))])
    },
    Command("redo", .undo, [], "Do again what undo took back.", example: "redo") {
      session, _ throws(Complaint) in
      guard let command = session.history.redo(&session.scene) else { throw .nothingToRedo }
      return Answer("Done again: \(command)")
    },
    Command("reset", .undo, [], "Go back to the site as it was loaded.", example: "reset") {
      session, _ throws(Complaint) in
      let scene = session.scene
      session.replace(with: Scene(scene.start, design: scene.design))
      return Answer("\(scene.design) as it was at the start.")
    },
    Command(
      "history", .undo, [.optional([.value("N", .number(1...1_000))])],
      "List the steps that can be taken back.",
      example: "history"
    ) { session, words throws(Complaint) in
      let steps = session.history.steps
      let shown = steps.suffix(words.number("N") ?? 20)
      let lines = zip(shown.indices, shown).map { Line("  \(Column.right("\($0 + 1)", 4))  \($1.command)") }
      let json = shown.map { JSON.string($0.command) }
      return Answer(
        lines.isEmpty ? [Line("  no step has been taken yet", .faint)] : lines,
        [JSON.Member("steps", .array(json))])
    },
  ]

  static let judging: [Command] = [
    Command(
      "whatif", .judge, [.rest("COMMAND; COMMAND …")],
      "Do it on a copy, show what comes of it, change nothing.",
      example: "whatif set server-1 weight 3; send 8"
    ) { session, words throws(Complaint) in
      try session.whatIf(words.text("COMMAND; COMMAND …") ?? "")
    }
  ]

  static let others: [Command] = [
    Command(
      "help", .other, [.optional([.value("COMMAND", .any)])], "List the commands, or say how to use one.",
      example: "help send"
    ) {
      _, words throws(Complaint) in
      guard let word = words.word("COMMAND") else { return Help.overview }
      return Help.about(try Command.named(word))
    },
    Command(
      "source", .other, [.value("FILE", .file)], "Run the commands of a file, as one step.",
      example: "source site.tripod"
    ) {
      session, words throws(Complaint) in
      try session.source(words.text("FILE") ?? "")
    },
    Command("quit", .other, [], "Leave; exit does the same.", example: "quit") { _, _ throws(Complaint) in
      var answer = Answer()
      answer.effect = .quit
      return answer
    },
  ]
}

extension Session {
  /// On a copy, which is forgotten with all that it did.
  fileprivate func whatIf(_ line: String) throws(Complaint) -> Answer {
    guard depth < 16 else { throw .nested("whatif") }
    var copy = self
    copy.depth += 1
    copy.world = copy.world.readOnly
    var replies: [Reply] = []
    for command in Session.commands(in: line) {
      let reply = copy.obey(command)
      if let failure = reply.failure { throw .inWhatIf(command, failure) }
      replies.append(reply)
    }
    var answer = Answer(replies.flatMap { $0.lines })
    answer.members = [JSON.Member("replies", .array(replies.map { $0.json }))]
    return answer
  }

  fileprivate mutating func source(_ path: String) throws(Complaint) -> Answer {
    guard case .text(let text) = world.read(path) else {
      guard case .failed(let reason) = world.read(path) else { return Answer() }
      throw .file(path, reason: reason)
    }
    let before = self
    beginScript(line)
    let typed = line
    do {
      let replies = try runLines(of: text, named: path)
      endScript()
      line = typed
      return Answer(replies.flatMap { $0.lines }, [JSON.Member("replies", .array(replies.map { $0.json }))])
    } catch {
      self = before
      throw error
    }
  }
}

/// What `help` says, all of it from the table of commands.
enum Help {
  static var overview: Answer {
    var lines: [Line] = []
    for group in Command.Group.allCases {
      let commands = Command.all.filter { $0.group == group }
      guard !commands.isEmpty else { continue }
      lines.append(Line(group.title, .accent))
      lines += commands.map { Line("  \(Column.left($0.name, 10)) ") + Line($0.summary) }
    }
    lines.append(Line("help COMMAND says how to use one.", .faint))
    return Answer(lines.wrapped, [JSON.Member("commands", .array(Command.all.map { .string($0.name) }))])
  }

  static func about(_ command: Command) -> Answer {
    var lines = [Line("  \(command.usage)"), Line("  \(command.summary)")]
    if command.name == "set" {
      lines += Key.all.map { Line("  \(Column.left($0.name.rawValue, 18)) \($0.summary)") }.reduce(into: []) {
        unique, line in
        if !unique.contains(line) { unique.append(line) }
      }
    }
    if command.name == "algorithm" {
      lines += Algorithm.allCases.map { Line("  \(Column.left($0.rawValue, 12)) \($0.summary)") }
    }
    lines.append(Line("  For example: \(command.example)", .faint))
    return Answer(
      lines.wrapped,
      [JSON.Member("usage", .string(command.usage)), JSON.Member("summary", .string(command.summary))])
  }
}
