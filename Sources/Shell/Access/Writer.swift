/// Who wrote the text that is obeyed. It decides what the text may touch.
///
/// A session holds no file. What a person typed is obeyed together with their access to files; what an author wrote is
/// obeyed without it. A function that reaches a file takes the access as a parameter, so it cannot be called for an
/// author: there is nothing to call it with.
public enum Writer: Sendable {
  /// The author of a lesson or a design, or of a fact in one. Nothing outside the session is in reach.
  case author
  /// Somebody at the keyboard, or a script that they run.
  case person(FileAccess)

  /// For what is only tried: the same, but nothing is written.
  var trying: Writer {
    switch self {
    case .author: .author
    case .person(let access): .person(access.readOnly)
    }
  }
}
