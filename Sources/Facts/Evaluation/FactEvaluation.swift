import Blueprint
import Inspector
import Simulator

extension FactEvaluator {
  mutating func value(of term: FactTerm) throws(FactProblem) -> FactValue {
    switch term {
    case .constant(let value): return value
    case .component(let name, let place): return try component(name, place)
    case .it: return its.last ?? .nothing
    case .fact(let entry, let asked):
      let arguments = try arguments(asked)
      switch entry.evaluation {
      case .value(let evaluate): return try evaluate(&self, arguments)
      case .site(let enter): return .report(.reply(try enter(&self, arguments).reply))
      }
    case .field(let base, let field, let asked):
      let value = try value(of: base)
      return try field.take(&self, value, try arguments(asked))
    case .within(let site, let inner, let place): return try asked(inner, of: try view(of: site), place)
    case .element(let base, let index, let place): return try element(of: base, index, place)
    case .negated(let inner, let place):
      // What holds at some moments only does not fail at all of them.
      let before = undecided
      let holds = try flag(try value(of: inner), place)
      return .bool(!holds && undecided == before)
    case .minus(let inner): return try value(of: inner).negated
    case .binary(let sign, let left, let right, let place): return try binary(sign, left, right, place)
    case .set(let terms): return .set(FactSet(try values(of: terms)))
    case .list(let terms): return .list(try values(of: terms))
    case .counts(let counts, let place): return try self.counts(counts, place)
    }
  }

  /// Where nothing was seen on the way to the answer, it can be asked again there.
  private mutating func asked(_ term: FactTerm, of site: FactView, _ place: Range<Int>) throws(FactProblem)
    -> FactValue
  {
    let mark = trail.count
    let value = try within(site, term)
    guard trail.count == mark else { return value }
    if case .report = value { return value }
    let (fact, text) = (source(place), value.text)
    append(
      Evidence(
        [site.command(["show \(fact)"])],
        saw: "\(fact) is \(text.count > 100 ? "\(text.prefix(100))…" : text)"))
    return value
  }

  private mutating func values(of terms: [FactTerm]) throws(FactProblem) -> [FactValue] {
    var values: [FactValue] = []
    for term in terms { values.append(try value(of: term)) }
    return values
  }

  /// The site that a term leads to.
  private mutating func view(of term: FactTerm) throws(FactProblem) -> FactView {
    switch term {
    case .fact(let entry, let asked):
      guard case .site(let enter) = entry.evaluation else { return view }
      return try enter(&self, try arguments(asked))
    case .within(let outer, let inner, _):
      // `start.run(send 4)`: asked about the outer site.
      let outerView = try view(of: outer)
      return try entering(outerView) { (evaluator: inout FactEvaluator) throws(FactProblem) -> FactView in
        try evaluator.view(of: inner)
      }
    default: return view
    }
  }

  private func component(_ name: String, _ place: Range<Int>) throws(FactProblem) -> FactValue {
    if topology.has(component: name) { return .component(name) }
    // A port of a host, as a scan names it, is no part of the site.
    let names = topology.hosts.prefix(1_000).map { $0.name } + FactEntry.all.map { $0.name }
    let hint = nearest(to: name, among: names).map { "\($0)?" } ?? ""
    throw FactProblem("there is no “\(name)”", hint: hint, at: place)
  }

  private mutating func arguments(_ asked: CheckedCall) throws(FactProblem) -> FactArguments {
    var arguments = FactArguments(fault: asked.fault, place: asked.place)
    for argument in asked.arguments {
      switch argument {
      case .term(let term): arguments.values.append(.value(try value(of: term)))
      case .commands(let text): arguments.values.append(.commands(text))
      case .event(let name): arguments.values.append(.event(name))
      case .later(let term, let place): arguments.values.append(.later(term, place: place))
      case .breaking(let breakings):
        var failures: [FactFailure] = []
        for breaking in breakings {
          guard case .component(let name) = try value(of: breaking.component) else {
            throw FactProblem("there is nothing to break", at: asked.place)
          }
          failures.append(FactFailure(component: name, fault: breaking.fault))
        }
        arguments.values.append(.breaking(failures))
      }
    }
    if let rate = asked.rate, case .rate(let quantity) = try value(of: rate) { arguments.rate = quantity }
    return arguments
  }

  // MARK: Elements

  private mutating func element(of base: FactTerm, _ index: FactTerm, _ place: Range<Int>) throws(FactProblem)
    -> FactValue
  {
    let value = try value(of: base)
    let index = try self.value(of: index)
    switch (value, index) {
    case (.list(let list), .number(let number)):
      guard number.amount >= 0, number.amount < Double(list.count) else {
        throw FactProblem("there is no such element", hint: "the first of \(list.count) is 0", at: place)
      }
      return list[Int(number.amount)]
    case (.report, _), (.list, _): return try value.told(index.text, place)
    case (.counts(let counts), _):
      let found = counts.filter { isSame($0.key, index) || isPart($0.key, of: index) }
      return .number(Quantity(found.reduce(0) { $0 + $1.count }))
    default: return .nothing
    }
  }

