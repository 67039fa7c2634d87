import Blueprint

/// The part of an outcome that users and operators can see: answers, response times and alerts. With `fog`
/// on, the learner sees only this part.
extension Outcome {
  public var outsideView: Outcome {
    var view = Outcome(events: events.filter { $0.isAlert })
    view.traffic = traffic?.outsideView
    view.records = records.map { $0.outsideView }
    return view
  }
}

extension Event {
  fileprivate var isAlert: Bool { if case .alerted = kind { true } else { false } }
}

extension Traffic {
  fileprivate var outsideView: Traffic {
    var view = Traffic()
    view.isFromOutside = true
    view.sent = sent
    view.answered = answered
    view.stale = stale
    view.ends = ends
    view.latency = latency
    view.histogram = histogram
    view.strip = strip?.outsideView
    view.firstFailure = firstFailure
    view.firstAlert = firstAlert
    return view
  }
}

extension Traffic.Strip {
  /// The strip without health checks, which users do not see.
  fileprivate var outsideView: Traffic.Strip {
    let view = buckets.map { bucket in
      var bucket = bucket
      bucket.failedChecks = 0
      return bucket
    }
    return Traffic.Strip(start: start, width: width, buckets: view)
  }
}

extension Record {
  /// The record with only what a user knows: what was requested, what came back, and when.
  fileprivate var outsideView: Record {
    Record(
      number: number, name: name, kind: kind, source: source, path: path, end: end, startedAt: startedAt,
      endedAt: endedAt, isStale: isStale)
  }
}

extension Problem {
  /// Whether the problem depends on the state of the site, and so reveals something about it.
  public var revealsInternals: Bool {
    switch self {
    case .alreadyFailed, .nothingToRepair, .alreadyPrimary, .nodeDown, .noReplicationSource,
      .alreadyReplicates,
      .primaryInUse, .statusNotReached:
      true
    case .unknownHost, .missingComponent, .nameTaken, .invalidName, .noComponents, .unsuitableForServer,
      .lastBalancer,
      .lastComponent, .onlyOneBalancer, .settingOfOtherTarget, .unknownSetting, .invalidValue, .notABalancer,
      .cannotReadPaths,
      .fixedWeights, .notHashed, .tooManyHosts, .alreadyHeld, .notHeld, .tooMany, .inapplicableFault,
      .notADatabase,
      .notAServer, .noChecks, .timeLimitReached, .interrupted:
      false
    }
  }
}
