import Blueprint

/// One word of the language of facts: what is asked with it, what it answers, how it is found out.
public struct FactEntry: Sendable {
  public let name: String
  public let parameters: [FactParameter]
  public let type: FactType
  /// One line, in lower key.
  public let meaning: String
  /// One that says something on the design `textbook`.
  public let example: String
  /// Whether `at RATE` may follow, and `by FAULT`.
  public let takesRate: Bool
  public let takesFault: Bool
  let judge: Judge

  typealias Asking = @Sendable (inout FactJudging, FactArguments) throws(FactProblem) -> FactValue
  typealias Entering = @Sendable (inout FactJudging, FactArguments) throws(FactProblem) -> FactView

  enum Judge: Sendable {
    case value(Asking)
    /// Leads to another site, about which facts can be asked.
    case site(Entering)
  }

  init(
    _ name: String, asks parameters: [FactParameter] = [], _ type: FactType, _ meaning: String,
    example: String? = nil, takesRate: Bool = false, takesFault: Bool = false, judge: @escaping Asking
  ) {
    self.name = name
    self.parameters = parameters
    self.type = type
    self.meaning = meaning
    self.example = example ?? name
    self.takesRate = takesRate
    self.takesFault = takesFault
    self.judge = .value(judge)
  }

  init(
    _ name: String, asks parameters: [FactParameter] = [], entering type: FactType, _ meaning: String,
    example: String, judge: @escaping Entering
  ) {
    self.name = name
    self.parameters = parameters
    self.type = type
    self.meaning = meaning
    self.example = example
    takesRate = false
    takesFault = false
    self.judge = .site(judge)
  }

  /// Whether it says something without being asked about anything.
  var isWhole: Bool { parameters.allSatisfy { $0.isOptional } }

  public var usage: String {
    let words = parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }.joined(separator: ", ")
    return name + (parameters.isEmpty ? "" : "(\(words))") + (takesRate ? " [at RATE]" : "")
      + (takesFault ? " [by FAULT]" : "")
  }

  /// What may stand behind `by`.
  public static var faults: [String] { FactParser.faultWords }

  static func named(_ name: String) -> FactEntry? { Fact.table.first { $0.name == name } }
}

/// What a fact is asked about.
public struct FactParameter: Sendable {
  public let name: String
  let kind: Kind
  public var isOptional = false
  /// What stands there, where its kind does not say it.
  var note = ""

  enum Kind: Equatable, Sendable {
    case value(FactType)
    /// One component, or a set of them.
    case components
    /// Commands of the language, up to the closing parenthesis.
    case commands
    /// `break(server-1.app hang)`.
    case breaking
    /// The same, or components of which each is broken alone.
    case failing
    /// A name with points, such as `request.failed`.
    case event
    /// A fact that is judged several times, each time about another site.
    case later(FactType)
  }

  /// What stands there, for people.
  public var meaning: String {
    switch kind {
    case _ where !note.isEmpty: note
    case .value(let type):
      type.example.isEmpty || name.contains("|") ? type.words : "\(type.words), such as \(type.example)"
    case .components: "a component, or a set of them"
    case .commands: "commands as they are typed; they are obeyed on a copy"
    case .breaking: "a host, a part or a link, and how it fails; several with commas"
    case .failing: "the same, or components of which each is broken alone"
    case .event: "something that may have been seen, such as request.failed"
    case .later(let type): "a fact that is \(type.words), judged anew each time"
    }
  }

  /// Whether no fact stands in the parentheses.
  var isRaw: Bool { kind == .commands || kind == .event }

  static let kind = FactParameter(name: "KIND", kind: .value(.kind))
  static let optionalKind = FactParameter(name: "KIND", kind: .value(.kind), isOptional: true)
  static let component = FactParameter(name: "COMPONENT", kind: .value(.component))
  static let components = FactParameter(name: "COMPONENTS", kind: .components)
  static let failing = FactParameter(name: "break(COMPONENT)|COMPONENTS", kind: .failing)
  static let commands = FactParameter(name: "COMMANDS", kind: .commands)
  static let breaking = FactParameter(name: "break(COMPONENT [FAULT])", kind: .breaking)
}

