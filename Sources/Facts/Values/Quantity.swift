import Inspector

/// A number, with a tolerance for comparisons and a range over which it varies.
public struct Quantity: Hashable, Sendable {
  public let amount: Double
  public let tolerance: Double
  /// How far the value varies in each direction. For example, the time to detect a failure varies with the
  /// moment at which the failure happens.
  public let spread: Double

  public init(_ amount: Double, tolerance: Double = 0, spread: Double = 0) {
    self.amount = amount
    self.tolerance = tolerance
    self.spread = spread
  }

  public init(_ whole: Int) { self.init(Double(whole)) }

  static let never = Quantity(.infinity)

  /// How far another number may differ from this one and still count as equal.
  public var uncertainty: Double { tolerance + spread }

  var low: Double { amount - spread }
  var high: Double { amount + spread }

  // MARK: Comparisons for all values in the ranges

  /// Returns whether two quantities are equal over their whole ranges, to six digits or within their
  /// tolerances.
  func agrees(with other: Quantity) -> Bool {
    guard amount.isFinite, other.amount.isFinite else { return amount == other.amount }
    return (amount - other.amount).magnitude + (spread - other.spread).magnitude <= allowedDifference(other)
  }

  /// Returns whether the two ranges have no value in common.
  func differs(from other: Quantity) -> Bool { isBelow(other) || other.isBelow(self) }

  func isBelow(_ other: Quantity) -> Bool {
    guard high.isFinite, other.low.isFinite else { return high < other.low }
    return other.low - high > allowedDifference(other)
  }

  func isAtMost(_ other: Quantity) -> Bool {
    guard high.isFinite, other.low.isFinite else { return high <= other.low }
    return high - other.low <= allowedDifference(other)
  }

  private func allowedDifference(_ other: Quantity) -> Double {
    let least = 1e-6 * max(amount.magnitude, other.amount.magnitude)
    return least + tolerance + other.tolerance
  }

  // MARK: Arithmetic

  func plus(_ other: Quantity) -> Quantity {
    Quantity(
      amount + other.amount, tolerance: tolerance + other.tolerance, spread: spread + other.spread)
  }

  func mapped(by factor: Double) -> Quantity {
    Quantity(amount * factor, tolerance: (tolerance * factor).magnitude, spread: (spread * factor).magnitude)
  }

  func times(_ other: Quantity) -> Quantity {
    Quantity.spanning([low * other.low, low * other.high, high * other.low, high * other.high]).withTolerance(
      Quantity.scaledTolerance(tolerance, other.amount) + Quantity.scaledTolerance(other.tolerance, amount))
  }

  /// Returns the quotient, or nil if the divisor can be zero.
  func dividedBy(_ other: Quantity) -> Quantity? {
    guard other.low > 0 || other.high < 0 else { return nil }
    return Quantity.spanning([low / other.low, low / other.high, high / other.low, high / other.high])
      .withTolerance(
        Quantity.scaledTolerance(tolerance, 1 / other.amount)
          + Quantity.scaledTolerance(other.tolerance, amount / (other.amount * other.amount)))
  }

  func withTolerance(_ tolerance: Double) -> Quantity {
    Quantity(amount, tolerance: tolerance, spread: spread)
  }

  /// Returns a quantity whose range is from the least to the greatest of these numbers.
  private static func spanning(_ ends: [Double]) -> Quantity {
    let (least, most) = (ends.min() ?? 0, ends.max() ?? 0)
    return least == most ? Quantity(least) : Quantity((least + most) / 2, spread: (most - least) / 2)
  }

  private static func scaledTolerance(_ tolerance: Double, _ factor: Double) -> Double {
    tolerance == 0 ? 0 : (tolerance * factor).magnitude
  }

  /// Returns the number in thousandths, rounded, or nil if it is infinite or too large to be printed.
  func thousandths(times scale: Double = 1) -> Int64? { NumberText.thousandths(amount * scale) }

  /// The quantity as text, such as `5`, `0.75` or `12.345 ± 1`.
  var text: String { Quantity.text(amount) + (uncertainty > 0 ? " ± \(Quantity.text(uncertainty))" : "") }

  static func text(_ amount: Double) -> String { NumberText.text(amount) }

  var json: JSON {
    guard let thousandths = thousandths() else { return .null }
    if amount.magnitude < 1, amount != 0 { return .billionths(Int64((amount * 1e9).rounded())) }
    return thousandths % 1_000 == 0 ? .integer(Int(thousandths / 1_000)) : .thousandths(thousandths)
  }
}
