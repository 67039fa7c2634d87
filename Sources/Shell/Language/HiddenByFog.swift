/// Why fog refuses a command.
enum HiddenByFog: Equatable, Sendable {
  /// It looks into the site.
  case inside
  /// It goes back to before something was hidden.
  case past
  /// It would copy what is hidden.
  case copies

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