/// A part of what another fact says: `run(send 4).answered`, `spofs(read).count`.
public struct FactField: Sendable {
  public let name: String
  public let owner: Owner
  public let parameters: [FactParameter]
  /// Of what type it is, by the type of the element of the set or list that it is taken from.
  let type: @Sendable (FactType) -> FactType
  public let meaning: String
  /// One that says something on the design `textbook`.
  public let example: String
  let take: @Sendable (inout FactJudging, FactValue, FactArguments) throws(FactProblem) -> FactValue

  public enum Owner: String, CaseIterable, Sendable {
    case run, latency, request, counts, collection, component
    /// Whatever a reply says beyond that.
    case reply

    /// How one gets there.
    fileprivate var way: String {
      switch self {
      case .run, .reply: "run(send 4 write)"
      case .latency: "run(send 4).latency"
      case .request: "run(send 4 read).requests[0]"
      case .counts: "run(send 4).by_server"
      case .collection: "spofs(write)"
      case .component: "server-1"
      }
    }
  }

  public var usage: String {
    parameters.isEmpty ? ".\(name)" : ".\(name)(\(parameters.map { $0.name }.joined(separator: ", ")))"
  }

  /// What it is when taken from something of which nothing more is known.
  public var typeWords: String {
    switch type(.anything) {
    case .anything: "an element"
    case .set(.anything): "a set"
    case let type: type.words
    }
  }

  init(
    _ name: String, of owner: Owner, asks parameters: [FactParameter] = [], _ type: FactType,
    _ meaning: String, example: String? = nil,
    take: @escaping @Sendable (inout FactJudging, FactValue, FactArguments) throws(FactProblem) -> FactValue
  ) {
    self.init(name, of: owner, asks: parameters, typed: { _ in type }, meaning, example: example, take: take)
  }

  init(
    _ name: String, of owner: Owner, asks parameters: [FactParameter] = [],
    typed type: @escaping @Sendable (FactType) -> FactType, _ meaning: String, example: String? = nil,
    take: @escaping @Sendable (inout FactJudging, FactValue, FactArguments) throws(FactProblem) -> FactValue
  ) {
    self.name = name
    self.owner = owner
    self.parameters = parameters
    self.type = type
    self.meaning = meaning
    self.example = example ?? "\(owner.way).\(name)"
    self.take = take
  }
}

/// What the arguments of a fact were found to be.
struct FactArguments: Sendable {
  var values: [Argument] = []
  var rate: Quantity?
  var fault: Fault?
  /// Where the fact stands.
  let place: Range<Int>

  enum Argument: Sendable {
    case value(FactValue)
    case commands(String)
    case breaking([FactFailure])
    case event(String)
    case later(FactTerm, place: Range<Int>)
  }

  /// The kind of request at that place among the arguments.
  func kind(_ index: Int) -> RequestKind? {
    switch value(index) {
    case .kind(let kind): kind
    case .text(let told): RequestKind(rawValue: told)
    default: nil
    }
  }

  func value(_ index: Int) -> FactValue? {
    guard values.indices.contains(index), case .value(let value) = values[index] else { return nil }
    return value
  }

  func component(_ index: Int) -> String? {
    switch value(index) {
    case .component(let name), .text(let name): name
    default: nil
    }
  }

  /// Those of a set, or the one that was named.
  func components(_ index: Int) -> [String] {
    switch value(index) {
    case .component(let name), .text(let name): [name]
    case .set(let set): set.components
    case .list(let told): told.map { $0.text }
    default: []
    }
  }

  func commands(_ index: Int) -> String {
    if values.indices.contains(index), case .commands(let text) = values[index] { text } else { "" }
  }

  func event(_ index: Int) -> String {
    if values.indices.contains(index), case .event(let text) = values[index] { text } else { "" }
  }

  func breaking(_ index: Int) -> [FactFailure] {
    if values.indices.contains(index), case .breaking(let failures) = values[index] { failures } else { [] }
  }

  func later(_ index: Int) -> FactTerm? {
    if values.indices.contains(index), case .later(let term, _) = values[index] { term } else { nil }
  }

  /// Where a fact that is judged several times stands.
  func placeOfLater(_ index: Int) -> Range<Int> {
    if values.indices.contains(index), case .later(_, let place) = values[index] { place } else { 0..<0 }
  }
}

/// A component that is broken for a question, and how; the usual fault where none is named.
struct FactFailure: Equatable, Sendable {
  let component: String
  let fault: Fault?
}