  /// `by_database[server-1]` means its node.
  private func isPart(_ key: FactValue, of host: FactValue) -> Bool {
    guard case .component(let part) = key, case .component(let name) = host else { return false }
    return part.hasPrefix("\(name).")
  }

  private mutating func counts(_ counts: [(key: FactTerm, count: FactTerm)], _ place: Range<Int>)
    throws(FactProblem)
    -> FactValue
  {
    var found: [FactCount] = []
    for (key, count) in counts {
      guard case .number(let number) = try value(of: count), number.amount.magnitude < 1e15 else {
        throw FactProblem("a count is a number", at: place)
      }
      found.append(FactCount(try value(of: key), Int(number.amount)))
    }
    return .counts(found)
  }

  // MARK: Operators

  private mutating func binary(_ sign: FactOperator, _ left: FactTerm, _ right: FactTerm, _ place: Range<Int>)
    throws(FactProblem) -> FactValue
  {
    let mark = trail.count
    let a = try value(of: left)
    if sign == .or || sign == .and {
      if try flag(a, place) == (sign == .or) { return a }
      let b = try value(of: right, replacing: mark, unless: .bool(sign == .and))
      return .bool(try flag(b, place))
    }
    let b = try value(of: right)
    switch sign {
    case .equal:
      difference = difference(between: a, and: b)
      return .bool(holds(isSame(a, b), or: differs(a, b)))
    case .unequal: return .bool(holds(differs(a, b), or: isSame(a, b)))
    case .about: return .bool(a.isAbout(b))
    case .less, .atMost, .greater, .atLeast: return .bool(try compared(sign, a, b, place))
    case .in:
      difference = missing(of: a, in: b)
      return .bool(isMember(a, of: b))
    case .notIn: return .bool(!isMember(a, of: b))
    case .intersection, .union, .without: return combined(sign, a, b)
    case .plus, .minus, .times, .over, .within, .withinShare: return try a.combined(sign, b, at: place)
    case .or, .and: return b
    }
  }

  private mutating func compared(_ sign: FactOperator, _ a: FactValue, _ b: FactValue, _ place: Range<Int>)
    throws(FactProblem) -> Bool
  {
    guard let left = a.quantity else { throw FactProblem.untold(a, .number, at: place) }
    guard let right = b.quantity else { throw FactProblem.untold(b, .number, at: place) }
    switch sign {
    case .less: return holds(left.isBelow(right), or: right.isAtMost(left))
    case .atMost: return holds(left.isAtMost(right), or: right.isBelow(left))
    case .greater: return holds(right.isBelow(left), or: left.isAtMost(right))
    default: return holds(right.isAtMost(left), or: left.isBelow(right))
    }
  }

  /// Whether a comparison holds for every value that the two may take. Where neither it nor its opposite does, it hangs on
  /// the moment.
  private mutating func holds(_ comparison: Bool, or opposite: Bool) -> Bool {
    if !comparison, !opposite {
      undecided += 1
      alsoSaw("it holds at some of these moments only")
    }
    return comparison
  }

  /// Whether they are the same at no moment.
  private func differs(_ a: FactValue, _ b: FactValue) -> Bool {
    guard let left = a.quantity, let right = b.quantity, left.spread + right.spread > 0 else {
      return !isSame(a, b)
    }
    return left.differs(from: right)
  }

