import Blueprint
import Facts
import Inspector

/// Why a line was refused, as data; `Sentences` turns it into words. When a complaint is thrown, nothing has
/// changed.
enum Complaint: Error, Equatable, Sendable {
  case notText
  case tooLong(limit: Int)
  case openQuote(at: Range<Int>)
  case unknownCommand(Word, nearest: String?)
  case ambiguous(Word, choices: [String])
  case missing(String, usage: String)
  case unexpected(Word, choices: [String], usage: String)
  case unreadable(Word, as: String, choices: [String])
  case outOfRange(Word, from: String, to: String)
  case wrongMix(Word, sum: Int)
  case unknownComponent(Word, choices: [String])
  case problem(Problem, Word?)
  case unknownDesign(Word, choices: [String], reason: String)
  case file(String, reason: String)
  /// The command would replace a file that Tripod did not write.
  case foreignFile(String, command: String)
  /// The author's command needs access to files, which only a person's command has.
  case outOfReach(String)
  /// The author's text exceeds its work limit.
  case tooMuchWork
  case inFile(String, line: Int, message: String, code: String)
  case inWhatIf(String, Failure)
  case nothingToUndo
  case nothingToRedo
  case noUnfinishedSite
  case nestedTooDeeply(String)
  case noRequest(String, hint: String = "type `send 4` first")
  case timeLimit
  case unknownTerm(Word, nearest: String?)
  case cannotBeScheduled(String)
  /// A fact that cannot be read or evaluated, and the position of its first character in the line.
  case fact(FactProblem, at: Int)
  case refuted(String, EvaluatedFact)
  case notAnAssertion(String, EvaluatedFact)
  case notInLesson
  case unknownLesson(String, choices: [String], at: Range<Int>?)
  /// The file cannot be read as a lesson.
  case brokenLesson(String, problem: String)
  /// The text cannot be read as an answer, so it does not count as one.
  case unreadableAnswer(String, hint: String)
  case unchecked(String)
  /// The command does not fit the current state of the lesson or the fog.
  case notNow(String, hint: String)
  /// Fog refuses the command. `lifts` is the command that would lift the fog.
  case hidden(String, FogRefusal, lifts: String)
}

extension Complaint {
  /// Whether the line does not begin with a command.
  var isAboutVerb: Bool {
    switch self {
    case .unknownCommand: true
    case .ambiguous(let word, _): word.position.lowerBound == 0
    default: false
    }
  }

  /// Whether other words could make the line valid.
  var isAboutWords: Bool {
    switch self {
    case .unknownCommand, .ambiguous, .missing, .unexpected, .unreadable, .unknownComponent, .unknownTerm:
      true
    case .inWhatIf, .fact, .unknownLesson: true
    case .problem(.unknownSetting, _), .problem(.invalidValue, _): true
    case .notText, .tooLong, .openQuote, .outOfRange, .wrongMix, .problem, .unknownDesign, .file,
      .foreignFile,
      .outOfReach,
      .tooMuchWork, .inFile,
      .nothingToUndo,
      .nothingToRedo, .noUnfinishedSite, .nestedTooDeeply, .noRequest, .timeLimit, .cannotBeScheduled,
      .refuted,
      .notAnAssertion, .notInLesson, .brokenLesson, .unreadableAnswer, .unchecked, .notNow,
      .hidden:
      false
    }
  }

  /// Whether a line that can be read means nothing here, because it names an unknown request, fact,
  /// component, term or lesson.
  var isAboutNames: Bool {
    switch self {
    case .noRequest, .fact, .inWhatIf, .unknownComponent, .unknownTerm, .unknownLesson: true
    default: false
    }
  }

  /// Whether a component was expected, and no component has this name.
  var expectsComponent: Bool {
    switch self {
    case .unknownComponent, .missing("TARGET", _): true
    default: false
    }
  }

  init(_ problem: Problem, about word: Word? = nil) {
    self = problem == .interrupted ? .timeLimit : .problem(problem, word)
  }
}
