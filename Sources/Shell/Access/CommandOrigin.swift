/// The origin of a command. It decides which files the command may use.
///
/// A session has no access to files. A person's command runs with that person's access to files; an author's
/// command runs without it. A function that uses a file takes the access as a parameter, so an author's
/// command cannot call it.
public enum CommandOrigin: Sendable {
  /// The author of a lesson, a design or a fact. The command can use nothing outside the session.
  case author
  /// The person at the keyboard, or a script that the person runs.
  case person(FileAccess)

  /// The same origin for a trial, with access that writes nothing.
  var readOnly: CommandOrigin {
    switch self {
    case .author: .author
    case .person(let access): .person(access.readOnly)
    }
  }
}
