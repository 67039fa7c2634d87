import Blueprint
import Inspector
import Simulator

/// The value of a fact.
public indirect enum FactValue: Equatable, Sendable {
  case bool(Bool)
  case number(Quantity)
  /// A length of time in seconds; `never` is infinite.
  case duration(Quantity)
  /// A rate in requests per second.
  case rate(Quantity)
  /// The outcome of a request: `200`, `503`, `refused` or `timeout`.
  case status(String)
  case kind(RequestKind)
  /// The name of a host, component, link or port.
  case component(String)
  /// No component, such as the primary of a site without one.
  case nothing
  case word(String)
  case text(String)
  case set(FactSet)
  case list([FactValue])
  case counts([FactCount])
  case report(FactReport)
}

/// Distinct elements in the order in which they were found.
public struct FactSet: Equatable, Sendable {
  public internal(set) var elements: [FactValue] = []
  /// The links that `.links` returns. They are not elements of the set.
  var links: [String] = []

  public init(_ elements: [FactValue] = [], links: [String] = []) {
    var known: Set<Identity> = []
    for element in elements {
      let isNew = element.identity.map { known.insert($0).inserted } ?? !self.elements.contains(element)
      if isNew { self.elements.append(element) }
    }
    self.links = links
  }

  init(components: [String], links: [String] = []) {
    self.init(components.map { .component($0) }, links: links)
  }

  /// The key for finding an element quickly. Equal elements have equal keys.
  fileprivate enum Identity: Hashable {
    case component(String)
    case text(String)
    case number(Quantity)
  }

  /// The elements, listed as in a sentence.
  var words: String { Evidence.listed(elements.map { $0.text }) }

  var components: [String] {
    elements.compactMap { if case .component(let name) = $0 { name } else { nil } }
  }

  public var kinds: [RequestKind] {
    elements.compactMap { if case .kind(let kind) = $0 { kind } else { nil } }
  }
}

/// A key, and how often it occurred.
public struct FactCount: Equatable, Sendable {
  public let key: FactValue
  public let count: Int

  public init(_ key: FactValue, _ count: Int) {
    self.key = key
    self.count = count
  }
}

extension FactValue {
  /// The key for finding this element in a set, or nil for kinds of value of which a set has only a few.
  fileprivate var identity: FactSet.Identity? {
    switch self {
    case .component(let name): .component(name)
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .bool, .duration, .rate, .status, .kind, .nothing, .word, .set, .list, .counts, .report: nil
    }
  }

  /// The elements of a set or list. Any other value has none.
  var elements: [FactValue] {
    if case .set(let set) = self { return set.elements }
    if case .list(let list) = self { return list }
    return []
  }

  /// The name of a component, or nil for other values. A text counts as a name, because replies contain names
  /// as text.
  var componentName: String? {
    if case .component(let name) = self { return name }
    if case .text(let name) = self { return name }
    return nil
  }

  /// The kind of a request, or nil for other values. A text may name a kind, because replies contain kinds as
  /// text.
  var requestKind: RequestKind? {
    if case .kind(let kind) = self { return kind }
    if case .text(let name) = self { return RequestKind(rawValue: name) }
    return nil
  }

  static func components(_ names: [String]) -> FactValue { .set(FactSet(components: names)) }

  static func component(orNothing name: String?) -> FactValue { name.map { .component($0) } ?? .nothing }

  static func kinds(_ kinds: [RequestKind]) -> FactValue { .set(FactSet(kinds.map { .kind($0) })) }

  static func span(_ span: Span) -> FactValue { .duration(Quantity(Double(span.nanoseconds) / 1e9)) }

  /// Returns a length of time, rounded to the microsecond as in replies.
  static func rounded(_ span: Span) -> FactValue {
    .duration(Quantity(Double((span.nanoseconds + 500) / 1_000) / 1e6))
  }

  /// The value as it is printed, such as `{lb-1, server-1}`.
  public var text: String {
    switch self {
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): number.text
    case .duration(let seconds): FactValue.text(ofSeconds: seconds)
    case .rate(let rate) where !rate.amount.isFinite: "no limit"
    case .rate(let rate): "\(Quantity.text(rate.amount))/s" + FactValue.tolerance(rate, "/s")
    case .status(let text), .component(let text), .word(let text), .text(let text): text
    case .kind(let kind): kind.rawValue
    case .nothing: "nothing"
    case .set(let set): "{" + set.elements.map { $0.text }.joined(separator: ", ") + "}"
    case .list(let elements): "[" + elements.map { $0.text }.joined(separator: ", ") + "]"
    case .counts(let counts):
      "{" + counts.map { "\($0.key.text): \($0.count)" }.joined(separator: ", ") + "}"
    case .report(let report): report.json.text
    }
  }

  private static func tolerance(_ quantity: Quantity, _ unit: String) -> String {
    quantity.uncertainty > 0 ? " ± \(Quantity.text(quantity.uncertainty))\(unit)" : ""
  }

  private static func text(ofSeconds seconds: Quantity) -> String {
    let text = NumberText.text(seconds: seconds.amount)
    guard seconds.amount.isFinite else { return text }
    return NumberText.isInMilliseconds(seconds.amount)
      ? text + tolerance(seconds.mapped(by: 1_000), " ms") : text + tolerance(seconds, " s")
  }

  /// The least and the greatest value, or nil if the value does not vary. The value itself is the midpoint.
  public var range: JSON? {
    guard let quantity, quantity.spread > 0 else { return nil }
    func end(_ amount: Double) -> JSON { with(Quantity(amount)).json }
    return [.least: end(quantity.low), .most: end(quantity.high)]
  }

  /// Creates a value from the JSON of a reply.
  init(_ json: JSON) {
    switch json {
    case .null: self = .nothing
    case .flag(let flag): self = .bool(flag)
    case .integer(let number): self = .number(Quantity(number))
    case .thousandths(let number): self = .number(Quantity(Double(number) / 1_000))
    case .billionths(let number): self = .number(Quantity(Double(number) / 1e9))
    case .string(let text): self = .text(text)
    case .array(let elements): self = .list(elements.map { FactValue($0) })
    case .object: self = .report(.object(json))
    }
  }

  public var json: JSON {
    switch self {
    case .bool(let flag): .flag(flag)
    case .number(let number), .rate(let number): number.json
    case .duration(let seconds): seconds.thousandths(times: 1_000).map { .thousandths($0) } ?? .null
    case .status(let text):
      Int(text).map { .integer($0) } ?? .string(text)
    case .component(let text), .word(let text), .text(let text): .string(text)
    case .kind(let kind): .string(kind.rawValue)
    case .nothing: .null
    case .set(let set): .array(set.elements.map { $0.json })
    case .list(let elements): .array(elements.map { $0.json })
    case .counts(let counts): .object(counts.map { JSON.Member(named: $0.key.text, .integer($0.count)) })
    case .report(let report): report.json
    }
  }
}
