import Blueprint
import Facts
import Simulator

/// Help on a word that is not a command: a term, a component of the site, or a setting.
extension Help {
  /// Returns help on the word. If the word is also a fact, that meaning comes last.
  static func answer(to text: String, _ word: Word, in tutor: Tutor) throws(Complaint) -> CommandResponse {
    guard let fact = answer(toFact: text, in: tutor) else {
      return try answer(toAnother: text, word, in: tutor)
    }
    let isCommand = Command.all.contains { $0.name == text.lowercased() }
    let isBegun = !isCommand && (try? Command.named(word)) != nil
    guard !isBegun, let other = try? answer(toAnother: text, word, in: tutor) else { return fact }
    return CommandResponse(other.lines + [Line("")] + fact.lines, other.members + fact.members)
  }

  private static func answer(toAnother text: String, _ word: Word, in tutor: Tutor) throws(Complaint)
    -> CommandResponse
  {
    let isOneWord = text.count == word.text.count
    if isOneWord, let command = try? Command.named(word) { return helpPage(command, for: tutor) }
    let topology = tutor.loadedSite.simulation.topology
    let parts = text.lowercased().split(separator: ".").map(String.init)
    if let host = parts.first.flatMap({ topology.host(named: $0) }) { return helpPage(host) }
    if let term = Term.named(text) { return term.answer(to: text) }
    if let setting = Setting.all.first(where: { $0.name.rawValue == text.lowercased() }) {
      return helpPage(setting, on: topology)
    }
    if text.lowercased() == "facts" { return FactList.answer }
    guard isOneWord else {
      let whole = Word(text: text, position: word.position.lowerBound..<tutor.session.line.count)
      throw .unknownTerm(whole, nearest: Term.nearestName(to: text))
    }
    // Throws the error for an unknown command.
    return helpPage(try Command.named(word), for: tutor)
  }

  private static func helpPage(_ host: Host) -> CommandResponse {
    let component = host.parts.first.map { Address(host.name, $0).text } ?? host.name
    return CommandResponse([
      Line(
        "  \(host.name) is a host of this site, with \(Sentences.listed(host.parts.map { $0.rawValue }))."
      ),
      Line("  \(Column.left("show \(host.name)", 24))", .accent) + Line("see its components and settings"),
      Line("  \(Column.left("break \(host.name)", 24))", .accent) + Line("cut its power"),
      Line("  \(Column.left("break \(component)", 24))", .accent) + Line("make one component fail"),
    ])
  }

  private static func helpPage(_ setting: Setting, on topology: Topology) -> CommandResponse {
    let target = setting.owner.example(on: topology) ?? "TARGET"
    return CommandResponse(
      [
        Line("  \(setting.name.rawValue) is a setting: \(setting.summary)."),
        Line("  set \(target) \(setting.name.rawValue) VALUE", .accent)
          + Line(": \(setting.values.sentence)."),
      ] + (setting.origin.isEmpty ? [] : [Line("  Source of the default: \(setting.origin).")]))
  }
}
