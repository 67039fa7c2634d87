import Blueprint
import Simulator

/// Reads single words as values: numbers, durations, rates, addresses. Nil means that the word is not one.
enum Reading {
  /// Returns a whole number. A number that is too large is the largest one.
  static func number(_ text: String) -> Int? {
    if let small = smallNumbers.firstIndex(of: text.lowercased()) { return small }
    let digits = text.hasPrefix("+") ? Substring(text).dropFirst() : Substring(text)
    guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit) else { return nil }
    return Int(digits) ?? Int.max
  }

  /// Numbers that are as easily written out.
  private static let smallNumbers = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]

  /// Returns the digits of a number such as `1k`, `1,000` or `1.5k`; nil for a plain number or none.
  static func writtenNumber(_ text: String) -> String? {
    let bare = text.lowercased().filter { $0 != "," && $0 != "_" }
    let isThousands = bare.hasSuffix("k")
    guard bare != text.lowercased() || isThousands, let last = bare.last, last.isNumber || isThousands,
      let thousandths = thousandths(isThousands ? String(bare.dropLast()) : bare)
    else { return nil }
    let whole = thousandths * (isThousands ? 1_000 : 1)
    return whole % 1_000 == 0 ? "\(whole / 1_000)" : nil
  }

  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// Returns a number such as `3` or `.5` in millionths, and the rest of the text. Further digits are dropped.
  private static func decimal(_ text: Substring.UTF8View) -> (millionths: Int128, rest: Substring.UTF8View)? {
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

  private static let units: [(name: String, nanoseconds: Int64)] = [
    ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
    ("sec", 1_000_000_000), ("secs", 1_000_000_000), ("second", 1_000_000_000), ("seconds", 1_000_000_000),
    ("m", 60_000_000_000), ("min", 60_000_000_000), ("mins", 60_000_000_000), ("minute", 60_000_000_000),
    ("minutes", 60_000_000_000), ("h", 3_600_000_000_000), ("hour", 3_600_000_000_000),
    ("hours", 3_600_000_000_000), ("d", 86_400_000_000_000), ("day", 86_400_000_000_000),
    ("days", 86_400_000_000_000),
  ]

  /// `250us`, `1.5s`, `2m30s`, `1h`, `0`. A number without a unit is none, but for nothing at all.
  static func span(_ text: String) -> Span? {
    if text == "0" { return .zero }
    var rest = Substring(text.lowercased()).utf8
    var total: Int128 = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      guard let (millionths, behind) = decimal(rest) else { return nil }
      let name = behind.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
      guard let unit = units.first(where: { $0.name.utf8.elementsEqual(name) }) else { return nil }
      total += millionths * Int128(unit.nanoseconds) / 1_000_000
      total = min(total, Int128(Int64.max))
      rest = behind.dropFirst(name.count)
    }
    return Span(nanoseconds: Int64(total))
  }

  /// `150/s`, `0.5/s`, `9000/min`, `2k/s`, `150` in millionths of requests a second.
  static func rate(_ text: String) -> Int64? {
    guard let (millionths, behind) = decimal(Substring(text.lowercased()).utf8) else { return nil }
    var unit = Substring(behind).description
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

  static func ipv4(_ text: String) -> IPv4? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy(isDigit), let byte = UInt8(part) else {
        return nil
      }
      number = number << 8 | UInt32(byte)
    }
    return IPv4(number)
  }

  /// An address with the number of bits that count: `10.0.0.0/8`; without one, all of them.
  static func network(_ text: String) -> (IPv4, bits: Int)? {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard halves.count <= 2, let address = ipv4(halves[0]) else { return nil }
    guard halves.count == 2 else { return (address, 32) }
    guard let bits = number(halves[1]), bits <= 32 else { return nil }
    return (address, bits)
  }

  static func port(_ text: String) -> Port? {
    if text.lowercased() == Port.vrrp.text { return .vrrp }
    guard let number = number(text), (1...65_535).contains(number) else { return nil }
    return .tcp(number)
  }

  /// `90`, `0.5`, in thousandths; up to a billion.
  static func thousandths(_ text: String) -> Int64? {
    guard let (millionths, rest) = decimal(Substring(text).utf8), rest.isEmpty else { return nil }
    return millionths <= 1_000_000_000_000_000 ? Int64(millionths / 1_000) : nil
  }

  /// A path as browsers send it: a slash, then printable characters without a space.
  static func path(_ text: String) -> String? {
    guard text.hasPrefix("/"), text.utf8.count <= 2_000 else { return nil }
    return text.utf8.allSatisfy { $0 > 32 && $0 < 127 } ? text : nil
  }

  static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "on", "yes", "true": true
    case "off", "no", "false": false
    default: nil
    }
  }
}
