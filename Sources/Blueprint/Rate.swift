/// Functions for rates of requests, in millionths of a request per second.
public enum Rate {
  /// Reads `150/s`, `0.5/s`, `9000/min`, `2k/s` or `150`; nil for anything else.
  public static func read(_ text: String) -> Int64? {
    guard let (millionths, suffix) = Numeral.prefix(of: Substring(text.lowercased()).utf8) else { return nil }
    var unit = Substring(suffix).description
    var scale: Int64 = 1
    if unit.hasPrefix("k") {
      scale = 1_000
      unit.removeFirst()
    }
    let seconds: Int64
    switch unit {
    case "", "/s", "/sec", "/second", "ps", "rps", "qps": seconds = 1
    case "/m", "/min", "/minute", "rpm": seconds = 60
    case "/h", "/hour": seconds = 3_600
    case "/ms":
      seconds = 1
      scale *= 1_000
    default: return nil
    }
    return Int64(clamping: millionths * Int128(scale) / Int128(seconds))
  }

  /// Returns the exact rate as a command accepts it: `150/s`, `0.000001/s`.
  public static func command(_ rate: Int64) -> String {
    let digits = "\(rate % 1_000_000)"
    var rest = String(repeating: "0", count: 6 - digits.count) + digits
    while rest.hasSuffix("0") { rest.removeLast() }
    return "\(rate / 1_000_000)\(rest.isEmpty ? "" : ".\(rest)")/s"
  }
}
