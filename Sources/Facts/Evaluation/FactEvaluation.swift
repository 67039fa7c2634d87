import Blueprint
import Inspector
import Simulator

extension FactEvaluator {
  mutating func value(of term: FactTerm) throws(FactProblem) -> FactValue {
    switch term {
    case .constant(let value): return value
    case .component(let name, let position): return try component(name, position)
    case .it: return itValues.last ?? .nothing
    case .fact(let entry, let call):
      let arguments = try arguments(of: call)
      switch entry.evaluation {
      case .value(let evaluate): return try evaluate(&self, arguments)
      case .site(let enter): return .report(.reply(try enter(&self, arguments).reply))
      }
    case .field(let base, let field, let call):
      let value = try value(of: base)
      return try field.evaluate(&self, value, try arguments(of: call))
    case .onSite(let site, let inner, let position):
      return try value(of: inner, on: try view(of: site), position)
    case .element(let base, let index, let position): return try element(of: base, index, position)
    case .negated(let inner, let position):
      // If a comparison is true at some moments only, its negation is not true either.
      let before = undecidedCount
      let isTrue = try flag(try value(of: inner), position)
      return .bool(!isTrue && undecidedCount == before)
    case .minus(let inner): return try value(of: inner).negated
    case .binary(let sign, let left, let right, let position): return try binary(sign, left, right, position)
    case .set(let terms): return .set(FactSet(try values(of: terms)))
    case .list(let terms): return .list(try values(of: terms))
    case .counts(let counts, let position): return try self.counts(counts, position)
    }
  }

  /// Returns the value of a term on another site. If the evaluation adds no evidence, the value itself
  /// becomes evidence.
  private mutating func value(of term: FactTerm, on site: FactSite, _ position: Range<Int>)
    throws(FactProblem)
    -> FactValue
  {
    let mark = collectedEvidence.count
    let value = try onSite(site, term)
    guard collectedEvidence.count == mark else { return value }
    if case .report = value { return value }
    let (fact, text) = (source(position), value.text)
    append(
      Evidence(
        [site.command(["show \(fact)"])],
        observation: "\(fact) is \(text.count > 100 ? "\(text.prefix(100))…" : text)"))
    return value
  }

  private mutating func values(of terms: [FactTerm]) throws(FactProblem) -> [FactValue] {
    var values: [FactValue] = []
    for term in terms { values.append(try value(of: term)) }
    return values
  }

  /// Returns the site that a term leads to.
  private mutating func view(of term: FactTerm) throws(FactProblem) -> FactSite {
    switch term {
    case .fact(let entry, let call):
      guard case .site(let enter) = entry.evaluation else { return view }
      return try enter(&self, try arguments(of: call))
    case .onSite(let outer, let inner, _):
      // For `start.run(send 4)`, the commands run on the site that `start` leads to.
      let outerView = try view(of: outer)
      return try evaluateOnSite(outerView) {
        (evaluator: inout FactEvaluator) throws(FactProblem) -> FactSite in
        try evaluator.view(of: inner)
      }
    default: return view
    }
  }

  private func component(_ name: String, _ position: Range<Int>) throws(FactProblem) -> FactValue {
    if topology.has(component: name) { return .component(name) }
    // The hint is a similar name. On a large site, only some hosts are compared, to save time.
    let names = topology.hosts.prefix(1_000).map { $0.name } + FactEntry.all.map { $0.name }
    let hint = nearest(to: name, among: names).map { "\($0)?" } ?? ""
    throw FactProblem("there is no “\(name)”", hint: hint, at: position)
  }

  private mutating func arguments(of call: CheckedCall) throws(FactProblem) -> FactArguments {
    var arguments = FactArguments(fault: call.fault, position: call.position)
    for argument in call.arguments {
      switch argument {
      case .term(let term): arguments.values.append(.value(try value(of: term)))
      case .commands(let text): arguments.values.append(.commands(text))
      case .event(let name): arguments.values.append(.event(name))
      case .repeatedFact(let term, let position):
        arguments.values.append(.repeatedFact(term, position: position))
      case .failures(let writtenFailures):
        var failures: [FactFailure] = []
        for failure in writtenFailures {
          guard case .component(let name) = try value(of: failure.component) else {
            throw FactProblem("there is nothing to break", at: call.position)
          }
          failures.append(FactFailure(component: name, fault: failure.fault))
        }
        arguments.values.append(.failures(failures))
      }
    }
    if let rate = call.rate, case .rate(let quantity) = try value(of: rate) { arguments.rate = quantity }
    return arguments
  }

  // MARK: Elements

