import Blueprint

/// Type checks for the two operands of an operator.
extension FactChecker {
  mutating func binary(
    _ sign: FactOperator, _ left: FactNode, _ right: FactNode, _ position: Range<Int>,
    expecting expected: FactType?
  ) throws(FactProblem) -> TypedTerm {
    switch sign {
    case .or, .and:
      return (
        .binary(sign, try checkedTerm(left, .bool), try checkedTerm(right, .bool), position: position), .bool
      )
    case .equal, .unequal, .about, .less, .atMost, .greater, .atLeast:
      let (a, b) = try checkBoth(left, right)
      try checkComparable(sign, a.type, b.type, left, right)
      return (.binary(sign, a.term, b.term, position: position), .bool)
    case .in, .notIn: return try membership(sign, left, right, position)
    case .intersection, .union, .without: return try combined(sign, left, right, position)
    case .plus, .minus, .times, .dividedBy, .within, .withinShare:
      let (a, b) = (try check(left, expecting: expected), try check(right, expecting: nil))
      guard let type = FactChecker.result(of: sign, a.type, b.type) else {
        throw FactProblem(
          "\(a.type.words) \(sign.rawValue) \(b.type.words) means nothing",
          hint: "numbers, or two of the same unit", at: position)
      }
      return (.binary(sign, a.term, b.term, position: position), type)
    }
  }

  /// Checks both operands, the less ambiguous one first. The type of that operand decides what a bare word in
  /// the other one means.
  private mutating func checkBoth(_ left: FactNode, _ right: FactNode) throws(FactProblem) -> (
    TypedTerm, TypedTerm
  ) {
    if left.isVague, !right.isVague {
      let b = try check(right, expecting: nil)
      return (try check(left, expecting: b.type), b)
    }
    let a = try check(left, expecting: nil)
    return (a, try check(right, expecting: a.type))
  }

  private func checkComparable(
    _ sign: FactOperator, _ a: FactType, _ b: FactType, _ left: FactNode, _ right: FactNode
  ) throws(FactProblem) {
    guard let type = a.unified(with: b) else {
      throw left.isVague && !right.isVague
        ? FactChecker.mismatch(a, b, of: left) : FactChecker.mismatch(b, a, of: right)
    }
    guard type.isValue || type == .anything else {
      throw FactProblem("\(type.words) cannot be compared", hint: "run(send 4).answered", at: left.position)
    }
    guard sign == .equal || sign == .unequal || [.number, .duration, .rate, .replyValue].contains(type) else {
      throw FactProblem("\(type.words) cannot be more or less", hint: "use == or !=", at: left.position)
    }
  }

  private mutating func membership(
    _ sign: FactOperator, _ left: FactNode, _ right: FactNode, _ position: Range<Int>
  ) throws(FactProblem) -> TypedTerm {
    let b = try check(right, expecting: nil)
    guard let element = b.type.element else {
      throw FactChecker.mismatch(b.type, .set(.anything), at: right.position)
    }
    let a = try check(left, expecting: element)
    guard a.type.unified(with: element) != nil || a.type.unified(with: b.type) != nil else {
      throw FactChecker.mismatch(a.type, element, of: left)
    }
    return (.binary(sign, a.term, b.term, position: position), .bool)
  }

  private mutating func combined(
    _ sign: FactOperator, _ left: FactNode, _ right: FactNode, _ position: Range<Int>
  ) throws(FactProblem) -> TypedTerm {
    let a = try check(left, expecting: nil)
    guard case .set(let element) = a.type else {
      throw FactChecker.mismatch(a.type, .set(.anything), at: left.position)
    }
    let b = try check(right, expecting: a.type)
    // A single element counts as a set with one element.
    let isElement = b.type.unified(with: element) != nil
    guard let type = isElement ? a.type : a.type.unified(with: b.type) else {
      throw FactChecker.mismatch(b.type, a.type, at: right.position)
    }
    return (.binary(sign, a.term, isElement ? .set([b.term]) : b.term, position: position), type)
  }

  /// Returns the type of the result of an arithmetic operator, or nil if the operation is meaningless.
  private static func result(of sign: FactOperator, _ a: FactType, _ b: FactType) -> FactType? {
    // The numbers in a reply have no units.
    let (a, b) = (a == .replyValue ? .number : a, b == .replyValue ? .number : b)
    let quantities: [FactType] = [.number, .duration, .rate]
    guard quantities.contains(a), quantities.contains(b) else { return nil }
    switch sign {
    case .plus, .minus, .within: return a == b ? a : nil
    case .withinShare: return b == .number ? a : nil
    case .times:
      if a == .number { return b }
      if b == .number { return a }
      return a != b ? .number : nil
    case .dividedBy:
      if a == b { return .number }
      if b == .number { return a }
      return a == .number ? (b == .rate ? .duration : .rate) : nil
    case .or, .and, .in, .notIn, .equal, .unequal, .about, .less, .atMost, .greater, .atLeast, .intersection,
      .union, .without:
      return nil
    }
  }
}

extension FactNode {
  /// Whether the meaning of the node can depend on the other operand.
  fileprivate var isVague: Bool {
    switch shape {
    case .call(let call): !call.hasParentheses
    case .literal(.number, _): true
    case .set, .list, .counts: true
    case .literal, .member, .element, .negated, .minus, .binary: false
    }
  }
}
