import Blueprint

/// Terms, under all their names, and settings.
extension CandidateSearch {
  mutating func addTerms() {
    for (title, terms) in Term.groups {
      for term in terms { offer(term.name, title) }
    }
    guard !begun.text.isEmpty else { return }
    for term in Term.all {
      for name in term.formerly + term.others { offer(name, term.name) }
    }
    for key in Setting.all where Term.named(key.name.rawValue) == nil {
      offer(key.name.rawValue, key.summary)
    }
  }
}
