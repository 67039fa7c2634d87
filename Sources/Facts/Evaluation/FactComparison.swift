import Blueprint
import Inspector

/// Compares values that name components of one site.
///
/// A host equals its only component. The order of elements matters in lists, but not in sets.
struct FactComparison {
  let topology: Topology

  // MARK: Equality

  func isSame(_ a: FactValue, _ b: FactValue) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)), (.duration(let a), .duration(let b)), (.rate(let a), .rate(let b)):
      a.agrees(with: b)
    case (.component(let a), .component(let b)): topology.canonical(a) == topology.canonical(b)
    case (.set(let a), .set(let b)): isSame(distinct(a), distinct(b), inOrder: false)
    case (.list(let a), .list(let b)): isSame(a, b, inOrder: true)
    case (.counts(let a), .counts(let b)): isSame(a, b)
    case (.text(let text), .component(let name)), (.component(let name), .text(let text)):
      topology.canonical(text) == topology.canonical(name)
    case (.text, .kind), (.text, .word), (.text, .status), (.number, .status), (.kind, .text), (.word, .text),
      (.status, .text), (.status, .number):
      a.text == b.text
    case (.set(let a), .list(let b)), (.list(let b), .set(let a)): isSame(distinct(a), b, inOrder: false)
    case (.set(let a), .counts(let b)): a.elements.isEmpty && b.isEmpty
    case (.counts(let a), .set(let b)): a.isEmpty && b.elements.isEmpty
    default: a == b
    }
  }

  private func isSame(_ a: [FactValue], _ b: [FactValue], inOrder: Bool) -> Bool {
    guard a.count == b.count else { return false }
    if inOrder { return zip(a, b).allSatisfy { isSame($0, $1) } }
    if let first = canonicalNames(a), let second = canonicalNames(b) { return first == second }
    return a.allSatisfy { element in b.contains { isSame(element, $0) } }
      && b.allSatisfy { element in a.contains { isSame(element, $0) } }
  }

  /// Returns whether two sets of counts are equal. A missing key counts as zero.
  private func isSame(_ a: [FactCount], _ b: [FactCount]) -> Bool {
    func count(_ key: FactValue, in counts: [FactCount]) -> Int {
      counts.filter { isSame($0.key, key) }.reduce(0) { $0 + $1.count }
    }
    return (a + b).allSatisfy { count($0.key, in: a) == count($0.key, in: b) }
  }

  /// Returns whether two values differ. Quantities must differ for all values in their ranges.
  func alwaysDiffers(_ a: FactValue, _ b: FactValue) -> Bool {
    guard let left = a.quantity, let right = b.quantity, left.spread + right.spread > 0 else {
      return !isSame(a, b)
    }
    return left.differs(from: right)
  }

  // MARK: Sets

  /// Returns the elements of a set, without each host that has a component in the same set.
  func distinct(_ set: FactSet) -> [FactValue] {
    let names = set.components
    guard names.count == set.elements.count else { return set.elements }
    return topology.canonical(names).map { .component($0) }
  }

  /// Returns the number of elements in a collection, as `count` reports it.
  func count(of value: FactValue) -> Int {
    if case .set(let set) = value { return distinct(set).count }
    if case .counts(let counts) = value { return counts.count { $0.count > 0 } }
    return value.elements.count
  }

  func isMember(_ a: FactValue, of b: FactValue) -> Bool {
    switch (a, b) {
    case (.set(let a), .set(let b)): a.elements.allSatisfy(membership(in: .set(b)))
    case (_, .set(let set)): set.elements.contains { isSame(a, $0) } || isLink(a, of: set)
    case (_, .list(let list)): list.contains { isSame(a, $0) }
    case (_, .counts(let counts)): counts.contains { isSame(a, $0.key) && $0.count > 0 }
    default: false
    }
  }

  /// Returns a version of `isMember` for one collection. It is faster for many elements, because it looks up
  /// components by name.
  private func membership(in value: FactValue) -> (FactValue) -> Bool {
    guard case .set(let set) = value, let names = canonicalNames(set.elements) else {
      return { isMember($0, of: value) }
    }
    return { element in
      guard case .component(let name) = element else { return isMember(element, of: value) }
      return names.contains(topology.canonical(name)) || isLink(element, of: set)
    }
  }

  private func not(_ isTrue: @escaping (FactValue) -> Bool) -> (FactValue) -> Bool { { !isTrue($0) } }

  /// Returns whether a value names one of the set's links. Links count as members, although they are not
  /// elements.
  private func isLink(_ value: FactValue, of set: FactSet) -> Bool {
    guard case .component(let name) = value, let (a, b) = FaultTarget.ends(of: name) else { return false }
    return set.links.contains(name) || set.links.contains("\(b)--\(a)")
  }

  func intersection(_ a: FactSet, _ b: FactSet) -> FactSet {
    FactSet(a.elements.filter(membership(in: .set(b))))
  }

  func union(_ a: FactSet, _ b: FactSet) -> FactSet {
    FactSet(a.elements + b.elements.filter(not(membership(in: .set(a)))))
  }

  /// Returns the elements of `a` that are not in `b`. If a host is in `b`, its components are left out too.
  func difference(_ a: FactSet, _ b: FactSet) -> FactSet {
    let isMember = membership(in: .set(b))
    let hosts = Set(b.components)
    return FactSet(
      a.elements.filter { element in
        guard case .component(let name) = element else { return !isMember(element) }
        return !isMember(element) && !name.owners.contains { hosts.contains($0) }
      })
  }

  /// Returns whether the key is a component of the host: `by_database[server-1]` includes `server-1.mysql`.
  func isComponent(_ key: FactValue, of host: FactValue) -> Bool {
    guard case .component(let component) = key, case .component(let name) = host else { return false }
    return component.hasPrefix("\(name).")
  }

  // MARK: Differences

  /// Returns the difference between two sets in words. The text is empty if they are equal or not both sets.
  func differenceInWords(_ a: FactValue, _ b: FactValue) -> String {
    guard case .set(let first) = a, case .set(let second) = b, !isSame(a, b) else { return "" }
    let (left, right) = (distinct(first), distinct(second))
    let sentences = [
      sentence("only the first has", elements(of: left, without: right)),
      sentence("only the second has", elements(of: right, without: left)),
    ]
    return sentences.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// Returns the elements of a set that another collection does not have, in words.
  func missingInWords(of a: FactValue, in b: FactValue) -> String {
    guard case .set(let set) = a else { return "" }
    return sentence("only the first has", set.elements.filter(not(membership(in: b))))
  }

  /// Returns the elements that equal none of `others`.
  private func elements(of elements: [FactValue], without others: [FactValue]) -> [FactValue] {
    guard let names = canonicalNames(others) else {
      return elements.filter { one in !others.contains { isSame(one, $0) } }
    }
    return elements.filter { one in
      guard case .component(let name) = one else { return !others.contains { isSame(one, $0) } }
      return !names.contains(topology.canonical(name))
    }
  }

  /// Returns the canonical names by which components are compared, or nil if any element is not a component.
  private func canonicalNames(_ elements: [FactValue]) -> Set<String>? {
    var names: Set<String> = []
    for element in elements {
      guard case .component(let name) = element else { return nil }
      names.insert(topology.canonical(name))
    }
    return names
  }

  private func sentence(_ words: String, _ elements: [FactValue]) -> String {
    elements.isEmpty ? "" : "\(words) \(FactSet(elements).words)"
  }
}
