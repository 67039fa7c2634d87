import Blueprint
import Facts
import Inspector

extension CandidateSearch {
  /// Adds candidates for the last word of a fact: a fact, a component, a kind of request, or a field.
  mutating func addFacts() {
    let word = String(begun.text.reversed().prefix(while: CandidateSearch.isOfWord).reversed())
    var inner = CandidateSearch(tutor: tutor, text: text, begun: Word(text: word, place: begun.place))
    for entry in Fact.table { inner.offer(entry.name, entry.meaning) }
    for kind in RequestKind.allCases { inner.offer(kind.rawValue, kind.summary) }
    inner.addComponents()
    inner.addFields()
    take(inner)
  }

  /// Adds the fields of the value before the last dot.
  private mutating func addFields() {
    guard let dot = begun.text.lastIndex(of: ".") else { return }
    let whole = begun.text[..<dot]
    let isHost = topology.host(named: String(whole)) != nil
    for field in Fact.fields where !isHost || field.subject == .component {
      offer("\(whole).\(field.name)", field.meaning)
    }
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }
}
