import Blueprint
import Facts
import Inspector

extension CandidateSearch {
  mutating func addHelpTopics() {
    addCommands()
    // Before any letter is typed, only commands are offered.
    guard !currentWord.text.isEmpty else { return }
    for entry in Fact.table { addCandidate(entry.name, entry.meaning) }
    for field in Fact.fields { addCandidate(field.name, field.meaning) }
  }
}
