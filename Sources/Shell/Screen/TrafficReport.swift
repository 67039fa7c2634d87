import Blueprint
import Facts
import Inspector
import Simulator

/// Reports the outcome of an action.
extension Outcome {
  /// Returns the report of a run. If `isLoad` is true, it includes charts of the load.
  func answer(on screen: Screen, isLoad: Bool = false) -> CommandResponse {
    var answer = CommandResponse(events: events)
    if let traffic {
      answer.lines = traffic.lines(width: screen.width)
      if isLoad { answer.lines += traffic.loadLines(events, width: screen.width) }
      answer.members = traffic.members
      answer.result.traffic = traffic
      answer.list(records)
      if traffic.sent > records.count {
        answer.members.append(JSON.Member(.requestsOmitted, .integer(traffic.sent - records.count)))
      }
    } else {
      answer.lines = records.map {
        Line("  \($0.title): \($0.ending)", $0.end == .status(200) ? .plain : .failed)
      }
      answer.list(records)
    }
    answer.lines += events.map { $0.line }
    return answer
  }
}

extension Traffic {
  func lines(width: Int) -> [Line] {
    let room = min(46, max(0, width - 34))
    var first = Line("  " + Column.left(verdict, room), failed == 0 ? .plain : .failed)
    if verdict.count >= room { first = first + Line("   ") }
    if let latency { first = first + Line("mean \(latency.mean.words)   p99 \(latency.p99.words)") }
    return [first] + Chart(traffic: self, width: width).servers + remarks
  }

  /// Returns charts of how busy the components were, how long requests took, and when events happened.
  func loadLines(_ events: [Event], width: Int) -> [Line] {
    let chart = Chart(traffic: self, width: width)
    var lines = (isFromOutside ? [] : [Line()] + chart.components) + [Line()] + chart.latencies
    if let strip {
      lines += [Line()] + TimeStrip(strip, events: events, cells: min(width - 12, 100)).lines
    }
    return lines
  }

  private var remarks: [Line] {
    var lines: [Line] = []
    if stale > 0 {
      lines.append(Line("  \(stale) read an old page: the replica did not have the last write yet"))
    }
    if storedAnyway > 0 {
      lines.append(
        Line("  \(storedAnyway) of the failed writes \(storedAnyway == 1 ? "is" : "are") stored all the same")
      )
    }
    if lostConnections > 0 { lines.append(Line("  \(lostConnections) open connections were lost")) }
    return lines
  }

  var members: [JSON.Member] {
    [
      JSON.Member(.sent, .integer(sent)), JSON.Member(.answered, .integer(answered)),
      JSON.Member(.failed, .integer(failed)), JSON.Member(.stale, .integer(stale)),
      inner(.storedAnyway, .integer(storedAnyway)),
      inner(.byServer, Traffic.counts(byServer)),
      inner(.byDatabase, Traffic.counts(byDatabase)),
      JSON.Member(.statuses, .object(ends.map { JSON.Member(named: $0.end.word, .integer($0.count)) })),
      JSON.Member(.latencyMs, latency?.json ?? .null),
      inner(.lostConnections, .integer(lostConnections)),
      inner(.maxInFlight, Traffic.counts(peakInFlight)),
      JSON.Member(.firstFailureMs, firstFailure.map { .milliseconds($0) } ?? .null),
      JSON.Member(.firstAlertMs, firstAlert.map { .milliseconds($0) } ?? .null),
      inner(.byComponent, .array(componentLoads.map { $0.json })),
    ]
  }

  /// Returns a JSON member. Its value is null if users could not see it.
  private func inner(_ name: JSON.MemberName, _ value: JSON) -> JSON.Member {
    JSON.Member(name, isFromOutside ? .null : value)
  }

  private static func counts(_ shares: [Share]) -> JSON {
    .object(shares.map { JSON.Member(named: $0.name, .integer($0.count)) })
  }
}

extension Traffic.Load {
  fileprivate var json: JSON {
    [
      .component: .string(address.text), .utilisation: .thousandths(Int64(utilisation)),
      .queueMax: .integer(longestQueue),
      .meanInFlight: .thousandths(Int64((meanCallsInFlight * 1_000).rounded())),
    ]
  }
}
