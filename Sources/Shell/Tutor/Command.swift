import Blueprint

/// One command of the language. Its usage line, help, completion and errors about words are derived from its
/// parameters.
struct Command: Sendable {
  let name: String
  let group: CommandGroup
  /// What the command reveals about the site. This decides whether fog refuses the command.
  let visibility: Visibility
  let summary: String
  /// Example commands, which `help` runs on a newly loaded `textbook`.
  let example: String
  // The parameters are built on demand, because a program that runs one command does not need those of the
  // others.
  private let listParameters: @Sendable () -> [Parameter]
  private let listNotes: @Sendable () -> [String: String]
  private let listRelated: @Sendable () -> [String]
  let handler: Handler

  /// The function that a command runs, with or without access to a person's files.
  enum Handler: Sendable {
    /// Uses only the session.
    case onSession(SessionHandler)
    /// Uses the lesson as well, or runs other commands.
    case onTutor(TutorHandler)
    /// Uses the person's files, so an author cannot run it.
    case withFiles(FileHandler)
    /// Uses a person's files. For an author, the command runs without files.
    case either(TutorHandler, forPeople: FileHandler)

    /// Returns a handler with the same effect for every origin. For a person, the recorded progress is read
    /// first.
    static func withProgress(_ handle: @escaping TutorHandler) -> Handler {
      .either(handle, forPeople: { tutor, words, _ throws(Complaint) in try handle(&tutor, words) })
    }
  }

  typealias SessionHandler = @Sendable (inout Session, Arguments) throws(Complaint) -> CommandResponse
  typealias TutorHandler = @Sendable (inout Tutor, Arguments) throws(Complaint) -> CommandResponse
  typealias FileHandler = @Sendable (inout Tutor, Arguments, FileAccess) throws(Complaint) -> CommandResponse

  enum CommandGroup: String, CaseIterable, Sendable {
    case look, act, fail, build, judge, undo, learn, other

    /// The heading of the group: the purpose of its commands.
    var title: String {
      switch self {
      case .look: "look at the site"
      case .act: "send requests"
      case .fail: "break and repair"
      case .build: "build and change"
      case .judge: "test the site"
      case .undo: "undo"
      case .learn: "learn"
      case .other: "other"
      }
    }
  }

  init(
    _ name: String, _ group: CommandGroup, reveals visibility: Visibility,
    _ parameters: @escaping @Sendable @autoclosure () -> [Parameter] = [], _ summary: String, example: String,
    notes: @escaping @Sendable @autoclosure () -> [String: String] = [:],
    see: @escaping @Sendable @autoclosure () -> [String] = [],
    handler: Handler
  ) {
    self.name = name
    self.group = group
    self.visibility = visibility
    self.summary = summary
    self.example = example
    listParameters = parameters
    listNotes = notes
    listRelated = see
    self.handler = handler
  }

  /// Creates a command that uses only the session.
  init(
    _ name: String, _ group: CommandGroup, reveals visibility: Visibility,
    _ parameters: @escaping @Sendable @autoclosure () -> [Parameter] = [], _ summary: String, example: String,
    notes: @escaping @Sendable @autoclosure () -> [String: String] = [:],
    see: @escaping @Sendable @autoclosure () -> [String] = [],
    run: @escaping SessionHandler
  ) {
    self.init(
      name, group, reveals: visibility, parameters(), summary, example: example, notes: notes(), see: see(),
      handler: .onSession(run))
  }

  var parameters: [Parameter] { listParameters() }

  /// The meanings of the command's words and values, by their names in the usage line.
  var notes: [String: String] { listNotes() }

  /// Related commands and terms.
  var see: [String] { listRelated() }

  var usage: String {
    let parameters = parameters
    return parameters.isEmpty ? name : "\(name) \(Parameter.usage(parameters))"
  }

  /// Returns the command that the word names by its full name, an alias or an unambiguous abbreviation.
  static func named(_ word: Word) throws(Complaint) -> Command {
    let typed = word.text.lowercased()
    let text = expandedAlias(typed)
    if let exact = all.first(where: { $0.name == text }) { return exact }
    let matches = all.filter { $0.name.hasPrefix(text) }
    if matches.count == 1 { return matches[0] }
    if matches.count > 1 { throw .ambiguous(word, choices: matches.map({ $0.name })) }
    throw .unknownCommand(word, nearest: nearest(to: text, among: all.map { $0.name }))
  }

  /// Returns the command's name for a common alias; any other word unchanged.
  private static func expandedAlias(_ word: String) -> String {
    switch word {
    case "exit", "bye", "q": "quit"
    case "?", "h": "help"
    case "ls": "show"
    case "tutorial", "start", "begin": "learn"
    case "cls": "clear"
    default: word
    }
  }
}

extension [String: String] {
  /// Returns the notes with further notes added. Existing notes take precedence.
  func with(_ more: [String: String]) -> [String: String] {
    var all = self
    for (word, note) in more where all[word] == nil { all[word] = note }
    return all
  }
}
