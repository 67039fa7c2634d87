/// A mistake in the command line. All messages about such mistakes are here.
enum Misuse: Error, Equatable {
  case unknownOption(String, nearest: String?)
  case missingValue(option: String, wanted: String)
  case superfluousValue(option: String)
  case invalidValue(option: String, given: String, wanted: String)
  case unknownSubcommand(String, nearest: String?)
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
      "there is no option \(quoted(option)); \(nearest.map { "\($0)?" } ?? "tripod --help lists them")"
    case .missingValue(let option, let wanted):
      "\(option) needs a value: \(option) \(wanted)"
    case .superfluousValue(let option):
      "\(option) takes no value"
    case .invalidValue(let option, let given, let wanted):
      "\(option) cannot be \(quoted(given)); it is \(wanted)"
    case .unknownSubcommand(let word, let nearest?):
      "there is no subcommand \(quoted(word)); \(nearest)?"
    case .unknownSubcommand(let word, nil):
      "there is no subcommand \(quoted(word)); a script is run by tripod run FILE, a command by tripod -c 'CMD'"
    case .superfluousOperand(let word, let subcommand) where subcommand == .learn || subcommand == .present:
      "tripod \(subcommand.rawValue) takes one lesson, and \(quoted(word)) is another"
    case .superfluousOperand(let word, let subcommand):
      "tripod \(subcommand.rawValue) takes nothing after it, and \(quoted(word)) was given"
    case .nothingToRun:
      "run needs at least one FILE, or - for standard input"
    case .needsTerminal(let subcommand):
      "\(subcommand.rawValue) is for people to look at; tripod --json learn and tripod --json -c 'CMD' answer programs"
    case .nothingToUpdate:
      "--update writes files: say which, as in tripod test my-lesson.md --update"
    case .nothingToReport:
      "--report reads what a class has exported: say which files, as in tripod test --report class/"
    case .incompleteLessonTool:
      "lesson needs to know what to do: lesson new NAME, lesson watch FILE or lesson show LESSON"
    case .unknownLessonTool(let word, let nearest):
      "lesson cannot \(quoted(word)); \(nearest.map { "\($0)?" } ?? "new, watch and show are what it can")"
    }
  }

  private func quoted(_ word: String) -> String { "“\(word)”" }
}
