import Blueprint
import Inspector

extension Completing {
  /// The word at the end of a fact: a fact, a component, or a kind of request.
  mutating func addFacts() {
    let word = String(begun.text.reversed().prefix(while: Completing.isOfWord).reversed())
    var inner = Completing(session: session, text: text, begun: Word(text: word, place: begun.place))
    for entry in Fact.table { inner.offer(entry.name, entry.meaning) }
    for kind in RequestKind.allCases { inner.offer(kind.rawValue, kind.summary) }
    inner.addComponents()
    take(inner)
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.".contains(character)
  }
}
