import Blueprint

/// The part of an outcome that users and operators can see: answers, response times and alerts. The learner
/// sees only this if the `fog` is on.
extension Outcome {
  public var fromOutside: Outcome {
    var seen = Outcome(events: events.filter { $0.isAlert })
    seen.traffic = traffic?.fromOutside
    seen.records = records.map { $0.fromOutside }
    return seen
  }
}

extension Event {
  fileprivate var isAlert: Bool { if case .alerted = what { true } else { false } }
}

extension Traffic {
  fileprivate var fromOutside: Traffic {
    var seen = Traffic()
    seen.isFromOutside = true
    seen.sent = sent
    seen.answered = answered
    seen.stale = stale
    seen.ends = ends
    seen.latency = latency
    seen.histogram = histogram
    seen.strip = strip?.fromOutside
    seen.firstFailure = firstFailure
    seen.firstAlert = firstAlert
    return seen
  }
}

extension Traffic.Strip {
  /// The strip without health checks, which users do not see.
  fileprivate var fromOutside: Traffic.Strip {
    let seen = buckets.map { bucket in
      var bucket = bucket
      bucket.failedChecks = 0
      return bucket
    }
    return Traffic.Strip(start: start, width: width, buckets: seen)
  }
}

extension Record {
  /// The record with only what a user knows: what was requested, what came back, and when.
  fileprivate var fromOutside: Record {
    Record(
      number: number, name: name, kind: kind, source: source, path: path, end: end, startedAt: startedAt,
      endedAt: endedAt, isStale: isStale)
  }
}

extension Problem {
  /// Whether the problem depends on the state of the site, and so reveals something about it.
  public var tellsOfInside: Bool {
    switch self {
    case .brokenAlready, .notBroken, .primaryAlready, .nodeDown, .nothingToFollow, .followsAlready,
      .primaryInUse, .neverCame:
      true
    case .unknownHost, .missingComponent, .nameTaken, .unfitName, .noComponents, .unfitForServer,
      .lastBalancer,
      .lastPart, .onlyOneBalancer, .keyElsewhere, .unknownKey, .unfitValue, .notABalancer, .blindToPaths,
      .fixedWeights, .notHashed, .tooManyHosts, .alreadyHeld, .notHeld, .tooMany, .unfitFault, .notDatabase,
      .notAServer, .noChecks, .endOfTime, .interrupted:
      false
    }
  }
}
