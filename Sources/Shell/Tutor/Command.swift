import Blueprint

/// One command of the language. Its usage, its help, its completion and the errors of its words come from its parameters.
struct Command: Sendable {
  let name: String
  let group: CommandGroup
  /// What it reports of the site, for the fog.
  let sight: Sight
  let summary: String
  /// Commands that show it at work on a fresh `textbook`; help runs them.
  let example: String
  // Made when they are needed: a program that obeys one line has no use for those of all other commands.
  private let listParameters: @Sendable () -> [Parameter]
  private let listNotes: @Sendable () -> [String: String]
  private let listRelated: @Sendable () -> [String]
  let handler: Handler

  /// What a command does, with or without the person's files.
  enum Handler: Sendable {
    /// Uses the session alone.
    case onSession(SessionHandler)
    /// Uses the lesson too, or obeys other commands.
    case onTutor(TutorHandler)
    /// Uses the person's files; not for authors.
    case withFiles(FileHandler)
    /// Uses files for a person; runs without them for an author.
    case either(TutorHandler, forPeople: FileHandler)

    /// The same for everyone, but a person's progress is read first.
    static func withProgress(_ handle: @escaping TutorHandler) -> Handler {
      .either(handle, forPeople: { tutor, words, _ throws(Complaint) in try handle(&tutor, words) })
    }
  }

  typealias SessionHandler = @Sendable (inout Session, Arguments) throws(Complaint) -> Answer
  typealias TutorHandler = @Sendable (inout Tutor, Arguments) throws(Complaint) -> Answer
  typealias FileHandler = @Sendable (inout Tutor, Arguments, FileAccess) throws(Complaint) -> Answer

  enum CommandGroup: String, CaseIterable, Sendable {
    case look, act, fail, build, judge, undo, learn, other

    /// What a reader who looks for such a command wants to do.
    var title: String {
      switch self {
      case .look: "see the site"
      case .act: "send requests, wait"
      case .fail: "break and repair"
      case .build: "make it stand"
      case .judge: "judge it"
      case .undo: "go back"
      case .learn: "learn"
      case .other: "the rest"
      }
    }
  }

  init(
    _ name: String, _ group: CommandGroup, sees sight: Sight,
    _ parameters: @escaping @Sendable @autoclosure () -> [Parameter] = [], _ summary: String, example: String,
    notes: @escaping @Sendable @autoclosure () -> [String: String] = [:],
    see: @escaping @Sendable @autoclosure () -> [String] = [],
    handler: Handler
  ) {
    self.name = name
    self.group = group
    self.sight = sight
    self.summary = summary
    self.example = example
    listParameters = parameters
    listNotes = notes
    listRelated = see
    self.handler = handler
  }

  /// A command that uses the session alone.
  init(
    _ name: String, _ group: CommandGroup, sees sight: Sight,
    _ parameters: @escaping @Sendable @autoclosure () -> [Parameter] = [], _ summary: String, example: String,
    notes: @escaping @Sendable @autoclosure () -> [String: String] = [:],
    see: @escaping @Sendable @autoclosure () -> [String] = [],
    run: @escaping SessionHandler
  ) {
    self.init(
      name, group, sees: sight, parameters(), summary, example: example, notes: notes(), see: see(),
      handler: .onSession(run))
  }

  var parameters: [Parameter] { listParameters() }

  /// What its words and values mean, by the name that usage shows; only looked up.
  var notes: [String: String] { listNotes() }

  /// Commands and terms that belong to it.
  var see: [String] { listRelated() }

  var usage: String {
    let parameters = parameters
    return parameters.isEmpty ? name : "\(name) \(Parameter.usage(parameters))"
  }

  /// The command that the word names: in full, or by a beginning that no other one has.
  static func named(_ word: Word) throws(Complaint) -> Command {
    let typed = word.text.lowercased()
    let text = inFull(typed)
    if let exact = all.first(where: { $0.name == text }) { return exact }
    let begun = all.filter { $0.name.hasPrefix(text) }
    if begun.count == 1 { return begun[0] }
    if begun.count > 1 { throw .ambiguous(word, choices: begun.map({ $0.name })) }
    throw .unknownCommand(word, nearest: nearest(to: text, among: all.map { $0.name }))
  }

  /// The command's name for a word that people try instead of it.
  private static func inFull(_ word: String) -> String {
    switch word {
    case "exit", "bye": "quit"
    case "?", "h": "help"
    case "ls": "show"
    case "learn": "lesson"
    default: word
    }
  }
}

extension [String: String] {
  /// More notes; what is noted already stays.
  func with(_ more: [String: String]) -> [String: String] {
    var all = self
    for (word, note) in more where all[word] == nil { all[word] = note }
    return all
  }
}
