import Blueprint

/// Candidates for `explain`: terms under all their names, and settings.
extension CandidateSearch {
  mutating func addTerms() {
    for (title, terms) in Term.groups {
      for term in terms { addCandidate(term.name, title) }
    }
    guard !currentWord.text.isEmpty else { return }
    for term in Term.all {
      for name in term.formerNames + term.otherNames { addCandidate(name, term.name) }
    }
    for setting in Setting.all where Term.named(setting.name.rawValue) == nil {
      addCandidate(setting.name.rawValue, setting.summary)
    }
  }
}
