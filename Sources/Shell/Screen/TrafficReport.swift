import Blueprint
import Facts
import Inspector
import Simulator

/// Reports the outcome of an action.
extension Outcome {
  /// Returns the report of a run on the site. If `isLoad` is true, it includes charts of the load. If
  /// `canExplain` is true, it names the command that explains the first failure.
  func answer(on screen: Screen, _ site: Simulation, isLoad: Bool = false, canExplain: Bool = false)
    -> CommandResponse
  {
    var answer = CommandResponse(events: events)
    if let traffic {
      answer.lines = traffic.lines(width: screen.width, servers: site.serverReports.map { $0.name })
      if records.count == traffic.sent { answer.lines += passedTime }
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
    if canExplain, let traffic, !traffic.isFromOutside { answer.lines += explanation }
    return answer
  }

  /// How much time passed, if it was at least a second.
  private var passedTime: [Line] {
    guard let start = records.first?.startedAt,
      let end = records.compactMap({ $0.endedAt }).max(), end - start >= .seconds(1)
    else { return [] }
    return [Line("  \((end - start).words) passed", .faint)]
  }

  private var explanation: [Line] {
    guard let failed = records.first(where: { $0.end != nil && $0.end != .status(200) }) else { return [] }
    return [
      Line("  Type ") + Line("why \(failed.number)", .accent)
        + Line(" to see why request \(failed.number) failed.")
    ]
  }
}

extension Traffic {
  func lines(width: Int, servers: [String]) -> [Line] {
    let room = min(46, max(0, width - 34))
    var first = Line("  \(answered) of \(sent) answered", failed == 0 ? .good : .plain)
    if failed > 0 { first = first + Line(", ") + Line("\(failed) failed", .failed) }
    if let latency {
      let gap = String(repeating: " ", count: max(3, room + 2 - first.text.count))
      first = first + Line("\(gap)mean \(latency.mean.words)   p99 \(latency.p99.words)")
    }
    return [first] + Chart(traffic: self, width: width).ends(servers: servers) + remarks
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
      lines.append(
        Line("  \(stale) read stale data: the replica had not yet applied the last write", .attention))
    }
    if storedAnyway > 0 {
      let verb = storedAnyway == 1 ? "is" : "are"
      lines.append(
        Line("  \(storedAnyway) of the failed writes \(verb) stored, despite the error", .attention))
    }
    if lostConnections > 0 {
      let noun = lostConnections == 1 ? "open connection was" : "open connections were"
      lines.append(Line("  \(lostConnections) \(noun) lost", .failed))
    }
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
