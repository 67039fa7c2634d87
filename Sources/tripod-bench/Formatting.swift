import Glibc

/// Ends the benchmark, because its results would not mean anything.
func stop(_ why: String) -> Never {
  let bytes = Array("tripod-bench: \(why)\n".utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
  exit(70)
}

extension Double {
  /// Returns the number with the given number of decimals.
  func words(_ decimals: Int = 1) -> String {
    guard isFinite else { return "?" }
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let number = Int((magnitude * Double(scale)).rounded())
    let rest = "\(number % scale)"
    let zeros = String(repeating: "0", count: decimals - rest.count + (decimals == 0 ? 1 : 0))
    let fraction = decimals == 0 ? "" : "." + zeros + rest
    return (self < 0 ? "-" : "") + (number / scale).words + fraction
  }

  /// Returns the ratio to another number, such as `7.50 x` or `1/28`.
  func times(_ other: Double) -> String {
    let ratio = self / other
    return ratio < 0.5 ? "1/" + (1 / ratio).words(0) : ratio.words(ratio < 10 ? 2 : 1) + " x"
  }

  var milliseconds: String { (self * 1_000).words(2) + " ms" }
  var asLatency: String { words(1) + " ms" }
}

extension Int {
  /// The number with its digits in groups of three.
  var words: String {
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
  func left(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  func right(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

/// Prints a row of a table: its name, and right-aligned columns.
func row(_ name: String, _ columns: (String, Int)...) {
  print("  " + name.left(28) + columns.map { $0.0.right($0.1) }.joined())
}
