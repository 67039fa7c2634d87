import Blueprint
import Facts
import Inspector

/// The difference between an answer and the right one.
enum AnswerComparison: Equatable {
  case same
  case other
  /// The elements of the answer that are wrong, and the right elements that are missing from it.
  case elements(extra: [FactValue], missing: [FactValue])
  /// The answer is of a wrong kind. This does not count as a wrong answer.
  case unfit(String)

  init(_ given: FactValue, with derived: FactValue, _ tolerance: Question.Tolerance?, _ topology: Topology) {
    switch (given, derived) {
    case (.set(let a), .set(let b)): self = AnswerComparison.sets(a.elements, b.elements, topology)
    case (.set(let a), .counts(let b)):
      self = AnswerComparison.sets(a.elements, b.filter { $0.count > 0 }.map { $0.key }, topology)
    case (.list(let a), .list(let b)):
      let isSame = a.count == b.count && zip(a, b).allSatisfy { AnswerComparison.isSame($0, $1, topology) }
      self = isSame ? .same : .other
    case (.number(let a), .number(let b)), (.duration(let a), .duration(let b)), (.rate(let a), .rate(let b)):
      self = AnswerComparison.isNear(a.amount, b, tolerance) ? .same : .other
    default: self = AnswerComparison.isSame(given, derived, topology) ? .same : .other
    }
  }

  private static func isNear(_ given: Double, _ derived: Quantity, _ tolerance: Question.Tolerance?) -> Bool {
    if given == derived.amount { return true }
    guard given.isFinite, derived.amount.isFinite else { return false }
    let wanted: Double
    switch tolerance {
    case nil: wanted = 0
    case .percent(let share): wanted = derived.amount.magnitude * share / 100
    case .absolute(let amount): wanted = amount
    }
    let least = derived.amount.magnitude * 1e-6
    return (given - derived.amount).magnitude <= max(wanted, derived.uncertainty, least) * (1 + 1e-9)
  }

  private static func sets(_ given: [FactValue], _ derived: [FactValue], _ topology: Topology)
    -> AnswerComparison
  {
    if let host = given.first(where: { isBareHost($0, of: given, derived, topology) }) {
      return .unfit(topology.componentQuestion(about: host.text))
    }
    let a = plain(given, topology)
    let b = plain(derived, topology)
    // A host is not an extra element if the right answer contains it, even if the right answer names its
    // components too.
    let extra = a.filter { element in !(b + derived).contains { isSame(element, $0, topology) } }
    let missing = b.filter { element in !a.contains { isSame(element, $0, topology) } }
    return extra.isEmpty && missing.isEmpty ? .same : .elements(extra: extra, missing: missing)
  }

  /// Whether the answer names a host although its components were asked for, and one of them is right.
  private static func isBareHost(
    _ value: FactValue, of given: [FactValue], _ derived: [FactValue], _ topology: Topology
  ) -> Bool {
    guard case .component(let name) = value, let host = topology.host(named: name), host.parts.count > 1,
      !given.contains(where: { $0.text.hasPrefix("\(name).") })
    else {
      return false
    }
    let names = derived.map { $0.text }
    return names.contains { $0.hasPrefix("\(name).") }
      && !names.contains { topology.host(named: $0).map { $0.parts.count > 1 } ?? false }
  }

  static func isSame(_ a: FactValue, _ b: FactValue, _ topology: Topology) -> Bool {
    guard case .component(let a) = a, case .component(let b) = b else { return a == b }
    return topology.fullName(a) == topology.fullName(b)
  }

  /// Returns distinct elements, without hosts whose components are named too.
  static func plain(_ elements: [FactValue], _ topology: Topology) -> [FactValue] {
    let distinct = elements.reduce(into: [FactValue]()) { found, element in
      if !found.contains(where: { isSame($0, element, topology) }) { found.append(element) }
    }
    return distinct.filter { element in
      guard case .component(let name) = element,
        topology.host(named: name).map({ $0.parts.count > 1 }) ?? false
      else { return true }
      return !distinct.contains { $0.text.hasPrefix("\(name).") }
    }
  }
}

extension Topology {
  /// Returns a question about which component of a host was meant.
  func componentQuestion(about host: String) -> String {
    let parts = self.host(named: host)?.parts.map { Address(host, $0).text } ?? []
    return "\(host) is a host: which component of it, \(Prose.either(parts))?"
  }

  /// Returns one name for targets that are the same: a host with one component, or a link in both directions.
  func fullName(_ name: String) -> String {
    if let host = host(named: name), host.parts.count == 1 { return "\(name).\(host.parts[0].rawValue)" }
    guard let (a, b) = FaultTarget.ends(of: name) else { return name }
    return a < b ? name : "\(b)--\(a)"
  }
}
