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
    case .inside: "the fog hides what `\(verb)` would show"
    case .past: "`\(verb)` would lead out of the fog"
    case .copies: "`\(verb)` needs a copy of the site, and the fog hides the site"
    }
  }

  /// What the user can do instead.
  var instead: String {
    switch self {
    case .inside: "`send`, `wait` and `alerts` show what users see"
    case .past: "type `reset` to return to when the fog came up"
    case .copies: "type `break`, `repair` or `send` to act on the site itself"
    }
  }
}
