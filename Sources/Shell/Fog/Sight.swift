/// What a command tells of the site that it is said to. The table of commands asks it of each of them, and the fog goes
/// by it.
enum Sight: Sendable {
  /// Nothing of how the site stands.
  case nothing
  /// Nothing, but it puts another site in the place of this one, and so leads out of the fog.
  case elsewhere
  /// What is seen from outside, whatever the weather: what comes of it goes through `Outcome.fromOutside`.
  case outside
  case hidden(Hidden)
  /// As its words say.
  case bySaying(@Sendable (Arguments) -> Hidden?)

  /// Why the fog refuses it.
  enum Hidden: Equatable, Sendable {
    /// It looks into the site.
    case inside
    /// It goes back to before something was hidden.
    case past
    /// It copies what nobody knows.
    case copies
  }

  static let inside = Sight.hidden(.inside)
  static let past = Sight.hidden(.past)
  static let copies = Sight.hidden(.copies)

  /// What of it the fog hides; nil where nothing is to hide.
  func hidden(saying words: Arguments) -> Hidden? {
    switch self {
    case .nothing, .elsewhere, .outside: nil
    case .hidden(let hidden): hidden
    case .bySaying(let tell): tell(words)
    }
  }
}

extension Sight.Hidden {
  func message(about verb: String) -> String {
    switch self {
    case .inside: "there is fog, and \(verb) would look into the site"
    case .past: "there is fog, and \(verb) would lead out of it"
    case .copies: "there is fog, and nobody can copy what nobody sees"
    }
  }

  /// What can be done instead.
  var instead: String {
    switch self {
    case .inside: "send, wait and alerts tell what is seen from outside"
    case .past: "reset leads back to where it came up"
    case .copies: "break, repair and send work on the site itself"
    }
  }
}
