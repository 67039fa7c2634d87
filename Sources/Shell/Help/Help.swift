import Blueprint
import Inspector

/// The text of `help`, built from the table of commands and from the output of the examples.
enum Help {
  /// Lines to begin with, and what each of them does.
  private static let firstSteps = [
    ("send 4", "send four requests, as users would"),
    ("break server-1", "make something fail; then send again"),
    ("why", "see what happened to a request, and why"),
    ("undo", "take back the last change"),
    ("learn", "start the lessons, or continue where you left off"),
  ]

  /// The first steps, then all commands, grouped by purpose.
  static var overview: CommandResponse {
    let steps = firstSteps.map { line, meaning in
      Line("  \(Column.left(line, 22))", .accent) + Line(meaning)
    }
    let groups = Command.CommandGroup.allCases.compactMap { group -> Line? in
      let names = Command.all.filter { $0.group == group }.map { $0.name }
      guard !names.isEmpty else { return nil }
      return Line("  \(Column.left(group.title, 22))") + Line(names.joined(separator: "  "), .accent)
    }
    return CommandResponse(
      [Line("Try these first:")] + steps + [Line(""), Line("All commands:")] + groups + [
        Line(""),
        Line("Type ") + Line("`help COMMAND`", .accent) + Line(" to see how to use a command, and ")
          + Line("`explain TERM`", .accent)
          + Line(" for the meaning of a word. Press Tab to complete a word."),
      ], [JSON.Member(.commands, .array(Command.all.map { .string($0.name) }))])
  }

  static func helpPage(_ command: Command, for tutor: Tutor) -> CommandResponse {
    var lines = [Line("  ") + Line(command.usage, .accent), Line("  \(command.summary)")]
    let words = wordLines(of: command) + settingLines(of: command)
    if !words.isEmpty { lines += [Line("")] + words }
    // Commands about lessons are not run: their output is as long as a page, and can have answers in it.
    let example = HelpExample(
      command.example, of: command.name, for: tutor, isRun: command.group != .learn)
    lines += [Line("")] + example.lines
    let (commands, terms) = related(to: command)
    if !commands.isEmpty {
      lines.append(Line("  see also   ", .faint) + Line(commands.joined(separator: ", ")))
    }
    if !terms.isEmpty { lines.append(Line("  explain    ", .faint) + Line(terms.joined(separator: ", "))) }
    return CommandResponse(
      lines,
      [
        JSON.Member(.usage, .string(command.usage)), JSON.Member(.summary, .string(command.summary)),
        JSON.Member(.example, .string(command.example)),
        JSON.Member(.output, .array(example.output.map { .string($0) })),
        JSON.Member(.see, .array(command.see.map { .string($0) })),
      ])
  }

  private static func related(to command: Command) -> (commands: [String], terms: [String]) {
    let names = Command.all.map { $0.name }
    return (command.see.filter { names.contains($0) }, command.see.filter { !names.contains($0) })
  }

  // MARK: Words

  /// Returns each keyword and value that may follow the command, with its meaning.
  private static func wordLines(of command: Command) -> [Line] {
    let names = command.parameters.flatMap { $0.names }.reduce(into: [String]()) { unique, name in
      if !unique.contains(name) { unique.append(name) }
    }
    let noteLines = names.compactMap { name in command.notes[name].map { (name, $0) } }
    let width = min(noteLines.map { $0.0.count }.max() ?? 0, 24)
    return noteLines.flatMap { name, note in
      let isLong = name.count > width
      let line = Line("  \(Column.left(isLong ? "" : name, width))   ", .accent) + Line(note)
      return isLong ? [Line("  \(name)", .accent), line] : [line]
    }
  }

  /// Returns the names of all settings, grouped by the kind of target that has them.
  private static func settingLines(of command: Command) -> [Line] {
    guard command.parameters.contains(where: { $0.takesSetting }) else { return [] }
    let groups = Setting.settingGroups.map { title, settings in
      Line("  \(Column.left(title, 22)) ")
        + Line(settings.map { $0.name.rawValue }.joined(separator: ", "), .accent)
    }
    return [Line(""), Line("  Settings of", .faint)] + groups + [
      Line("  ") + Line("`help KEY`", .accent) + Line(" says what a setting does, ")
        + Line("`show TARGET`", .accent) + Line(" what it is now.")
    ]
  }
}

extension Parameter {
  /// The keywords and values of the parameter, as the usage line shows them.
  var names: [String] {
    switch self {
    case .word(let word): [word]
    case .value(let name, .choice(let words)): [name] + words
    case .value(let name, _), .rest(let name), .commands(let name, _), .text(let name, _): [name]
    case .optional(let inner): inner.flatMap { $0.names }
    case .oneOf(let alternatives), .anyOrder(let alternatives):
      alternatives.flatMap { $0.flatMap { $0.names } }
    case .many(let inner): inner.names
    }
  }

  fileprivate var takesSetting: Bool {
    switch self {
    case .value(_, .setting): true
    case .optional(let inner): inner.contains { $0.takesSetting }
    case .word, .value, .oneOf, .anyOrder, .many, .rest, .commands, .text: false
    }
  }
}

extension Setting {
  /// All settings, grouped by the kind of target. Settings that several kinds of component share are listed
  /// once.
  fileprivate static var settingGroups: [(title: String, settings: [Setting])] {
    [
      ("a server", all.filter { $0.owner == .server }),
      ("a balancer", all.filter { $0.owner == .component(.haproxy) && !$0.isWorkSetting }),
      ("nginx", all.filter { $0.owner == .component(.nginx) && !$0.isWorkSetting }),
      ("a component's workers", all.filter { $0.owner == .component(.app) }),
      ("HOST.certificate", all.filter { $0.owner == .component(.certificate) }),
      ("HOST.monitor", all.filter { $0.owner == .component(.monitor) }),
      ("database, or one node", all.filter { $0.owner == .database }),
      ("site", all.filter { $0.owner == .site }),
    ]
  }

  /// Whether every component with workers has this setting.
  private var isWorkSetting: Bool { name == .workers || name == .cost || name == .queue }
}

extension Setting.Values {
  /// Returns the words that the setting accepts; empty if the summary names them already.
  func alternatives(in summary: String) -> String {
    switch self {
    case .number, .weight, .span: ""
    case .limit, .optionalSpan: ", or none"
    case .flag: ": on or off"
    case .words(let words):
      Set(words.map { $0.text }).isSubset(of: summary.split { " ,;:".contains($0) }.map(String.init))
        ? "" : ": " + Sentences.either(words.map { $0.text })
    }
  }
}
