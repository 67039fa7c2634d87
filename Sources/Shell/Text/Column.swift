import Blueprint
import Inspector

/// Text in columns.
enum Column {
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.columns))
  }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.columns)) + text
  }

  /// Thousandths without zeros at the end: `90`, `0.5`.
  static func decimal(_ thousandths: Int64) -> String {
    var text = JSON.decimal(thousandths)
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// Returns a share as a percentage with three decimals, or as many as distinguish it from 100 %.
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
  /// Thousandths as `75.3 %`.
  static func percent(_ thousandths: Int) -> String { "\(thousandths / 10).\(thousandths % 10) %" }

  static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension Span {
  /// For a screen: `8.1 ms`, `1.0 s`, `2 min`.
  var words: String {
    let ns = nanoseconds
    if ns < 1_000_000 { return ns == 0 ? "0 ms" : "\(Span.tenths((ns + 5_000) / 10_000, of: 100)) ms" }
    if ns < 1_000_000_000 { return "\(Span.tenths((ns + 50_000) / 100_000, of: 10)) ms" }
    if ns < 120_000_000_000 { return "\(Span.tenths((ns + 50_000_000) / 100_000_000, of: 10)) s" }
    return "\(Span.tenths((ns + 3_000_000_000) / 6_000_000_000, of: 10)) min"
  }

  /// The same without a tail of noughts: `1 ms`.
  var roundWords: String {
    let parts = words.split(separator: " ")
    guard parts.count == 2, let point = parts[0].firstIndex(of: "."),
      parts[0][point...].dropFirst().allSatisfy({ $0 == "0" })
    else { return words }
    return "\(parts[0][..<point]) \(parts[1])"
  }

  /// A moment: seconds with three decimals.
  var clock: String { "\(JSON.decimal((nanoseconds + 500_000) / 1_000_000)) s" }

  private static func tenths(_ n: Int64, of scale: Int64) -> String {
    let rest = "\(n % scale)"
    let zeros = String(repeating: "0", count: "\(scale)".count - 1 - rest.count)
    return "\(n / scale).\(zeros)\(rest)"
  }
}
