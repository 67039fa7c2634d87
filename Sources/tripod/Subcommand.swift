import Blueprint
import Shell

/// The first word that is no option.
enum Subcommand: String, CaseIterable {
  case run, learn, present, test, lesson, lessons, designs, man, completions

  init(named word: String) throws(Misuse) {
    guard let known = Subcommand(rawValue: word) else {
      throw .unknownSubcommand(
        word, nearest: nearest(to: word, among: Subcommand.allCases.map(\.rawValue)))
    }
    self = known
  }
}
