import Blueprint

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
  case unknownComponent(Word, choices: [String])
  case problem(Problem, Word?)
  case unknownDesign(Word, choices: [String], reason: String)
  case file(String, reason: String)
  case inFile(String, line: Int, message: String, code: String)
  case inWhatIf(String, Failure)
  case nothingToUndo
  case nothingToRedo
  case nested(String)
  case noRequest(String)
  case timeLimit
  case notForLater(String)
  case notYet(String)
}
