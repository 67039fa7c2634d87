import Blueprint
import Facts
import Inspector

extension CandidateSearch {
  mutating func addHelpTopics() {
    addCommands()
    // Before any letter is typed, only commands are offered.
    guard !begun.text.isEmpty else { return }
    for entry in Fact.table { offer(entry.name, entry.meaning) }
    for field in Fact.fields { offer(field.name, field.meaning) }
  }
}
