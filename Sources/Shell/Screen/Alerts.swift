import Blueprint
import Inspector
import Simulator

/// Alerts in words.
extension Alert.Reason {
  var words: String {
    switch self {
    case .silent: "is silent: dead or cut off, from here nobody can tell"
    case .refused: "refuses the operators' questions: no agent runs there"
    case .threshold(let alert, let value):
      "has \(alert.metric.rawValue) \(value.map { Column.decimal($0) } ?? "beyond any number"), "
        + "\(alert.isAbove ? "above" : "below") \(Column.decimal(alert.thousandths))"
    }
  }
}

extension Alert {
  var line: Line {
    Line("  \(Column.right(time.clock, 12))  ") + Line("\(component) \(reason.words)", .failed)
  }

  var json: JSON {
    var value: Int64?
    if case .threshold(_, let number) = reason { value = number }
    return .object([
      JSON.Member("time_ms", .milliseconds(time)),
      JSON.Member("host", .string(component.split(separator: ".").first.map(String.init) ?? component)),
      JSON.Member("component", .string(component)), JSON.Member("kind", .string(kind)),
      JSON.Member("metric", metric.map { .string($0.rawValue) } ?? .null),
      JSON.Member("value", value.map { .thousandths($0) } ?? .null),
    ])
  }
}