  private mutating func element(of base: FactTerm, _ index: FactTerm, _ position: Range<Int>)
    throws(FactProblem)
    -> FactValue
  {
    let value = try value(of: base)
    let index = try self.value(of: index)
    switch (value, index) {
    case (.list(let list), .number(let number)):
      guard number.amount >= 0, number.amount < Double(list.count) else {
        throw FactProblem(
          "the list has no such element", hint: "it has \(list.count), and the first is [0]", at: position)
      }
      return list[Int(number.amount)]
    case (.report, _), (.list, _): return try value.member(index.text, position)
    case (.counts(let counts), _):
      let found = counts.filter {
        comparison.isSame($0.key, index) || comparison.isComponent($0.key, of: index)
      }
      return .number(Quantity(found.reduce(0) { $0 + $1.count }))
    default: return .nothing
    }
  }

  private mutating func counts(_ counts: [(key: FactTerm, count: FactTerm)], _ position: Range<Int>)
    throws(FactProblem)
    -> FactValue
  {
    var found: [FactCount] = []
    for (key, count) in counts {
      guard case .number(let number) = try value(of: count), number.amount.magnitude < 1e15 else {
        throw FactProblem("a count is a number", at: position)
      }
      found.append(FactCount(try value(of: key), Int(number.amount)))
    }
    return .counts(found)
  }

  // MARK: Operators

  private mutating func binary(
    _ sign: FactOperator, _ left: FactTerm, _ right: FactTerm, _ position: Range<Int>
  )
    throws(FactProblem) -> FactValue
  {
    let mark = collectedEvidence.count
    let a = try value(of: left)
    if sign == .or || sign == .and {
      if try flag(a, position) == (sign == .or) { return a }
      let b = try value(of: right, replacing: mark, unless: .bool(sign == .and))
      return .bool(try flag(b, position))
    }
    let b = try value(of: right)
    if sign.isComparison { comparedValue = words(forComparing: a, sign, at: position) }
    switch sign {
    case .equal:
      difference = comparison.differenceInWords(a, b)
      return .bool(isTrue(comparison.isSame(a, b), or: comparison.alwaysDiffers(a, b)))
    case .unequal: return .bool(isTrue(comparison.alwaysDiffers(a, b), or: comparison.isSame(a, b)))
    case .about: return .bool(a.isAbout(b))
    case .less, .atMost, .greater, .atLeast: return .bool(try compared(sign, a, b, position))
    case .in:
      difference = comparison.missingInWords(of: a, in: b)
      return .bool(comparison.isMember(a, of: b))
    case .notIn: return .bool(!comparison.isMember(a, of: b))
    case .intersection: return combined(a, b, comparison.intersection)
    case .union: return combined(a, b, comparison.union)
    case .without: return combined(a, b, comparison.difference)
    case .plus, .minus, .times, .dividedBy, .within, .withinShare:
      return try a.combined(sign, b, at: position)
    case .or, .and: return b
    }
  }

  private func combined(_ a: FactValue, _ b: FactValue, _ combine: (FactSet, FactSet) -> FactSet) -> FactValue
  {
    guard case .set(let a) = a, case .set(let b) = b else { return .nothing }
    return .set(combine(a, b))
  }

  private mutating func compared(_ sign: FactOperator, _ a: FactValue, _ b: FactValue, _ position: Range<Int>)
    throws(FactProblem) -> Bool
  {
    guard let left = a.quantity else { throw FactProblem.unfit(a, .number, at: position) }
    guard let right = b.quantity else { throw FactProblem.unfit(b, .number, at: position) }
    switch sign {
    case .less: return isTrue(left.isBelow(right), or: right.isAtMost(left))
    case .atMost: return isTrue(left.isAtMost(right), or: right.isBelow(left))
    case .greater: return isTrue(right.isBelow(left), or: left.isAtMost(right))
    default: return isTrue(right.isAtMost(left), or: left.isBelow(right))
    }
  }

  /// Returns whether the comparison is true for all values in the ranges of both sides. If neither the
  /// comparison nor its opposite is, the result depends on the moment, and that is recorded.
  private mutating func isTrue(_ comparison: Bool, or opposite: Bool) -> Bool {
    if !comparison, !opposite {
      undecidedCount += 1
      addObservation("it is true at only some of these moments")
    }
    return comparison
  }

  /// Returns the value of the second side of `and` or `or`. If that side alone decides, the evidence of the
  /// first side is dropped.
  private mutating func value(of term: FactTerm, replacing mark: Int, unless both: FactValue)
    throws(FactProblem) -> FactValue
  {
    let before = collectedEvidence.count
    let value = try value(of: term)
    if value != both, collectedEvidence.count > before { removeEvidence(mark..<before) }
    return value
  }

  /// Returns the value as a flag. Throws if it is not true or false, which is possible for a value from a
  /// reply.
  private func flag(_ value: FactValue, _ position: Range<Int>) throws(FactProblem) -> Bool {
    guard case .bool(let flag) = value else { throw FactProblem.unfit(value, .bool, at: position) }
    return flag
  }
}
