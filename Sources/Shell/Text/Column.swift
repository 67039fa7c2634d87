import Blueprint
import Inspector

/// Formats text and numbers for columns.
enum Column {
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.columns))
  }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.columns)) + text
  }

  /// Returns thousandths as a decimal without trailing zeros: `90`, `0.5`.
  static func decimal(_ thousandths: Int64) -> String {
    var text = JSON.decimal(thousandths)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// Returns a share as a percentage with three decimals, or with as many as are needed to distinguish it
  /// from 100 %.
  static func percent(_ share: Double) -> String {
    var (digits, scale) = (3, 100_000.0)
    while share < 1, digits < 9, (share * scale).rounded() >= scale {
      digits += 1
      scale *= 10
    }
    let number = "\(Int64((share * scale).rounded()))"
    let padded = String(repeating: "0", count: max(0, digits + 1 - number.count)) + number
    return "\(padded.dropLast(digits)).\(padded.suffix(digits)) %"
  }

  /// Returns a bar for an amount. The largest amount, `most`, fills the width.
  static func bar(_ amount: Int, of most: Int, width: Int = 30) -> String {
    guard most > 0, amount > 0 else { return "" }
    return String(repeating: "█", count: max(1, amount * width / most))
  }
}

extension Column {
  /// Returns thousandths as a percentage: `75.3 %`.
  static func percent(_ thousandths: Int) -> String { "\(thousandths / 10).\(thousandths % 10) %" }

  static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension Line {
  /// Returns a bar for an amount, and a faint track for the rest of the width.
  static func bar(_ amount: Int, of most: Int, width: Int, _ look: Look) -> Line {
    let bar = Column.bar(amount, of: most, width: width)
    return Line(bar, look) + Line(String(repeating: "░", count: max(0, width - bar.count)), .faint)
  }
}

extension Span {
  /// A time in seconds, with three decimals.
  var clock: String { "\(JSON.decimal((nanoseconds + 500_000) / 1_000_000)) s" }
}
