/// Numbers as people type them. Each function returns nil if the text is not one.
public enum Numeral {
  /// Reads a whole number, in digits or as a word up to twelve. More digits than an `Int` has mean `Int.max`, which is
  /// outside of every range.
  public static func whole(_ text: String) -> Int? {
    if let small = smallNumbers.firstIndex(of: text.lowercased()) { return small }
    let digits = text.hasPrefix("+") ? Substring(text).dropFirst() : Substring(text)
    guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { return nil }
    return Int(digits) ?? Int.max
  }

  private static let smallNumbers = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]

  /// Returns the plain digits of a whole number that is written as `1k`, `1,000`, `1_000` or `1.5k`; nil also if it is
  /// plain already.
  public static func plain(_ text: String) -> String? {
    let bare = text.lowercased().filter { $0 != "," && $0 != "_" }
    let isThousands = bare.hasSuffix("k")
    guard bare != text.lowercased() || isThousands, let last = bare.last, last.isNumber || isThousands,
      let thousandths = thousandths(isThousands ? String(bare.dropLast()) : bare)
    else { return nil }
    let whole = thousandths * (isThousands ? 1_000 : 1)
    return whole % 1_000 == 0 ? "\(whole / 1_000)" : nil
  }

  public static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// Reads `90` or `0.5` in thousandths, up to a billion.
  public static func thousandths(_ text: String) -> Int64? {
    guard let (millionths, rest) = prefix(of: Substring(text).utf8), rest.isEmpty else { return nil }
    return millionths <= 1_000_000_000_000_000 ? Int64(millionths / 1_000) : nil
  }

  /// Reads the `3`, `1.5` or `.5` at the start of a text, in millionths, and returns the text behind it. Digits behind
  /// the sixth decimal are dropped.
  static func prefix(of text: Substring.UTF8View) -> (millionths: Int128, rest: Substring.UTF8View)? {
    var whole: Int128 = 0
    var part: Int128 = 0
    var scale: Int128 = 1_000_000
    var rest = text
    var hasDigits = false
    var isPart = false
    while let byte = rest.first {
      if isDigit(byte) {
        hasDigits = true
        if isPart {
          scale /= 10
          part += Int128(byte - 48) * scale
        } else {
          // More than any length or rate that may be asked for.
          whole = min(whole * 10 + Int128(byte - 48), 1_000_000_000_000_000_000)
        }
      } else if byte == UInt8(ascii: "."), !isPart {
        isPart = true
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    return hasDigits ? (whole * 1_000_000 + part, rest) : nil
  }
}
