import Blueprint
import Facts
import Inspector

/// Help on one word of the language of facts: its purpose, its meaning, and an example with real output.
extension Help {
  /// Returns help on the fact and the fields with this name; nil if there are none.
  static func answer(toFact text: String, in tutor: Tutor) -> CommandResponse? {
    let name = text.lowercased()
    let bare = name.hasPrefix(".") ? String(name.dropFirst()) : name
    let entry = bare == name ? Fact.table.first { $0.name == name } : nil
    let fields = Fact.fields.filter { $0.name == bare }
    guard entry != nil || !fields.isEmpty else { return nil }
    var lines: [Line] = []
    var members: [JSON.Member] = []
    if let entry {
      let example = HelpExample("show \(entry.example)", of: "show", for: tutor)
      lines += helpPage(entry) + [Line("")] + example.lines
      members.append(JSON.Member(.fact, entry.json(output: example.output)))
    }
    for field in fields {
      let example = HelpExample("show \(field.example)", of: "show", for: tutor)
      if !lines.isEmpty { lines.append(Line("")) }
      lines += helpPage(field) + [Line("")] + example.lines
    }
    if !fields.isEmpty { members.append(JSON.Member(.fields, .array(fields.map { $0.json }))) }
    return CommandResponse(
      lines + [Line("  see also   ", .faint) + Line("show, assert, show facts")], members)
  }

  private static func helpPage(_ entry: FactEntry) -> [Line] {
    let lines = [Line("  \(entry.usage)", .accent), Line("  a fact, \(entry.type.words): \(entry.meaning)")]
    var notes = entry.parameters.map { ($0.name, $0.meaning) }
    if entry.takesRate { notes.append(("at RATE", "at this rate of requests, for example at 150/s")) }
    if entry.takesFault {
      let faults = FactEntry.faults.joined(separator: ", ")
      notes.append(("by FAULT", "with this fault instead of the default: \(faults)"))
    }
    return lines + noteLines(notes)
  }

  private static func noteLines(_ notes: [(String, String)]) -> [Line] {
    let width = notes.map { $0.0.count }.max() ?? 0
    return notes.map { Line("  \(Column.left($0.0, width))   ", .accent) + Line($0.1) }
  }

  private static func helpPage(_ field: FactField) -> [Line] {
    [
      Line("  \(field.usage)", .accent) + Line("   \(field.subject.title)", .faint),
      Line("  a field of a fact, \(field.typeWords): \(field.meaning)"),
    ] + noteLines(field.parameters.map { ($0.name, $0.meaning) })
  }
}

extension FactEntry {
  fileprivate func json(output: [String]) -> JSON {
    guard case .object(let members) = json else { return json }
    let parameters = parameters.map {
      JSON.object([
        JSON.Member(.name, .string($0.name)), JSON.Member(.meaning, .string($0.meaning)),
        JSON.Member(.optional, .flag($0.isOptional)),
      ])
    }
    return .object(
      members + [
        JSON.Member(.parameters, .array(parameters)),
        JSON.Member(.output, .array(output.map { .string($0) })),
      ])
  }
}

extension FactField {
  fileprivate var json: JSON {
    [
      .name: .string(name), .of: .string(subject.rawValue), .type: .string(typeWords),
      .meaning: .string(meaning), .example: .string(example),
    ]
  }
}
