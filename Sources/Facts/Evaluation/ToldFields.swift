import Blueprint
import Inspector

/// What a reply says beyond what facts are about: any member of its JSON, by its name there.
extension FactField {
  /// A member of a reply, or of what it says; nil where no reply has one of that name.
  static func told(_ name: String, by type: FactType) -> FactField? {
    let isOfList = type == .told && ReplyNames.ofLists.contains(name)
    guard type.isTold, isOfList || ReplyNames.members.contains(name) else { return nil }
    return FactField(name, of: .reply, .told, "what the reply says of it") {
      evaluator, value, asked throws(FactProblem) in
      let told = try value.told(name, asked.place)
      evaluator.alsoSaw(told, of: name)
      return told
    }
  }
}

extension FactType {
  /// Whether members of a reply can be taken from it.
  var isTold: Bool { self == .run || self == .request || self == .latency || self == .told }
}

extension FactEvaluator {
  fileprivate mutating func alsoSaw(_ told: FactValue, of name: String) {
    switch told {
    case .list, .report: return
    default: break
    }
    let text = told.text
    alsoSaw("\(name): \(text.count > 60 ? "\(text.prefix(60))…" : text)")
  }
}

extension FactValue {
  /// As a reply says it.
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

  /// For a sentence: of more than one would read, what it is.
  fileprivate var inShort: String {
    switch self {
    case .report: "an object"
    case .list(let elements): "a list of \(elements.count)"
    case let value where value.text.count > 60: "\(value.text.prefix(60))…"
    default: text
    }
  }

  /// A member of what a reply says.
  func told(_ name: String, _ place: Range<Int>) throws(FactProblem) -> FactValue {
    if case .list(let elements) = self {
      switch name {
      case "count": return .number(Quantity(elements.count))
      case "first": return elements.first ?? .nothing
      case "last": return elements.last ?? .nothing
      default: throw FactProblem("that is a list", hint: "its first element is [0]", at: place)
      }
    }
    guard case .report(let report) = self, case .object(let members) = report.json else {
      throw FactProblem("\(inShort) has no “\(name)”", at: place)
    }
    if let member = members.first(where: { $0.name == name }) { return FactValue(member.value) }
    // Of names and numbers, as the fact of that name counts them: what was met at least once.
    if name == "count" { return .number(Quantity(members.count { $0.value != .integer(0) })) }
    let names = members.map { $0.name }
    throw FactProblem(
      "the reply has no “\(name)”",
      hint: nearest(to: name, among: names).map { "\($0)?" } ?? names.prefix(24).joined(separator: ", "),
      at: place)
  }
}

extension FactProblem {
  /// Where a reply turned out to say something else than what was needed.
  static func untold(_ value: FactValue, _ wanted: FactType, at place: Range<Int>) -> FactProblem {
    FactProblem("the reply says \(value.inShort), which is not \(wanted.words)", at: place)
  }
}
