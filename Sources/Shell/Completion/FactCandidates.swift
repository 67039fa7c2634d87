import Blueprint
import Facts
import Inspector

extension CandidateSearch {
  /// Adds candidates for the last word of a fact: a fact, a component, a kind of request, or a field.
  mutating func addFacts() {
    let word = String(currentWord.text.reversed().prefix(while: CandidateSearch.isWordCharacter).reversed())
    var inner = CandidateSearch(
      tutor: tutor, text: text, currentWord: Word(text: word, position: currentWord.position))
    for entry in Fact.table { inner.addCandidate(entry.name, entry.meaning) }
    for kind in RequestKind.allCases { inner.addCandidate(kind.rawValue, kind.summary) }
    inner.addComponents()
    inner.addFields()
    adopt(inner)
  }

  /// Adds the fields of the value before the last dot.
  private mutating func addFields() {
    guard let dot = currentWord.text.lastIndex(of: ".") else { return }
    let whole = currentWord.text[..<dot]
    let isHost = topology.host(named: String(whole)) != nil
    for field in Fact.fields where !isHost || field.subject == .component {
      addCandidate("\(whole).\(field.name)", field.meaning)
    }
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }
}
