import Inspector

extension FactValue {
  /// The value as people read it: durations and rates with three digits, other numbers with four, and numbers
  /// between 0 and 1 as percentages.
  public var roundedText: String {
    switch self {
    case .number(let number): FactValue.roundedText(of: number)
    case .duration(let seconds): FactValue.roundedText(ofSeconds: seconds)
    case .rate(let rate) where rate.amount.isFinite: FactValue.roundedText(of: rate, 3, "/s")
    case .bool, .rate, .status, .kind, .component, .nothing, .word, .text, .set, .list, .counts, .report: text
    }
  }

  private static func roundedText(of number: Quantity) -> String {
    guard number.amount > 0, number.amount < 1 else { return roundedText(of: number, 4, "") }
    // A share that is not 100 % is not printed as 100 %.
    let digits = (4...9).first { rounded(number.amount * 100, $0) < 100 } ?? 9
    return roundedText(of: number.mapped(by: 100), digits, " %")
  }

  private static func roundedText(ofSeconds seconds: Quantity) -> String {
    guard seconds.amount.isFinite else { return NumberText.text(seconds: seconds.amount) }
    return NumberText.isInMilliseconds(rounded(seconds.amount, 3))
      ? roundedText(of: seconds.mapped(by: 1_000), 3, " ms") : roundedText(of: seconds, 3, " s")
  }

  private static func roundedText(of quantity: Quantity, _ digits: Int, _ unit: String) -> String {
    let text = NumberText.text(rounded(quantity.amount, digits)) + unit
    let uncertainty = rounded(quantity.uncertainty, digits)
    return uncertainty > 0 ? "\(text) ± \(NumberText.text(uncertainty))\(unit)" : text
  }

  /// Returns the number with at least this many digits, of which the last one is rounded.
  private static func rounded(_ amount: Double, _ digits: Int) -> Double {
    guard amount != 0, amount.isFinite else { return amount }
    let least = (1..<digits).reduce(1.0) { power, _ in power * 10 }
    var scale = 1.0
    while (amount * scale).magnitude < least, scale < 1e9 { scale *= 10 }
    return (amount * scale).rounded() / scale
  }
}