  /// Of two sets that are not the same, what only one of them has.
  private func difference(between a: FactValue, and b: FactValue) -> String {
    guard case .set(let first) = a, case .set(let second) = b, !isSame(a, b) else { return "" }
    let (left, right) = (plain(first), plain(second))
    let besides = [
      sentence("only the first has", lacking(right, of: left)),
      sentence("only the second has", lacking(left, of: right)),
    ]
    return besides.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// Of a set that is no part of another, what that one lacks.
  private func missing(of a: FactValue, in b: FactValue) -> String {
    guard case .set(let set) = a else { return "" }
    return sentence("only the first has", set.elements.filter(not(membership(in: b))))
  }

  /// Returns the elements that equal none of `others`.
  private func lacking(_ others: [FactValue], of elements: [FactValue]) -> [FactValue] {
    guard let names = canonicalNames(others) else {
      return elements.filter { one in !others.contains { isSame(one, $0) } }
    }
    return elements.filter { one in
      guard case .component(let name) = one else { return !others.contains { isSame(one, $0) } }
      return !names.contains(topology.canonical(name))
    }
  }

  /// Returns the canonical names by which components are compared, or nil if some element is not a component.
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

  /// The second of two that are joined: where it alone decides, what was seen for the first is forgotten.
  private mutating func value(of term: FactTerm, replacing mark: Int, unless both: FactValue)
    throws(FactProblem) -> FactValue
  {
    let before = trail.count
    let value = try value(of: term)
    if value != both, trail.count > before { dropTrail(mark..<before) }
    return value
  }

  /// What a reply says need not be true or false.
  private func flag(_ value: FactValue, _ place: Range<Int>) throws(FactProblem) -> Bool {
    guard case .bool(let flag) = value else { throw FactProblem.untold(value, .bool, at: place) }
    return flag
  }

  /// Equal in every answer: in any order where order means nothing, a host for its only part.
  func isSame(_ a: FactValue, _ b: FactValue) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)), (.duration(let a), .duration(let b)), (.rate(let a), .rate(let b)):
      a.agrees(with: b)
    case (.component(let a), .component(let b)): topology.canonical(a) == topology.canonical(b)
    case (.set(let a), .set(let b)): isSame(plain(a), plain(b), inOrder: false)
    case (.list(let a), .list(let b)): isSame(a, b, inOrder: true)
    case (.counts(let a), .counts(let b)): isSame(a, b)
    case (.text(let told), .component(let name)), (.component(let name), .text(let told)):
      topology.canonical(told) == topology.canonical(name)
    case (.text, .kind), (.text, .word), (.text, .status), (.number, .status), (.kind, .text), (.word, .text),
      (.status, .text), (.status, .number):
      a.text == b.text
    case (.set(let a), .list(let b)), (.list(let b), .set(let a)): isSame(plain(a), b, inOrder: false)
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

  /// What is counted nowhere counts nothing.
  private func isSame(_ a: [FactCount], _ b: [FactCount]) -> Bool {
    func count(_ key: FactValue, in counts: [FactCount]) -> Int {
      counts.filter { isSame($0.key, key) }.reduce(0) { $0 + $1.count }
    }
    return (a + b).allSatisfy { count($0.key, in: a) == count($0.key, in: b) }
  }

  /// The elements that count: a host named beside its part is no extra one.
  func plain(_ set: FactSet) -> [FactValue] {
    let names = set.components
    guard names.count == set.elements.count else { return set.elements }
    return topology.canonical(names).map { .component($0) }
  }

  private func isMember(_ a: FactValue, of b: FactValue) -> Bool {
    switch (a, b) {
    case (.set(let a), .set(let b)): a.elements.allSatisfy(membership(in: .set(b)))
    case (_, .set(let set)): set.elements.contains { isSame(a, $0) } || isLink(a, of: set)
    case (_, .list(let list)): list.contains { isSame(a, $0) }
    case (_, .counts(let counts)): counts.contains { isSame(a, $0.key) && $0.count > 0 }
    default: false
    }
  }

  /// Returns `isMember` for one collection, prepared for many elements: a set of components is searched by name.
  private func membership(in value: FactValue) -> (FactValue) -> Bool {
    guard case .set(let set) = value, let names = canonicalNames(set.elements) else {
      return { isMember($0, of: value) }
    }
    return { element in
      guard case .component(let name) = element else { return isMember(element, of: value) }
      return names.contains(topology.canonical(name)) || isLink(element, of: set)
    }
  }

  private func not(_ isSo: @escaping (FactValue) -> Bool) -> (FactValue) -> Bool { { !isSo($0) } }

  /// A link is asked for by its name.
  private func isLink(_ value: FactValue, of set: FactSet) -> Bool {
    guard case .component(let name) = value, let (a, b) = Breakable.ends(of: name) else { return false }
    return set.links.contains(name) || set.links.contains("\(b)--\(a)")
  }

  private func combined(_ sign: FactOperator, _ a: FactValue, _ b: FactValue) -> FactValue {
    guard case .set(let a) = a, case .set(let b) = b else { return .nothing }
    switch sign {
    case .union: return .set(FactSet(a.elements + b.elements.filter(not(membership(in: .set(a))))))
    case .intersection: return .set(FactSet(a.elements.filter(membership(in: .set(b)))))
    default:
      let isMember = membership(in: .set(b))
      let names = Set(b.components)
      return .set(FactSet(a.elements.filter { !isMember($0) && !isPart($0, ofAnyOf: names) }))
    }
  }

  /// Who takes a host away takes its parts away as well.
  private func isPart(_ element: FactValue, ofAnyOf names: Set<String>) -> Bool {
    guard case .component(let name) = element else { return false }
    return name.owners.contains { names.contains($0) }
  }
}
