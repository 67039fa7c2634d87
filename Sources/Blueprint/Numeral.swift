/// Functions for reading numbers as people type them. The result is nil if the text is not a number.
public enum Numeral {
  /// Reads a whole number in digits, or a word from `zero` to `twelve`.
  ///
  /// A number too large for an `Int` becomes `Int.max`, which is outside every allowed range.
  public static func whole(_ text: String) -> Int? {
    if let small = smallNumbers.firstIndex(of: text.lowercased()) { return small }
    let digits = text.hasPrefix("+") ? Substring(text).dropFirst() : Substring(text)
    guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { return nil }
    return Int(digits) ?? Int.max
  }

  private static let smallNumbers = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]

  /// Returns the plain digits of a whole number written as `1k`, `1,000`, `1_000` or `1.5k`; nil if the text
  /// is already plain.
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

  /// Reads a number such as `90` or `0.5`, up to a billion, and returns it in thousandths.
  public static func thousandths(_ text: String) -> Int64? {
    guard let (millionths, rest) = prefix(of: Substring(text).utf8), rest.isEmpty else { return nil }
    return millionths <= 1_000_000_000_000_000 ? Int64(millionths / 1_000) : nil
  }

  /// Reads the number at the start of a text, such as `3`, `1.5` or `.5`.
  ///
  /// Returns the number in millionths, with the rest of the text; nil if there is no number. Digits after the
  /// sixth decimal place are dropped.
  static func prefix(of text: Substring.UTF8View) -> (millionths: Int128, rest: Substring.UTF8View)? {
    var whole: Int128 = 0
    var fraction: Int128 = 0
    var scale: Int128 = 1_000_000
    var rest = text
    var hasDigits = false
    var isFraction = false
    while let byte = rest.first {
      if isDigit(byte) {
        hasDigits = true
        if isFraction {
          scale /= 10
          fraction += Int128(byte - 48) * scale
        } else {
          // This maximum is larger than any duration or rate that a command accepts.
          whole = min(whole * 10 + Int128(byte - 48), 1_000_000_000_000_000_000)
        }
      } else if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    return hasDigits ? (whole * 1_000_000 + fraction, rest) : nil
  }
}
