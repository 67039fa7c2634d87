import Blueprint
import Simulator

/// What may follow a command's name. The usage line, matching, errors and completion are derived from it.
indirect enum Parameter: Sendable {
  /// A keyword.
  case word(String)
  /// A value of this kind, and its name in the usage line.
  case value(String, ValueKind)
  /// Parameters that may be left out together.
  case optional([Parameter])
  /// One of several forms; the next word decides which.
  case oneOf([[Parameter]])
  /// Options in any order, each at most once.
  case anyOrder([[Parameter]])
  /// One or more of a parameter.
  case many(Parameter)
  /// The rest of the line, unchanged.
  case rest(String)
  /// The rest of the line as commands: any commands, or only those in the list.
  case commands(String, among: [String]? = nil)
  /// The rest of the line as one value, which may have several words.
  case text(String, ValueKind)

  enum ValueKind: Equatable, Sendable {
    case number(ClosedRange<Int>)
    case span(ClosedRange<Span>)
    case rate
    case requestKind
    case share
    case addresses
    case paths
    case newName
    /// A host, or a component on one.
    case component
    /// A database node, or its host.
    case databaseNode
    /// A host that a balancer sends requests to.
    case server
    /// A host, a component or a link.
    case faultTarget
    /// A link between two hosts, or to the internet.
    case link
    /// A target with a fault.
    case broken
    case target
    /// The name of a setting of the target that an earlier word names.
    case setting
    /// A value for the setting that an earlier word names.
    case settingValue
    case parts
    case heldRequestName
    case design
    case file
    /// A component, a fact or a topic of `show`.
    case shown
    case command
    case term
    case lesson
    /// A question about the site, in the language of facts.
    case fact
    /// An existing host, followed by keywords of the command.
    case host
    case ports
    case source
    /// `internet` or a host.
    case vantage
    case decimal
    case choice([String])
    case any
  }

  var usage: String {
    switch self {
    case .word(let word): word
    case .value(_, .choice(let words)): words.joined(separator: "|")
    case .value(let name, .addresses), .value(let name, .paths), .value(let name, .parts),
      .value(let name, .ports):
      "\(name)[,\(name)…]"
    case .value(let name, _): name
    case .optional(let inner): "[\(Parameter.usage(inner))]"
    case .oneOf(let alternatives):
      alternatives.map { $0.count > 1 ? "(\(Parameter.usage($0)))" : Parameter.usage($0) }.joined(
        separator: "|")
    case .anyOrder(let options): options.map { "[\(Parameter.usage($0))]" }.joined(separator: " ")
    case .many(let inner): "\(inner.usage)…"
    case .rest(let name), .commands(let name, _), .text(let name, _): name
    }
  }

  static func usage(_ parameters: [Parameter]) -> String {
    parameters.map { $0.usage }.joined(separator: " ")
  }

  /// The words that the parameter can begin with, for errors.
  var beginnings: [String] {
    switch self {
    case .word(let word): [word]
    case .value(_, .choice(let words)): words
    case .value(_, .requestKind): RequestKind.allCases.map { $0.rawValue }
    case .value, .rest, .commands, .text: []
    case .optional(let inner): inner.first?.beginnings ?? []
    case .oneOf(let alternatives), .anyOrder(let alternatives):
      alternatives.flatMap { $0.first?.beginnings ?? [] }
    case .many(let inner): inner.beginnings
    }
  }

  /// The words and value names that the parameter can begin with, as the usage line shows them.
  var firstNames: [String] {
    switch self {
    case .value(let name, _) where beginnings.isEmpty: [name]
    case .rest(let name), .commands(let name, _), .text(let name, _): [name]
    case .oneOf(let alternatives), .anyOrder(let alternatives):
      alternatives.flatMap { $0.first?.firstNames ?? [] }
    case .optional(let inner): inner.first?.firstNames ?? []
    case .many(let inner): inner.firstNames
    case .word, .value: beginnings
    }
  }
}

/// The value of a parameter.
enum ParameterValue: Equatable, Sendable {
  case number(Int)
  case span(Span)
  case rate(Int64)
  case kind(RequestKind)
  case share(RequestKind, Int)
  case addresses([IPv4])
  case texts([String])
  case parts([ComponentKind])
  case component(Address)
  case faultTarget(FaultTarget)
  case target(Target)
  case text(String)
  case ports([Port])
  case source(Source)
  case thousandths(Int64)
  case setting(Setting)
  case settingValue(Setting.Value)
}

/// The values of a command's parameters by name, with the words from which they were read.
struct Arguments: Sendable {
  private var values: [(name: String, value: ParameterValue, word: Word)] = []
  private var words: [String] = []

  mutating func add(_ name: String, _ value: ParameterValue, _ word: Word) {
    values.append((name, value, word))
  }

  mutating func add(word: String) { words.append(word) }

  /// Whether no arguments follow the command's name.
  var isEmpty: Bool { values.isEmpty && words.isEmpty }

  /// Returns whether the keyword was typed.
  func has(_ word: String) -> Bool { words.contains(word) }

  subscript(name: String) -> ParameterValue? { values.first { $0.name == name }?.value }

  func word(_ name: String) -> Word? { values.first { $0.name == name }?.word }

  func number(_ name: String) -> Int? { if case .number(let n) = self[name] { n } else { nil } }
  func span(_ name: String) -> Span? { if case .span(let span) = self[name] { span } else { nil } }
  func rate(_ name: String) -> Int64? { if case .rate(let rate) = self[name] { rate } else { nil } }
  func kind(_ name: String) -> RequestKind? { if case .kind(let kind) = self[name] { kind } else { nil } }
  func text(_ name: String) -> String? { if case .text(let text) = self[name] { text } else { nil } }
  func component(_ name: String) -> Address? { if case .component(let a) = self[name] { a } else { nil } }
  func faultTarget(_ name: String) -> FaultTarget? {
    if case .faultTarget(let b) = self[name] { b } else { nil }
  }
  func target(_ name: String) -> Target? { if case .target(let target) = self[name] { target } else { nil } }
  func addresses(_ name: String) -> [IPv4]? {
    if case .addresses(let list) = self[name] { list } else { nil }
  }
  func texts(_ name: String) -> [String]? { if case .texts(let list) = self[name] { list } else { nil } }
  func parts(_ name: String) -> [ComponentKind]? {
    if case .parts(let list) = self[name] { list } else { nil }
  }

  func setting(_ name: String) -> Setting? {
    if case .setting(let setting) = self[name] { setting } else { nil }
  }
  func settingValue(_ name: String) -> Setting.Value? {
    if case .settingValue(let value) = self[name] { value } else { nil }
  }

  /// The target that was named last.
  var lastTarget: Target? {
    values.reduce(nil) { if case .target(let target) = $1.value { target } else { $0 } }
  }

  /// The setting that was named last.
  var lastSetting: Setting? {
    values.reduce(nil) { if case .setting(let setting) = $1.value { setting } else { $0 } }
  }

  /// Returns the words from which all values with this name were read.
  func words(_ name: String) -> [Word] { values.filter { $0.name == name }.map { $0.word } }

  /// Returns all values with this name.
  func all(_ name: String) -> [ParameterValue] { values.filter { $0.name == name }.map { $0.value } }
}
