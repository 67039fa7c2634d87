import Blueprint
import Simulator

extension Record.End {
  /// The outcome as a user sees it: `503`, `no connection`, `no answer`.
  public var textForUsers: String {
    switch self {
    case .status(let status): "\(status)"
    case .refused: "no connection"
    case .timeout: "no answer"
    }
  }
}

extension SendOptions {
  /// The command as a user types it.
  public var command: String {
    var words = ["send", "\(count)"]
    if let kind = mix.onlyKind { words.append(kind.rawValue) }
    if let rate { words += ["rate", Rate.command(rate)] }
    if sources != [.defaultUser] { words += ["from", sources.map { $0.text }.joined(separator: ",")] }
    if !paths.isEmpty { words += ["to", paths.joined(separator: ",")] }
    return words.joined(separator: " ")
  }
}
