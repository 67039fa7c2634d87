import Blueprint
import Inspector

/// The text of `help`, built from the table of commands and from the output of the examples.
enum Help {
  /// The commands, grouped by purpose.
  static var overview: CommandResponse {
    let lines = Command.CommandGroup.allCases.compactMap { group -> Line? in
      let names = Command.all.filter { $0.group == group }.map { $0.name }
      guard !names.isEmpty else { return nil }
      return Line("  \(Column.left(group.title, 22))", .accent) + Line(names.joined(separator: "  "))
    }
    let start =
      Line("  To begin: ") + Line("send 4", .accent) + Line(", then ") + Line("break server-1", .accent)
    return CommandResponse(
      lines + [
        start + Line(", then ") + Line("send 4", .accent) + Line(" again, then ") + Line("why", .accent)
          + Line("."),
        Line("  help COMMAND shows how, explain TERM what a word means; Tab completes.", .faint),
      ], [JSON.Member(.commands, .array(Command.all.map { .string($0.name) }))])
  }

  static func helpPage(_ command: Command, for tutor: Tutor) -> CommandResponse {
    var lines = [Line("  ") + Line(command.usage, .accent), Line("  \(command.summary)")]
    let words = wordLines(of: command) + settingLines(of: command)
    if !words.isEmpty { lines += [Line("")] + words }
    let example = HelpExample(command.example, for: tutor)
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

  /// Returns all settings, grouped by the kind of target that has them.
  private static func settingLines(of command: Command) -> [Line] {
    guard command.parameters.contains(where: { $0.takesSetting }) else { return [] }
    var lines: [Line] = []
    for (title, settings) in Setting.settingGroups {
      lines.append(Line("  \(title)", .faint))
      lines += settings.map { setting in
        Line("    \(Column.left(setting.name.rawValue, 18)) ", .accent)
          + Line(setting.summary + setting.values.alternatives(in: setting.summary))
      }
    }
    return lines
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
      ("of a server", all.filter { $0.owner == .server }),
      ("of a balancer", all.filter { $0.owner == .component(.haproxy) && !$0.isWorkSetting }),
      ("of nginx", all.filter { $0.owner == .component(.nginx) && !$0.isWorkSetting }),
      (
        "of whatever works: \(workerComponentNames.joined(separator: ", "))",
        all.filter { $0.owner == .component(.app) }
      ),
      ("of a certificate: HOST.certificate", all.filter { $0.owner == .component(.certificate) }),
      ("of a monitor: HOST.monitor", all.filter { $0.owner == .component(.monitor) }),
      ("of the database, or of one node", all.filter { $0.owner == .database }),
      ("of the site", all.filter { $0.owner == .site }),
    ]
  }

  /// The components with workers, as arguments: `SERVER.app`.
  private static var workerComponentNames: [String] {
    ComponentKind.installableOnServers.filter { $0.hasWorkers }.map { "SERVER.\($0.rawValue)" }
  }

  /// Whether every component with workers has this setting.
  private var isWorkSetting: Bool { name == .workers || name == .cost || name == .queue }
}

extension Setting.Values {
  /// Returns the words that the setting accepts; empty if the summary names them already.
  func alternatives(in summary: String) -> String {
    switch self {
    case .number, .weight, .span: ""
    case .limit, .optionalSpan: "; or none"
    case .flag: "; on or off"
    case .words(let words):
      Set(words.map { $0.text }).isSubset(of: summary.split { " ,;:".contains($0) }.map(String.init))
        ? "" : "; " + Sentences.either(words.map { $0.text })
    }
  }
}
