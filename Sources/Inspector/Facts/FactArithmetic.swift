extension FactValue {
  /// The number of a number, a length of time or a rate.
  var amount: Double { quantity?.amount ?? .nan }

  var quantity: Quantity? {
    switch self {
    case .number(let quantity), .duration(let quantity), .rate(let quantity): quantity
    case .bool, .status, .kind, .component, .nothing, .word, .text, .set, .list, .counts, .report: nil
    }
  }

  private func with(_ quantity: Quantity) -> FactValue {
    switch self {
    case .duration: .duration(quantity)
    case .rate: .rate(quantity)
    default: .number(quantity)
    }
  }

  func scaled(by factor: Double) -> FactValue { quantity.map { with($0.mapped(by: factor)) } ?? .nothing }

  /// Equal within five per cent of the second.
  func isAbout(_ other: FactValue) -> Bool {
    guard let quantity, let wanted = other.quantity else { return self == other }
    let tolerance = wanted.tolerance + wanted.amount.magnitude / 20
    return quantity.agrees(with: Quantity(wanted.amount, tolerance: tolerance))
  }

  func combined(_ sign: FactOperator, _ other: FactValue, at place: Range<Int>) throws(FactProblem)
    -> FactValue
  {
    guard let a = quantity else { throw FactProblem.untold(self, .number, at: place) }
    guard let b = other.quantity else { throw FactProblem.untold(other, .number, at: place) }
    let result: FactValue
    switch sign {
    case .plus: result = with(Quantity(a.amount + b.amount, tolerance: a.tolerance + b.tolerance))
    case .minus: result = with(Quantity(a.amount - b.amount, tolerance: a.tolerance + b.tolerance))
    case .within: result = with(Quantity(a.amount, tolerance: b.amount.magnitude))
    case .withinShare: result = with(Quantity(a.amount, tolerance: (a.amount * b.amount).magnitude))
    case .times: result = product(other)
    default:
      guard b.amount != 0 else { throw FactProblem("that divides by zero", at: place) }
      result = quotient(other)
    }
    guard !result.amount.isNaN, result.amount.magnitude < 1e15 || result.amount == a.amount else {
      throw FactProblem("that number is too large", at: place)
    }
    return result
  }

  /// A rate times a length of time is a number, and so is what two alike are of each other.
  private func product(_ other: FactValue) -> FactValue {
    switch (self, other) {
    case (.number(let number), _): other.scaled(by: number.amount)
    case (_, .number(let number)): scaled(by: number.amount)
    default: .number(Quantity(amount * other.amount))
    }
  }

  private func quotient(_ other: FactValue) -> FactValue {
    switch (self, other) {
    case (.rate, .number(let number)), (.duration, .number(let number)): scaled(by: 1 / number.amount)
    case (.number, .duration): .rate(Quantity(amount / other.amount))
    case (.number, .rate): .duration(Quantity(amount / other.amount))
    default: .number(Quantity(amount / other.amount))
    }
  }
}
