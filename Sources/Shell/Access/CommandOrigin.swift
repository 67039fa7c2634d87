/// The origin of a command, which decides which files it may use.
///
/// A session has no access to files. A person's command runs with that person's access, an author's without any. A function
/// that uses a file takes the access as a parameter, so an author's command cannot call it.
public enum CommandOrigin: Sendable {
  /// The author of a lesson, a design or a fact. It can use nothing outside the session.
  case author
  /// The person at the keyboard, or a script that the person runs.
  case person(FileAccess)

  /// The same for a trial run, which writes nothing.
  var readOnly: CommandOrigin {
    switch self {
    case .author: .author
    case .person(let access): .person(access.readOnly)
    }
  }
}
