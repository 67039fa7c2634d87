/// A length of simulated time, or a moment as the time since the start of a site. It is a whole number of
/// nanoseconds.
public struct Span: Comparable, Hashable, Sendable {
  public var nanoseconds: Int64

  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  public static let zero = Span(nanoseconds: 0)
  public static func microseconds(_ n: Int64) -> Span { Span(nanoseconds: n * 1_000) }
  public static func milliseconds(_ n: Int64) -> Span { Span(nanoseconds: n * 1_000_000) }
  public static func seconds(_ n: Int64) -> Span { Span(nanoseconds: n * 1_000_000_000) }

  /// The longest time that a command accepts. The sum of a few such times cannot overflow.
  public static let longest = Span.seconds(400 * 86_400)

  public static func < (a: Span, b: Span) -> Bool { a.nanoseconds < b.nanoseconds }
  public static func + (a: Span, b: Span) -> Span { Span(nanoseconds: a.nanoseconds + b.nanoseconds) }
  public static func - (a: Span, b: Span) -> Span { Span(nanoseconds: a.nanoseconds - b.nanoseconds) }
  public static func * (a: Span, b: Int) -> Span { Span(nanoseconds: a.nanoseconds * Int64(b)) }
  public static func += (a: inout Span, b: Span) { a.nanoseconds += b.nanoseconds }

  /// The time as a whole number of milliseconds, as people write it, and not less than the exact time.
  public var roundedUpToMilliseconds: Span {
    Span(nanoseconds: (nanoseconds + 999_999) / 1_000_000 * 1_000_000)
  }

  /// The time in milliseconds, for calculations whose results are only displayed.
  public var milliseconds: Double { Double(nanoseconds) / 1_000_000 }
}

extension Span {
  /// Reads a time such as `250us`, `1.5s`, `2m30s`, `1h` or `0`; nil for anything else. Only `0` needs no
  /// unit.
  public init?(reading text: String) {
    if text == "0" {
      self = .zero
      return
    }
    var rest = Substring(text.lowercased()).utf8
    var total: Int128 = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      guard let (millionths, suffix) = Numeral.prefix(of: rest) else { return nil }
      let name = suffix.prefix { !Numeral.isDigit($0) && $0 != UInt8(ascii: ".") }
      guard let unit = TimeUnit(String(Substring(name)), in: .command) else { return nil }
      total += millionths * Int128(unit.nanoseconds) / 1_000_000
      total = min(total, Int128(Int64.max))
      rest = suffix.dropFirst(name.count)
    }
    self.init(nanoseconds: Int64(total))
  }

  /// The exact time as a command accepts it: `365d`, `2s`, `1500ms`, `250us`.
  public var command: String {
    let units: [(name: String, length: Int64)] = [
      ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
      ("us", 1_000),
    ]
    // Zero is written in seconds.
    let unit = units.first { nanoseconds % $0.length == 0 && (nanoseconds != 0 || $0.name == "s") }
    if let unit { return "\(nanoseconds / unit.length)\(unit.name)" }
    return "\(nanoseconds)ns"
  }
}

extension Span {
  /// The rounded time for display: `8.1 ms`, `1.0 s`, `2.5 min`.
  public var words: String {
    let ns = nanoseconds
    if ns < 1_000_000 { return ns == 0 ? "0 ms" : "\(Span.tenths((ns + 5_000) / 10_000, of: 100)) ms" }
    if ns < 1_000_000_000 { return "\(Span.tenths((ns + 50_000) / 100_000, of: 10)) ms" }
    if ns < 120_000_000_000 { return "\(Span.tenths((ns + 50_000_000) / 100_000_000, of: 10)) s" }
    return "\(Span.tenths((ns + 3_000_000_000) / 6_000_000_000, of: 10)) min"
  }

  /// The time for display, without a decimal part that is zero: `1 ms`.
  public var roundWords: String {
    let parts = words.split(separator: " ")
    guard parts.count == 2, let point = parts[0].firstIndex(of: "."),
      parts[0][point...].dropFirst().allSatisfy({ $0 == "0" })
    else { return words }
    return "\(parts[0][..<point]) \(parts[1])"
  }

  private static func tenths(_ n: Int64, of scale: Int64) -> String {
    let rest = "\(n % scale)"
    let zeros = String(repeating: "0", count: "\(scale)".count - 1 - rest.count)
    return "\(n / scale).\(zeros)\(rest)"
  }
}
