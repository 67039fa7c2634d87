/// What a command reveals about the site. This decides whether fog refuses the command.
enum Visibility: Sendable {
  /// Nothing about the state of the site.
  case nothing
  /// Nothing, but the command replaces the site, which would end the fog.
  case replacingSite
  /// Only what users can see, even in fog. `Outcome.outsideView` leaves out the rest.
  case outside
  case hidden(FogRefusal)
  /// What the command reveals depends on its arguments.
  case dependingOnArguments(@Sendable (Arguments) -> FogRefusal?)

  static let inside = Visibility.hidden(.inside)
  static let past = Visibility.hidden(.past)
  static let copies = Visibility.hidden(.copies)

  /// Returns why fog refuses the command with these arguments; nil if it does not.
  func hidden(arguments words: Arguments) -> FogRefusal? {
    switch self {
    case .nothing, .replacingSite, .outside: nil
    case .hidden(let hidden): hidden
    case .dependingOnArguments(let refusal): refusal(words)
    }
  }
}
