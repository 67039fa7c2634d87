import Blueprint
import Inspector
import Simulator

extension Command {
  static let undoing: [Command] = [
    Command(
      "undo", .undo, sees: .past, [.optional([.value("N", .number(1...1_000))])],
      "Take back the last step, or the last N.", example: "set server-1 weight 3; undo",
      notes: ["N": "how many steps; one unless said"],
      see: ["redo", "history", "reset"]
    ) {
      session, words throws(Complaint) in
      let count = words.number("N") ?? 1
      let last = session.history.steps.last?.command
      // In a lesson nothing behind the start of the task is taken back.
      let all = session.history.steps.count
      let kept = session.learning.study?.steps ?? 0
      let available = kept <= all ? all - kept : all
      guard available > 0 else { throw .nothingToUndo }
      let done = min(count, available)
      guard let scene = try session.undone(done), let last else { throw .nothingToUndo }
      session.scene = scene
      return Answer(
        [Line(done == 1 ? "Taken back: \(last)" : "\(done) steps taken back.")],
        [JSON.Member("steps", .integer(done))])
    },
    Command(
      "redo", .undo, sees: .past, [], "Do again what undo took back.",
      example: "set server-1 weight 3; undo; redo",
      see: ["undo"]
    ) {
      session, _ throws(Complaint) in
      guard let command = try session.redone() else { throw .nothingToRedo }
      return Answer("Done again: \(command)")
    },
    Command(
      "reset", .undo, sees: .outside, [],
      "Go back to the site as it was loaded, or as it was when the task began; in the fog, to where it came up.",
      example: "break server-1; reset", see: ["undo", "load"]
    ) {
      session, _ throws(Complaint) in
      if session.isFoggy, !session.learning.isArranging { return session.resetInFog() }
      let scene = session.scene
      if let start = session.learning.start {
        session.replace(with: start)
        return Answer("The site as it was when the task began.")
      }
      session.replace(with: Scene(scene.start, design: scene.design, claimed: scene.claimed))
      return Answer("\(scene.design) as it was at the start.")
    },
    Command(
      "history", .undo, sees: .inside, [.optional([.value("N", .number(1...1_000))])],
      "List the steps that can be taken back.",
      example: "send 4; set server-1 weight 3; history", notes: ["N": "how many steps; 20 unless said"],
      see: ["undo"]
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

  static let others: [Command] = [
    Command(
      "help", .learn, sees: .nothing, [.optional([.text("COMMAND", .command)])],
      "List the commands by what they are for, or show how to use one.", example: "help redo",
      notes: ["COMMAND": "which one; all of them unless said"], see: ["explain"]
    ) {
      session, words throws(Complaint) in
      guard let word = words.word("COMMAND"), let text = words.text("COMMAND") else { return Help.overview }
      return try Help.answer(to: text, word, in: session)
    },
    Command(
      "source", .other, sees: .nothing, [.value("FILE", .file)], "Run the commands of a file, as one step.",
      example: "source site.tripod", notes: ["FILE": "commands, one or more a line"],
      see: ["load", "save"],
      handler: .withFiles { session, words, access throws(Complaint) in
        try session.source(words.text("FILE") ?? "", access)
      }),
    Command("quit", .other, sees: .nothing, [], "Leave; exit does the same.", example: "quit") {
      _, _ throws(Complaint) in
      var answer = Answer()
      answer.effect = .quit
      return answer
    },
  ]
}

extension Session {
  fileprivate mutating func undone(_ count: Int) throws(Complaint) -> Scene? {
    do { return try history.undo(count, goOn) } catch { throw Complaint(error) }
  }

  fileprivate mutating func redone() throws(Complaint) -> String? {
    do { return try history.redo(&scene, goOn) } catch { throw Complaint(error) }
  }

  /// On a copy, which is forgotten with all that it did.
  func whatIf(_ line: String, from origin: CommandOrigin = .author) throws(Complaint) -> Answer {
    guard depth < Session.deepest else { throw .nested("whatif") }
    var copy = self
    copy.depth += 1
    var replies: [Reply] = []
    for command in Session.commands(in: line) {
      let reply = copy.obey(command, from: origin.readOnly)
      if let failure = reply.failure { throw .inWhatIf(command, failure) }
      replies.append(reply)
    }
    var answer = Answer(replies.flatMap { $0.lines })
    answer.members = [JSON.Member("replies", .array(replies.map { $0.json }))]
    return answer
  }

  fileprivate mutating func source(_ path: String, _ access: FileAccess) throws(Complaint) -> Answer {
    let text = try access.read(path).text(of: path)
    let before = self
    beginScript(line)
    let typed = line
    do {
      var replies: [Reply] = []
      try runLines(of: text, named: path, from: .person(access)) { replies.append($0) }
      endScript()
      line = typed
      var answer = Answer(
        replies.flatMap { $0.lines }, [JSON.Member("replies", .array(replies.map { $0.json }))])
      answer.effect = replies.last?.effect
      return answer
    } catch {
      self = before
      throw error
    }
  }
}
