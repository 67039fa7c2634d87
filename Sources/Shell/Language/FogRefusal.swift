/// Why fog refuses a command.
enum FogRefusal: Equatable, Sendable {
  /// The command would show the inside of the site.
  case inside
  /// The command would restore a state from before the fog.
  case past
  /// The command would copy hidden state.
  case copies

  func message(about verb: String) -> String {
    switch self {
    case .inside: "there is fog, and \(verb) would look into the site"
    case .past: "there is fog, and \(verb) would lead out of it"
    case .copies: "there is fog, and nobody can copy what nobody sees"
    }
  }

  /// What the user can do instead.
  var instead: String {
    switch self {
    case .inside: "send, wait and alerts tell what is seen from outside"
    case .past: "reset leads back to where it came up"
    case .copies: "break, repair and send work on the site itself"
    }
  }
}
