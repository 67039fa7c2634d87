import Inspector

extension FactValue {
  /// The amount of a number, a length of time or a rate, without its unit. Any other value has NaN.
  var amount: Double { quantity?.amount ?? .nan }

  var quantity: Quantity? {
    switch self {
    case .number(let quantity), .duration(let quantity), .rate(let quantity): quantity
    case .bool, .status, .kind, .component, .nothing, .word, .text, .set, .list, .counts, .report: nil
    }
  }

  /// Returns the quantity as a value with the unit of this value.
  func with(_ quantity: Quantity) -> FactValue {
    switch self {
    case .duration: .duration(quantity)
    case .rate: .rate(quantity)
    default: .number(quantity)
    }
  }

  var negated: FactValue { quantity.map { with($0.mapped(by: -1)) } ?? .nothing }

  /// Returns whether two values differ by at most five per cent of the second value.
  func isAbout(_ other: FactValue) -> Bool {
    guard let quantity, let wanted = other.quantity else { return self == other }
    let tolerance = wanted.tolerance + wanted.amount.magnitude / 20
    return quantity.agrees(with: wanted.withTolerance(tolerance))
  }

  func combined(_ sign: FactOperator, _ other: FactValue, at position: Range<Int>) throws(FactProblem)
    -> FactValue
  {
    guard let a = quantity else { throw FactProblem.unfit(self, .number, at: position) }
    guard let b = other.quantity else { throw FactProblem.unfit(other, .number, at: position) }
    let result: FactValue
    switch sign {
    case .plus: result = with(a.plus(b))
    case .minus: result = with(a.plus(b.mapped(by: -1)))
    case .within: result = with(a.withTolerance(b.amount.magnitude))
    case .withinShare: result = with(a.withTolerance((a.amount * b.amount).magnitude))
    case .times: result = product(other, a.times(b))
    default:
      guard let found = a.dividedBy(b) else { throw FactProblem("the fact divides by zero", at: position) }
      result = quotient(other, found)
    }
    guard !result.amount.isNaN, result.amount.magnitude < 1e15 || result.amount == a.amount else {
      throw FactProblem("the number is too large", at: position)
    }
    return result
  }

  /// Returns the product with its type: a rate times a length of time is a number.
  private func product(_ other: FactValue, _ found: Quantity) -> FactValue {
    switch (self, other) {
    case (.number, _): other.with(found)
    case (_, .number): with(found)
    default: .number(found)
    }
  }

  private func quotient(_ other: FactValue, _ found: Quantity) -> FactValue {
    switch (self, other) {
    case (.rate, .number), (.duration, .number): with(found)
    case (.number, .duration): .rate(found)
    case (.number, .rate): .duration(found)
    default: .number(found)
    }
  }
}
