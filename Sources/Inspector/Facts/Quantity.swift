/// A number, and how far another one may be off to count as the same.
public struct Quantity: Equatable, Sendable {
  public let amount: Double
  public let tolerance: Double

  public init(_ amount: Double, tolerance: Double = 0) {
    self.amount = amount
    self.tolerance = tolerance
  }

  public init(_ whole: Int) { self.init(Double(whole)) }

  static let never = Quantity(.infinity)

  /// Equal to six digits, or within what the two allow.
  func agrees(with other: Quantity) -> Bool {
    if amount == other.amount { return true }
    guard amount.isFinite, other.amount.isFinite else { return false }
    let least = 1e-6 * max(amount.magnitude, other.amount.magnitude)
    return (amount - other.amount).magnitude <= max(least, (tolerance + other.tolerance) * (1 + 1e-9))
  }

  func mapped(by factor: Double) -> Quantity {
    Quantity(amount * factor, tolerance: (tolerance * factor).magnitude)
  }

  /// Rounded to thousandths; nil for never, and for what no screen has room for.
  func thousandths(times scale: Double = 1) -> Int64? { Quantity.thousandths(amount * scale) }

  static func thousandths(_ amount: Double) -> Int64? {
    amount.isFinite && amount.magnitude < 1e15 ? Int64((amount * 1_000).rounded()) : nil
  }

  /// `5`, `0.75`, `12.345`.
  var text: String { Quantity.text(amount) + (tolerance > 0 ? " ± \(Quantity.text(tolerance))" : "") }

  static func text(_ amount: Double) -> String {
    guard let thousandths = thousandths(amount) else { return amount.isFinite ? "very many" : "never" }
    if amount.magnitude < 1, thousandths != 0 || amount != 0 { return share(amount) }
    guard thousandths % 1_000 != 0 else { return "\(thousandths / 1_000)" }
    return trimmed(JSON.decimal(thousandths))
  }

  /// Six decimals, for what is less than one.
  private static func share(_ amount: Double) -> String {
    let millionths = Int64((amount.magnitude * 1e6).rounded())
    let digits = "\(millionths % 1_000_000)"
    let zeros = String(repeating: "0", count: 6 - digits.utf8.count)
    let text = trimmed("\(millionths / 1_000_000).\(zeros)\(digits)")
    return amount < 0 && millionths > 0 ? "-\(text)" : text
  }

  private static func trimmed(_ decimal: String) -> String {
    var text = decimal
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  var json: JSON {
    guard let thousandths = thousandths() else { return .null }
    if amount.magnitude < 1, amount != 0 { return .billionths(Int64((amount * 1e9).rounded())) }
    return thousandths % 1_000 == 0 ? .integer(Int(thousandths / 1_000)) : .thousandths(thousandths)
  }
}
