import Glibc

/// Ends the benchmark, because its results would not mean anything.
func stop(_ reason: String) -> Never {
  let bytes = Array("tripod-bench: \(reason)\n".utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
  exit(70)
}

extension Double {
  /// Returns the number as text with the given number of decimal places.
  func numberText(_ decimals: Int = 1) -> String {
    guard isFinite else { return "?" }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let number = Int((magnitude * Double(scale)).rounded())
    let rest = "\(number % scale)"
    let zeros = String(repeating: "0", count: decimals - rest.count + (decimals == 0 ? 1 : 0))
    let fraction = decimals == 0 ? "" : "." + zeros + rest
    return (self < 0 ? "-" : "") + (number / scale).numberText + fraction
  }

  /// Returns the ratio to another number, such as `7.50 x` or `1/28`.
  func ratioText(_ other: Double) -> String {
    let ratio = self / other
    return ratio < 0.5 ? "1/" + (1 / ratio).numberText(0) : ratio.numberText(ratio < 10 ? 2 : 1) + " x"
  }

  var milliseconds: String { (self * 1_000).numberText(2) + " ms" }
  var latencyText: String { numberText(1) + " ms" }
}

extension Int {
  /// The number as text, with its digits in groups of three.
  var numberText: String {
    let digits = Array("\(self)")
    var text = ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}

extension String {
  func leftAligned(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  func rightAligned(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

/// Prints a row of a table: its name, and right-aligned columns.
func row(_ name: String, _ columns: (String, Int)...) {
  print("  " + name.leftAligned(28) + columns.map { $0.0.rightAligned($0.1) }.joined())
}
