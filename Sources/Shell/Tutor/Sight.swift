/// What a command reports of the site. Fog refuses commands by it.
enum Sight: Sendable {
  /// Nothing about the state of the site.
  case nothing
  /// Nothing, but it puts another site in the place of this one, and so leads out of the fog.
  case elsewhere
  /// What is seen from outside, also in fog: the outcome goes through `Outcome.fromOutside`.
  case outside
  case hidden(HiddenByFog)
  /// As its words say.
  case bySaying(@Sendable (Arguments) -> HiddenByFog?)

  static let inside = Sight.hidden(.inside)
  static let past = Sight.hidden(.past)
  static let copies = Sight.hidden(.copies)

  /// Why fog refuses the command with these words; nil if it does not.
  func hidden(saying words: Arguments) -> HiddenByFog? {
    switch self {
    case .nothing, .elsewhere, .outside: nil
    case .hidden(let hidden): hidden
    case .bySaying(let tell): tell(words)
    }
  }
}
