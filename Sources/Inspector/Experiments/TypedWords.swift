import Blueprint
import Simulator

// How faults, ends of requests and sendings are written in commands and in evidence.

extension Fault {
  /// The words after the target of `break`, with the duration of `slow`.
  var words: String {
    if case .slow(let span) = self { return "slow \(span.command)" }
    return text
  }
}

extension Record.End {
  /// `503`, `no connection`, `no answer`.
  var words: String {
    switch self {
    case .status(let status): "\(status)"
    case .refused: "no connection"
    case .timeout: "no answer"
    }
  }
}

extension Sending {
  /// Returns a rate in millionths per second as it is typed, exactly: `150/s`, `0.000001/s`.
  static func text(ofRate rate: Int64) -> String {
    let digits = "\(rate % 1_000_000)"
    var rest = String(repeating: "0", count: 6 - digits.count) + digits
    while rest.hasSuffix("0") { rest.removeLast() }
    return "\(rate / 1_000_000)\(rest.isEmpty ? "" : ".\(rest)")/s"
  }

  /// The command as a user types it.
  var command: String {
    var words = ["send", "\(count)"]
    if let kind = mix.single { words.append(kind.rawValue) }
    if let rate { words += ["rate", Sending.text(ofRate: rate)] }
    if sources != [.someUser] { words += ["from", sources.map { $0.text }.joined(separator: ",")] }
    if !paths.isEmpty { words += ["to", paths.joined(separator: ",")] }
    return words.joined(separator: " ")
  }
}

extension Span {
  /// `26.667 s`, or `40 ms` for less than a second.
  var seconds: String {
    let isShort = nanoseconds != 0 && nanoseconds.magnitude < 1_000_000_000
    let unit: Int64 = isShort ? 1_000 : 1_000_000
    var decimal = JSON.decimal((nanoseconds + unit / 2) / unit)
    while decimal.hasSuffix("0") { decimal.removeLast() }
    if decimal.hasSuffix(".") { decimal.removeLast() }
    return "\(decimal) \(isShort ? "ms" : "s")"
  }
}
