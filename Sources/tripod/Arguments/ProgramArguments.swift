import Blueprint
import Course
import Shell

/// The parsed command line of the program.
struct ProgramArguments: Equatable {
  /// What the program does in this run.
  enum RunMode: Equatable {
    case shell, learn, present, test, lessonTools, lessons, designs, version, help, man
    case completions(CommandShell)
  }

  /// A source of commands for the shell.
  enum CommandSource: Equatable {
    case commands(String)
    case file(String)
    case standardInput
  }

  enum ColorChoice: String, CaseIterable {
    case auto, always, never
  }

  enum DrawingChoice: String, CaseIterable {
    case auto, ascii, unicode
  }

  /// A lesson as Markdown to print on paper, with or without the answers.
  enum PrintedSheet: Equatable {
    case blank, key
  }

  var mode = RunMode.shell
  /// The sources in the order given. If there are none, commands are read from standard input.
  var sources: [CommandSource] = []
  var json = false
  var keepsGoing = false
  var seed: UInt64?
  var limit: TimeLimit?
  var color = ColorChoice.auto
  /// The words after the subcommand.
  var operands: [String] = []
  /// A folder whose lessons and designs replace built-in ones of the same name.
  var lessonFolder: String?
  /// Whether `learn` uses the short course.
  var isShort = false
  var format: ReportFormat?
  /// The id of the only lesson, design or task to test.
  var only: String?
  /// Whether `test` rewrites the demos of the given lessons.
  var updates = false
  /// Whether `test` reads the exported progress of a class instead of lessons.
  var isClassReport = false
  var sheet: PrintedSheet?
  var drawing = DrawingChoice.auto
  /// Whether the greeting omits the site that the user left.
  var isFresh = false
  /// Whether a demonstration continues without a key press.
  var isAutomatic = false

  private var shell: CommandShell?

  /// The message for a run that reached its time limit.
  var limitMessage: String { "the time limit of \(limit?.text ?? "") has passed" }

  init() {}

  init(_ words: [String]) throws(Misuse) {
    var subcommand: Subcommand?
    var position = 0
    var areOptionsOver = false
    while position < words.count {
      let word = words[position]
      position += 1
      if word == "--", !areOptionsOver {
        areOptionsOver = true
      } else if word.hasPrefix("-"), word != "-", !areOptionsOver {
        try read(option: word, in: words, at: &position)
      } else if let subcommand {
        try read(operand: word, of: subcommand)
      } else {
        subcommand = try Subcommand(named: word)
      }
    }
    try complete(for: subcommand)
  }

  /// Returns the long name of an option that is often typed in its short form.
  private static func longName(_ name: String) -> String {
    switch name {
    case "-h": "--help"
    case "-V": "--version"
    default: name
    }
  }

  /// Reads `--name`, `--name value` or `--name=value`. Moves the position past a separate value.
  private mutating func read(option word: String, in words: [String], at position: inout Int) throws(Misuse) {
    let nameAndValue = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let isLong = word.hasPrefix("--")
    let name = isLong ? nameAndValue[0] : ProgramArguments.longName(word)
    guard let option = Option.all.first(where: { $0.name == name }) else {
      throw .unknownOption(name, nearest: nearest(to: name, among: Option.all.map(\.name)))
    }
    var value = isLong && nameAndValue.count == 2 ? nameAndValue[1] : nil
    guard let wanted = option.value else {
      if value != nil { throw .superfluousValue(option: name) }
      try option.apply(&self, "")
      return
    }
    if value == nil, position < words.count {
      value = words[position]
      position += 1
    }
    guard let value else { throw .missingValue(option: name, wanted: wanted) }
    try option.apply(&self, value)
  }

  private mutating func read(operand word: String, of subcommand: Subcommand) throws(Misuse) {
    switch subcommand {
    case .run: sources.append(word == "-" ? .standardInput : .file(word))
    case .designs, .lessons, .man: throw .superfluousOperand(word, of: subcommand)
    case .learn, .present:
      guard operands.isEmpty else { throw .superfluousOperand(word, of: subcommand) }
      operands.append(word)
    case .test, .lesson: operands.append(word)
    case .help:
      guard operands.isEmpty else { throw .superfluousOperand(word, of: subcommand) }
      operands.append(try Subcommand(named: word).rawValue)
    case .completions:
      guard shell == nil else { throw .superfluousOperand(word, of: subcommand) }
      guard let named = CommandShell(rawValue: word) else {
        throw .invalidValue(option: "completions", given: word, wanted: "bash, zsh or fish")
      }
      shell = named
    }
  }

  /// Sets the mode for the subcommand, and checks that its operands are complete.
  private mutating func complete(for subcommand: Subcommand?) throws(Misuse) {
    guard mode == .shell else { return }
    switch subcommand {
    case nil: break
    case .run: if !sources.contains(where: \.isOperand) { throw .nothingToRun }
    case .designs:
      guard sources.isEmpty else { throw .superfluousOperand("-c", of: .designs) }
      mode = .designs
    case .man: mode = .man
    case .help: mode = .help
    case .completions:
      guard let shell else { throw .missingValue(option: "completions", wanted: "bash, zsh or fish") }
      mode = .completions(shell)
    case .learn: mode = .learn
    case .test: mode = .test
    case .lesson: mode = .lessonTools
    case .lessons: mode = .lessons
    case .present:
      guard !operands.isEmpty else { throw .missingValue(option: "present", wanted: "LESSON") }
      if json || !sources.isEmpty { throw .needsTerminal(.present) }
      mode = .present
    }
  }
}

extension ProgramArguments.CommandSource {
  /// Whether the source was given as an operand of `run`.
  fileprivate var isOperand: Bool {
    switch self {
    case .commands: false
    case .file, .standardInput: true
    }
  }
}
