import Shell

/// The first word that is no option.
enum Subcommand: String, CaseIterable {
  case run, designs
  /// Words that are kept for what is not there yet.
  case learn, test, present, lesson, lessons

  init(named word: String) throws(Misuse) {
    guard let known = Subcommand(rawValue: word) else {
      throw .unknownSubcommand(word, nearest: nearest(to: word, among: ["run", "designs"]))
    }
    self = known
  }
}
