/// A mistake in the command line. All messages about such mistakes are here.
enum Misuse: Error, Equatable {
  case unknownOption(String, nearest: String?)
  case missingValue(option: String, wanted: String)
  case superfluousValue(option: String)
  case invalidValue(option: String, given: String, wanted: String)
  case unknownSubcommand(String, nearest: String?)
  /// The word is a command of the shell.
  case shellCommand(String)
  /// The word is the id of a built-in lesson.
  case lesson(String)
  case superfluousOperand(String, of: Subcommand)
  case nothingToRun
  case needsTerminal(Subcommand)
  case nothingToUpdate
  case nothingToReport
  case incompleteLessonTool
  case unknownLessonTool(String, nearest: String?)

  var sentence: String {
    switch self {
    case .unknownOption(let option, let nearest):
      "unknown option \(quoted(option)); \(nearest.map { "did you mean \($0)?" } ?? "tripod --help lists all options")"
    case .missingValue(let option, let wanted):
      "\(option) needs a value: \(option) \(wanted)"
    case .superfluousValue(let option):
      "\(option) takes no value"
    case .invalidValue(let option, let given, let wanted):
      "\(option) cannot be \(quoted(given)); use \(wanted)"
    case .unknownSubcommand(let word, let nearest?):
      "unknown subcommand \(quoted(word)); did you mean \(nearest)?"
    case .unknownSubcommand(let word, nil):
      "unknown subcommand \(quoted(word)); tripod --help lists all subcommands"
    case .shellCommand(let word):
      "\(quoted(word)) is a command of the shell; type tripod -c '\(word)'"
    case .lesson(let id):
      "\(quoted(id)) is a lesson; type tripod learn \(id)"
    case .superfluousOperand(let word, let subcommand) where subcommand == .learn || subcommand == .present:
      "tripod \(subcommand.rawValue) takes one lesson; remove \(quoted(word))"
    case .superfluousOperand(let word, let subcommand):
      "tripod \(subcommand.rawValue) takes no more words; remove \(quoted(word))"
    case .nothingToRun:
      "run needs at least one FILE, or - for standard input"
    case .needsTerminal(let subcommand):
      "tripod \(subcommand.rawValue) is for people; programs can use tripod --json learn or tripod --json -c 'CMD'"
    case .nothingToUpdate:
      "--update writes to lesson files; name them: tripod test my-lesson.md --update"
    case .nothingToReport:
      "--report needs exported progress; name the files: tripod test --report class/"
    case .incompleteLessonTool:
      "lesson needs more words: lesson new NAME, lesson watch FILE or lesson show LESSON"
    case .unknownLessonTool(let word, let nearest):
      "unknown word \(quoted(word)) after lesson; \(nearest.map { "did you mean \($0)?" } ?? "use new, watch or show")"
    }
  }

  private func quoted(_ word: String) -> String { "“\(word)”" }
}
