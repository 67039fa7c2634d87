import Blueprint
import Inspector

/// Fields for those members of a reply's JSON that have no field of their own. Each field has the name of the
/// member.
extension FactField {
  /// Returns the field for a member of a reply, or of an object in it. Returns nil if no reply has such a
  /// member.
  static func ofReply(_ name: String, in type: FactType) -> FactField? {
    let isOfList = type == .replyValue && ReplyNames.ofLists.contains(name)
    guard type.isPartOfReply, isOfList || ReplyNames.members.contains(name) else { return nil }
    return FactField(name, of: .reply, .replyValue, "the member of the reply with this name") {
      evaluator, value, arguments throws(FactProblem) in
      let member = try value.member(name, arguments.position)
      if let words = member.words(of: name) { evaluator.addObservation(words) }
      return member
    }
  }
}

extension FactType {
  /// Whether the members of a value of this type can be read by their names in the reply.
  var isPartOfReply: Bool { self == .run || self == .request || self == .latency || self == .replyValue }
}

extension FactValue {
  /// Returns the value as evidence, such as `count: 3`. Returns nil for a list or an object, which would be
  /// too long.
  fileprivate func words(of name: String) -> String? {
    if case .list = self { return nil }
    if case .report = self { return nil }
    return "\(name): \(shortText)"
  }

  private var shortText: String { text.count > 60 ? "\(text.prefix(60))…" : text }

  /// The value in a few words. A list or an object is only described.
  fileprivate var shortDescription: String {
    if case .report = self { return "an object" }
    if case .list(let elements) = self { return "a list of \(elements.count)" }
    return shortText
  }

  /// Returns the member with this name. A list has only `count`, `first` and `last`.
  func member(_ name: String, _ position: Range<Int>) throws(FactProblem) -> FactValue {
    if case .list(let elements) = self {
      if name == "count" { return .number(Quantity(elements.count)) }
      if name == "first" { return elements.first ?? .nothing }
      if name == "last" { return elements.last ?? .nothing }
      throw FactProblem("this is a list", hint: "its first element is [0]", at: position)
    }
    guard case .report(let report) = self, case .object(let members) = report.json else {
      throw FactProblem("\(shortDescription) has no “\(name)”", at: position)
    }
    if let member = members.first(where: { $0.name == name }) { return FactValue(member.value) }
    // For an object with a number for each name, such as `by_server`, `count` is the number of nonzero
    // values.
    if name == "count" { return .number(Quantity(members.count { $0.value != .integer(0) })) }
    let names = members.map { $0.name }
    throw FactProblem(
      "the reply has no “\(name)”",
      hint: nearest(to: name, among: names).map { "\($0)?" } ?? names.prefix(24).joined(separator: ", "),
      at: position)
  }
}

extension FactProblem {
  /// Returns the problem for a value of the wrong type in a reply.
  static func unfit(_ value: FactValue, _ wanted: FactType, at position: Range<Int>) -> FactProblem {
    FactProblem("the reply says \(value.shortDescription), which is not \(wanted.words)", at: position)
  }
}
