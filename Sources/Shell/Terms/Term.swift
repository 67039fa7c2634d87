/// A technical term: its meaning, an example, and what it is often confused with.
struct Term: Equatable, Sendable {
  let name: String
  let otherNames: [String]
  /// Names from earlier versions, which still work.
  let formerNames: [String]
  /// The meaning, in two or three sentences.
  let meaning: String
  /// Commands that show the meaning on a newly loaded `textbook`.
  let example: String
  /// What the term is often confused with: one sentence, beginning with “with”.
  let confusedWith: String
  /// Related terms.
  let see: [String]

  init(
    _ name: String, _ otherNames: [String] = [], formerNames: [String] = [], _ meaning: String,
    example: String,
    confused confusedWith: String, see: [String]
  ) {
    self.name = name
    self.otherNames = otherNames
    self.formerNames = formerNames
    self.meaning = meaning
    self.example = example
    self.confusedWith = confusedWith
    self.see = see
  }

  /// All terms, grouped by subject.
  static let groups: [(title: String, terms: [Term])] = [
    ("the way of a request", path), ("balancing", balancing), ("taking over", failover),
    ("health and faults", faults), ("the database", database), ("load and nines", load),
    ("security and watching", monitoring),
  ]

  static let all: [Term] = groups.flatMap { $0.terms }
}
