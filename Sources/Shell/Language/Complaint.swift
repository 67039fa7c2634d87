import Blueprint
import Facts
import Inspector

/// Why a line was not obeyed, in facts; the sentences are in `Sentences`. Nothing has changed when one is thrown.
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
  case otherFile(String, command: String)
  /// An author's command needs a person's files.
  case outOfReach(String)
  /// An author's text exceeds its work limit.
  case tooMuchWork
  case inFile(String, line: Int, message: String, code: String)
  case inWhatIf(String, Failure)
  case nothingToUndo
  case nothingToRedo
  case nothingLeft
  case nested(String)
  case noRequest(String, hint: String = "send some requests first")
  case timeLimit
  case unknownTerm(Word, nearest: String?)
  case notForLater(String)
  /// A fact that cannot be read or checked; it begins at that character of the line.
  case fact(FactProblem, at: Int)
  case refuted(String, Judged)
  case notAnAssertion(String, Judged)
  case notInLesson
  case unknownLesson(String, choices: [String], at: Range<Int>?)
  /// Its file cannot be read as a lesson.
  case brokenLesson(String, problem: String)
  /// It was no answer, so it counts for nothing.
  case unreadableAnswer(String, hint: String)
  case unchecked(String)
  /// Something of the lesson, or of the fog, does not fit the moment.
  case untimely(String, hint: String)
  /// The fog refuses that command, until it is lifted by the other.
  case hidden(String, HiddenByFog, lifts: String)
}

extension Complaint {
  /// Whether the line begins with no command.
  var isAboutVerb: Bool {
    switch self {
    case .unknownCommand: true
    case .ambiguous(let word, _): word.place.lowerBound == 0
    default: false
    }
  }

  /// Whether other words could be right.
  var isAboutWords: Bool {
    switch self {
    case .unknownCommand, .ambiguous, .missing, .unexpected, .unreadable, .unknownComponent, .unknownTerm:
      true
    case .inWhatIf, .fact: true
    case .problem(.unknownKey, _), .problem(.unfitValue, _): true
    case .notText, .tooLong, .openQuote, .outOfRange, .wrongMix, .problem, .unknownDesign, .file, .otherFile,
      .outOfReach,
      .tooMuchWork, .inFile,
      .nothingToUndo,
      .nothingToRedo, .nothingLeft, .nested, .noRequest, .timeLimit, .notForLater, .refuted,
      .notAnAssertion, .notInLesson, .unknownLesson, .brokenLesson, .unreadableAnswer, .unchecked, .untimely,
      .hidden:
      false
    }
  }

  /// Whether a component was expected, and none of that name is there.
  var wantsComponent: Bool {
    switch self {
    case .unknownComponent, .missing("COMPONENT", _): true
    default: false
    }
  }

  init(_ problem: Problem, about word: Word? = nil) {
    self = problem == .interrupted ? .timeLimit : .problem(problem, word)
  }
}
