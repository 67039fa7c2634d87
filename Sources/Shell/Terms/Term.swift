/// A technical term: its meaning, an example, and what it is often confused with.
struct Term: Equatable, Sendable {
  let name: String
  let otherNames: [String]
  /// Names from earlier versions, which still work.
  let formerNames: [String]
  /// The meaning, in two to four sentences. It begins with the definition.
  let meaning: String
  /// Commands that show the meaning on a newly loaded `textbook`.
  let example: String
  /// What the term is often confused with, and the difference. It begins with “with”.
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
    ("the path of a request", path), ("balancing", balancing), ("failover", failover),
    ("faults and health checks", faults), ("the database", database), ("load and availability", load),
    ("security and monitoring", monitoring), ("claims", judging),
  ]

  static let all: [Term] = groups.flatMap { $0.terms }
}
