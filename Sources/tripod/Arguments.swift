import Blueprint
import Course
import Shell

/// The words after the program's name, understood.
struct Arguments: Equatable {
  enum Task: Equatable {
    case play, learn, present, test, lessonTools, lessons, designs, version, help, man
    case completions(CommandShell)
  }

  /// Where commands come from.
  enum Source: Equatable {
    case commands(String)
    case file(String)
    case standardInput
  }

  enum Color: String, CaseIterable {
    case auto, always, never
  }

  enum Drawing: String, CaseIterable {
    case auto, ascii, unicode
  }

  enum Sheet: Equatable {
    case blank, key
  }

  var task = Task.play
  /// In the order given; none stands for the keyboard or whatever standard input is.
  var sources: [Source] = []
  var json = false
  var keepsGoing = false
  var seed: UInt64?
  var limit: Limit?
  var color = Color.auto
  /// What stood behind the subcommand.
  var operands: [String] = []
  /// A folder whose lessons and designs come before the built-in ones.
  var lessonFolder: String?
  /// Whether only the short course is meant.
  var isShort = false
  var format: ReportFormat?
  /// The lesson or task that is to be tested.
  var only: String?
  var updates = false
  /// Whether a class's exported progress is to be tested, and no lessons.
  var isClassReport = false
  /// What is to be printed of a lesson.
  var sheet: Sheet?
  var drawing = Drawing.auto
  /// Whether a site that was left is not to be spoken of.
  var isFresh = false
  /// Whether a demonstration plays by itself.
  var isAutomatic = false

  private var shell: CommandShell?

  /// What is said when it is.
  var limitIsOver: String { "the limit of \(limit?.text ?? "") is over" }

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
    try settle(subcommand)
  }

  /// What many type by habit.
  private static func inFull(_ name: String) -> String {
    switch name {
    case "-h": "--help"
    case "-V": "--version"
    default: name
    }
  }

  /// Reads `--name`, `--name value` or `--name=value`; the position moves past a value that is a word of its own.
  private mutating func read(option word: String, in words: [String], at position: inout Int) throws(Misuse) {
    let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let isLong = word.hasPrefix("--")
    let name = isLong ? halves[0] : Arguments.inFull(word)
    guard let option = Option.all.first(where: { $0.name == name }) else {
      throw .unknownOption(name, nearest: nearest(to: name, among: Option.all.map(\.name)))
    }
    var value = isLong && halves.count == 2 ? halves[1] : nil
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
    case .completions:
      guard shell == nil else { throw .superfluousOperand(word, of: subcommand) }
      guard let named = CommandShell(rawValue: word) else {
        throw .unfitValue(option: "completions", given: word, wanted: "bash, zsh or fish")
      }
      shell = named
    }
  }

  private mutating func settle(_ subcommand: Subcommand?) throws(Misuse) {
    guard task == .play else { return }
    switch subcommand {
    case nil: break
    case .run: if !sources.contains(where: \.isOperand) { throw .nothingToRun }
    case .designs:
      guard sources.isEmpty else { throw .superfluousOperand("-c", of: .designs) }
      task = .designs
    case .man: task = .man
    case .completions:
      guard let shell else { throw .missingValue(option: "completions", wanted: "bash, zsh or fish") }
      task = .completions(shell)
    case .learn: task = .learn
    case .test: task = .test
    case .lesson: task = .lessonTools
    case .lessons: task = .lessons
    case .present:
      guard !operands.isEmpty else { throw .missingValue(option: "present", wanted: "LESSON") }
      if json || !sources.isEmpty { throw .notForPrograms(.present) }
      task = .present
    }
  }
}

extension Arguments.Source {
  fileprivate var isOperand: Bool {
    switch self {
    case .commands: false
    case .file, .standardInput: true
    }
  }
}
