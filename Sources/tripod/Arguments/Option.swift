import Course
import Inspector
import Shell

/// A command-line option. Parsing, help, completion and the manual page all use the table of options.
struct Option: Sendable {
  let name: String
  /// A placeholder for the value in the help, or nil if the option takes no value.
  let value: String?
  /// Returns the possible values, or an empty list if they cannot be listed.
  ///
  /// It is a closure, because listing all commands takes time.
  let listChoices: @Sendable () -> [String]
  let summary: String
  let apply: @Sendable (inout ProgramArguments, String) throws(Misuse) -> Void

  init(
    _ name: String, _ value: String? = nil, _ summary: String,
    choices: @escaping @Sendable @autoclosure () -> [String] = [],
    apply: @escaping @Sendable (inout ProgramArguments, String) throws(Misuse) -> Void
  ) {
    self.name = name
    self.value = value
    listChoices = choices
    self.summary = summary
    self.apply = apply
  }

  var choices: [String] { listChoices() }

  /// Whether the value is the path of a folder.
  var takesFolder: Bool { value == "DIR" }

  static let all: [Option] = [
    Option(
      "-c", "CMD", "run commands and exit (repeatable)",
      choices: Manual.chapters.flatMap { $0.entries.map(\.name) }
    ) { arguments, text in
      arguments.sources.append(.commands(text))
    },
    Option("--json", nil, "reply to each command with one line of JSON") { arguments, _ in
      arguments.json = true
    },
    Option("--seed", "N", "use N as the seed of the simulation's random numbers") {
      arguments, text throws(Misuse) in
      guard let seed = UInt64(text), seed < Int.max, !text.hasPrefix("+") else {
        throw .invalidValue(option: "--seed", given: text, wanted: "a whole number from 0 to \(Int.max - 1)")
      }
      arguments.seed = seed
    },
    Option("--keep-going", nil, "continue after a command that failed (the exit status is still 1)") {
      arguments, _ in
      arguments.keepsGoing = true
    },
    Option("--limit", "DURATION", "stop after this much real time, such as 500ms, 2s or 1m") {
      arguments, text throws(Misuse) in
      guard let limit = TimeLimit(text) else {
        throw .invalidValue(option: "--limit", given: text, wanted: "a duration such as 500ms, 2s or 1m")
      }
      arguments.limit = limit
    },
    Option(
      "--color", "WHEN", "use colour: auto (on a terminal), always or never",
      choices: ProgramArguments.ColorChoice.allCases.map(\.rawValue)
    ) { arguments, text throws(Misuse) in
      guard let color = ProgramArguments.ColorChoice(rawValue: text) else {
        throw .invalidValue(option: "--color", given: text, wanted: "auto, always or never")
      }
      arguments.color = color
    },
    Option("--lessons", "DIR", "use the lessons and designs in this folder before the built-in ones") {
      arguments, text in arguments.lessonFolder = text
    },
    Option("--short", nil, "with learn: take the short course") { arguments, _ in arguments.isShort = true },
    Option("--auto", nil, "with present: continue without a key press, at reading pace") { arguments, _ in
      arguments.isAutomatic = true
    },
    Option(
      "--format", "FORMAT", "with test: report as text, tap, junit or json",
      choices: ["text", "tap", "junit", "json"]
    ) { arguments, text throws(Misuse) in
      guard let format = ReportFormat(rawValue: text) else {
        throw .invalidValue(option: "--format", given: text, wanted: "text, tap, junit or json")
      }
      arguments.format = format
    },
    Option("--only", "ID", "with test: test only this lesson, design or task") { arguments, text in
      arguments.only = text
    },
    Option("--report", nil, "with test: confirm and sum up the exported progress of a class") {
      arguments, _ in arguments.isClassReport = true
    },
    Option("--sheet", nil, "with lesson show: print the lesson as Markdown, for paper") { arguments, _ in
      arguments.sheet = arguments.sheet ?? .blank
    },
    Option("--key", nil, "with lesson show: print the sheet with the answers that the model gives") {
      arguments, _ in arguments.sheet = .key
    },
    Option("--update", nil, "with test: write the current output into the demos of the given lessons") {
      arguments, _ in arguments.updates = true
    },
    Option(
      "--drawing", "WHICH", "draw with auto (Unicode if the terminal can show it), ascii or unicode",
      choices: ProgramArguments.DrawingChoice.allCases.map(\.rawValue)
    ) {
      arguments, text throws(Misuse) in
      guard let drawing = ProgramArguments.DrawingChoice(rawValue: text) else {
        throw .invalidValue(option: "--drawing", given: text, wanted: "auto, ascii or unicode")
      }
      arguments.drawing = drawing
    },
    Option("--fresh", nil, "start without mentioning earlier work") { arguments, _ in
      arguments.isFresh = true
    },
    Option("--version", nil, "print the version") { arguments, _ in arguments.mode = .version },
    Option("--help", nil, "print this help") { arguments, _ in arguments.mode = .help },
  ]
}
