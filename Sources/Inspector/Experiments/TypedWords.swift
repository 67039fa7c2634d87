import Blueprint
import Simulator

extension Record.End {
  /// What the user sees: `503`, `no connection`, `no answer`.
  public var asSeen: String {
    switch self {
    case .status(let status): "\(status)"
    case .refused: "no connection"
    case .timeout: "no answer"
    }
  }
}

extension Sending {
  /// Returns a rate in millionths per second as it is typed, exactly: `150/s`, `0.000001/s`.
  public static func text(ofRate rate: Int64) -> String {
    let digits = "\(rate % 1_000_000)"
    var rest = String(repeating: "0", count: 6 - digits.count) + digits
    while rest.hasSuffix("0") { rest.removeLast() }
    return "\(rate / 1_000_000)\(rest.isEmpty ? "" : ".\(rest)")/s"
  }

  /// The command as a user types it.
  public var command: String {
    var words = ["send", "\(count)"]
    if let kind = mix.single { words.append(kind.rawValue) }
    if let rate { words += ["rate", Sending.text(ofRate: rate)] }
    if sources != [.someUser] { words += ["from", sources.map { $0.text }.joined(separator: ",")] }
    if !paths.isEmpty { words += ["to", paths.joined(separator: ",")] }
    return words.joined(separator: " ")
  }
}
