import Blueprint

/// The records of requests, failures and alerts.
extension Simulation {
  /// The most requests of one command that are recorded.
  public static let rowLimit = Records.rowLimit
  /// At least this many of the latest records are kept when the next command begins.
  public static let retentionLimit = Records.retentionLimit
  /// The most requests of one command whose steps are recorded.
  public static let traceLimit = Records.traceLimit

  /// The recorded requests, oldest first.
  public var log: [Record] { site.records(from: site.records.firstRow) }

  /// Returns the record of the request with this number; nil if it is not kept.
  public func record(ofRequest number: Int) -> Record? {
    site.records.row(ofRequest: number).map { site.record(at: $0) }
  }

  /// Returns the steps of the request with this number; empty if they are not kept.
  public func steps(ofRequest number: Int) -> [RequestStep] {
    site.records.journal.entries(of: Int32(truncatingIfNeeded: number)).map { site.step(of: $0) }
  }

  /// Returns the kept steps of each request with this number or a higher number, by request number.
  public func steps(ofRequestsFrom first: Int) -> [Int: [RequestStep]] {
    var steps: [Int: [RequestStep]] = [:]
    site.records.journal.forEachEntry(from: Int32(truncatingIfNeeded: first)) { entry in
      steps[Int(entry.request), default: []].append(site.step(of: entry))
    }
    return steps
  }

  // MARK: Alerts

  /// The alerts that are kept, oldest first.
  public var alerts: [Alert] { site.records.incidents.alerts }

  /// The incidents that are kept, oldest first.
  public var incidents: [Incident] {
    var incidents = site.records.incidents.incidents
    let last = incidents.count - 1
    for index in incidents.indices {
      incidents[index].isOver = index < last || site.records.incidents.isQuiet(at: time)
    }
    return incidents
  }

  /// The names of all components and hosts in the alerts, without duplicates, in the order of the alerts.
  public var alertedComponents: [String] { alerts.map { $0.component }.unique }

  /// How many connections have been lost since the start of the site.
  public var lostConnections: Int { site.records.lostConnections }

  /// The time of the first failure in the last run.
  public var firstFailure: Span? { site.records.tally.firstFailure.map { Span(nanoseconds: $0) } }

  /// The time of the first alert since the end of the run before the last.
  public var firstAlert: Span? { site.records.incidents.firstAlertOfRun?.time }
}
