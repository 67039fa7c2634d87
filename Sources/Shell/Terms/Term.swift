/// A word of the field, explained: what it means, what shows it, and what it is mistaken for.
struct Term: Equatable, Sendable {
  let name: String
  /// What else it is called.
  let others: [String]
  /// What it was called once.
  let formerly: [String]
  /// Two or three sentences.
  let meaning: String
  /// Commands that show it, on a fresh `textbook`.
  let example: String
  /// One sentence on what it is often confused with, beginning with "with".
  let confusedWith: String
  /// Terms that belong to it.
  let see: [String]

  init(
    _ name: String, _ others: [String] = [], formerly: [String] = [], _ meaning: String, example: String,
    confused confusedWith: String, see: [String]
  ) {
    self.name = name
    self.others = others
    self.formerly = formerly
    self.meaning = meaning
    self.example = example
    self.confusedWith = confusedWith
    self.see = see
  }

  /// All terms, by what they are about.
  static let groups: [(title: String, terms: [Term])] = [
    ("the way of a request", path), ("balancing", balancing), ("taking over", takingOver),
    ("health and faults", faults), ("the database", database), ("load and nines", load),
    ("security and watching", watching),
  ]

  static let all: [Term] = groups.flatMap { $0.terms }
}
