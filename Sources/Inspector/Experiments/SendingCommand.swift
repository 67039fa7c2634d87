import Blueprint
import Simulator

extension Record.End {
  /// The outcome as a user sees it: `503`, `no connection`, `no answer`.
  public var asSeen: String {
    switch self {
    case .status(let status): "\(status)"
    case .refused: "no connection"
    case .timeout: "no answer"
    }
  }
}

extension Sending {
  /// The command as a user types it.
  public var command: String {
    var words = ["send", "\(count)"]
    if let kind = mix.single { words.append(kind.rawValue) }
    if let rate { words += ["rate", Rate.command(rate)] }
    if sources != [.someUser] { words += ["from", sources.map { $0.text }.joined(separator: ",")] }
    if !paths.isEmpty { words += ["to", paths.joined(separator: ",")] }
    return words.joined(separator: " ")
  }
}
