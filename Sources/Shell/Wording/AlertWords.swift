import Blueprint
import Inspector
import Simulator

/// The reason for an alert, in words.
extension Alert.Reason {
  var words: String {
    switch self {
    case .silent: "is silent: it has failed or is cut off"
    case .refused: "refuses the operators' connection: its agent does not run"
    case .threshold(let alert, let value?):
      "has \(alert.metric.rawValue) \(Column.decimal(value)), "
        + "\(alert.isAbove ? "above" : "below") \(Column.decimal(alert.thousandths))"
    // A value is unknown only if a replica receives nothing from a primary.
    case .threshold(let alert, nil): "reaches no primary: its \(alert.metric.rawValue) is unknown"
    }
  }
}

extension Alert {
  /// The alert as a line, with its time and, if it was resolved, the time at which that happened.
  var line: Line {
    let start = Line("  \(Column.right(time.clock, 12))  ")
    guard let resolved else { return start + Line("\(component) \(reason.words)", .failed) }
    return start + Line("\(component) \(reason.words); resolved at \(resolved.clock)")
  }

  var json: JSON {
    var value: Int64?
    if case .threshold(_, let number) = reason { value = number }
    return [
      .timeMs: .milliseconds(time),
      .host: .string(component.split(separator: ".").first.map(String.init) ?? component),
      .component: .string(component), .kind: .string(kind),
      .metric: metric.map { .string($0.rawValue) } ?? .null, .value: value.map { .thousandths($0) } ?? .null,
      .state: .string(resolved == nil ? "firing" : "resolved"),
      .resolvedMs: resolved.map { .milliseconds($0) } ?? .null,
    ]
  }
}

/// The incident as a line, which says whether users or operators noticed it first.
extension Incident {
  var line: Line {
    guard let failure = firstFailure else {
      let seen = isOver ? "No user saw a failure" : "No user has seen a failure yet"
      return Line("  \(seen)\(firstAlert.map { "; the first alert was at \($0.clock)" } ?? "").")
    }
    let seen = "  A user saw the first failure at \(failure.clock)"
    guard let alert = firstAlert else {
      return Line(seen + (isOver ? "; there was no alert." : "; there is no alert yet."), .attention)
    }
    let order = alert <= failure ? "before that" : "\((alert - failure).words) later"
    return Line("\(seen); the first alert was at \(alert.clock), \(order).")
  }

  var json: JSON {
    [
      .firstFailureMs: firstFailure.map { .milliseconds($0) } ?? .null,
      .firstAlertMs: firstAlert.map { .milliseconds($0) } ?? .null, .over: .flag(isOver),
    ]
  }
}
