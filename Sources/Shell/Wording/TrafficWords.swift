import Inspector
import Simulator

/// Describes the result of a run in words.
extension Traffic {
  var verdict: String {
    failed == 0 ? "\(answered) of \(sent) answered" : "\(answered) of \(sent) answered, \(failed) failed"
  }

  /// How the run ended; nil if no request was sent.
  var summary: String? {
    guard sent > 0 else { return nil }
    var words = "last run: \(answered) of \(sent) answered"
    let errors = ends.filter { $0.end != .status(200) }.map { "\($0.count) got \($0.end.word)" }
    if !errors.isEmpty { words += "; \(Sentences.listed(errors))" }
    let nodes = byDatabase.map { "\($0.name) \($0.count)" }
    if (1...4).contains(nodes.count) { words += "; database: \(Sentences.listed(nodes))" }
    return words
  }
}

extension Record.End {
  /// What the status code or the missing answer means.
  var meaning: String {
    switch self {
    case .status(200): "OK"
    case .status(404): "Not Found"
    case .status(500): "Internal Server Error"
    case .status(502): "Bad Gateway"
    case .status(503): "Service Unavailable"
    case .status(504): "Gateway Timeout"
    case .status: "an error"
    case .refused: "no connection"
    case .timeout: "no answer"
    }
  }
}
