import Blueprint
import Simulator

/// One word of the language. Its usage, its help, its completion and the errors of its words come from its parameters.
struct Command: Sendable {
  let name: String
  let group: Group
  let parameters: [Parameter]
  let summary: String
  /// A line that shows it at work; the tests run it.
  let example: String
  let run: @Sendable (inout Session, Arguments) throws(Complaint) -> Answer

  enum Group: String, CaseIterable, Sendable {
    case look, build, act, judge, undo, other

    var title: String {
      switch self {
      case .look: "look at it"
      case .build: "build"
      case .act: "let something happen"
      case .judge: "try it on a copy"
      case .undo: "go back"
      case .other: "the rest"
      }
    }
  }

  init(
    _ name: String, _ group: Group, _ parameters: [Parameter] = [], _ summary: String, example: String,
    run: @escaping @Sendable (inout Session, Arguments) throws(Complaint) -> Answer
  ) {
    self.name = name
    self.group = group
    self.parameters = parameters
    self.summary = summary
    self.example = example
    self.run = run
  }

  var usage: String { parameters.isEmpty ? name : "\(name) \(Parameter.usage(parameters))" }

  static let all: [Command] = looking + building + acting + failing + judging + undoing + others

  /// The command that the word names: in full, or by a beginning that no other one has.
  static func named(_ word: Word) throws(Complaint) -> Command {
    let typed = word.text.lowercased()
    let text = otherNames[typed] ?? typed
    if let exact = all.first(where: { $0.name == text }) { return exact }
    let begun = all.filter { $0.name.hasPrefix(text) }
    if begun.count == 1 { return begun[0] }
    if begun.count > 1 { throw .ambiguous(word, choices: begun.map({ $0.name })) }
    if reserved.contains(text) { throw .notYet(text) }
    throw .unknownCommand(word, nearest: nearest(to: text, among: all.map { $0.name }))
  }

  /// Words that people try.
  private static let otherNames = ["exit": "quit", "bye": "quit", "?": "help", "h": "help", "ls": "show"]

  /// Words of the language that nothing stands behind yet.
  private static let reserved = [
    "spof", "audit", "availability", "claims", "alerts", "explain", "attack", "assert", "compare", "play",
    "resume", "lessons", "lesson", "goal", "check", "answer", "hint", "solution", "skip",
    "next", "back", "progress", "review", "export", "claim",
  ]
}

/// What a command has to say: lines for people, members for programs.
struct Answer: Equatable, Sendable {
  var lines: [Line] = []
  var members: [JSON.Member] = []
  var events: [Event] = []
  var effect: Effect?

  init(_ lines: [Line] = [], _ members: [JSON.Member] = [], events: [Event] = []) {
    self.lines = lines
    self.members = members
    self.events = events
  }

  init(_ text: String) { lines = [Line(text)] }
}
