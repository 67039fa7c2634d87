/// What a command reveals about the site, which decides whether fog refuses it.
enum Sight: Sendable {
  /// Nothing about the state of the site.
  case nothing
  /// Nothing, but the command replaces the site, and so would end the fog.
  case elsewhere
  /// Only what users can see, even in fog. `Outcome.fromOutside` filters the outcome.
  case outside
  case hidden(FogRefusal)
  /// What the command reveals depends on its arguments.
  case bySaying(@Sendable (Arguments) -> FogRefusal?)

  static let inside = Sight.hidden(.inside)
  static let past = Sight.hidden(.past)
  static let copies = Sight.hidden(.copies)

  /// Returns why fog refuses the command with these arguments; nil if it does not.
  func hidden(saying words: Arguments) -> FogRefusal? {
    switch self {
    case .nothing, .elsewhere, .outside: nil
    case .hidden(let hidden): hidden
    case .bySaying(let tell): tell(words)
    }
  }
}
