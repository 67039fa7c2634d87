import Blueprint

/// What is recorded of requests, failures and alerts.
extension Simulation {
  /// The most requests of one command that are recorded.
  public static let mostRows = Records.mostRows
  /// The number of the last requests that are still recorded at the next command.
  public static let mostKept = Records.mostKept
  /// The most requests of one command whose steps are recorded.
  public static let mostTraced = Records.mostTraced

  /// The recorded requests, oldest first.
  public var log: [Record] { site.records(from: site.records.firstRow) }

  /// Returns the record of a request by its number, if it is kept.
  public func record(ofRequest number: Int) -> Record? {
    site.records.row(ofRequest: number).map { site.record(at: $0) }
  }

  /// Returns the steps of a request, if they are kept.
  public func steps(ofRequest number: Int) -> [RequestStep] {
    site.records.journal.entries(of: Int32(truncatingIfNeeded: number)).map { site.step(of: $0) }
  }

  /// Returns the steps of each request with this number or a higher one, by number, if they are kept.
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
    for place in incidents.indices {
      incidents[place].isOver = place < last || site.records.incidents.isQuiet(at: time)
    }
    return incidents
  }

  /// What the operators have been told of, each once, in the order of the alerts.
  public var told: [String] { alerts.map { $0.component }.unique }

  /// The time of the first failure in the last run.
  public var firstFailure: Span? { site.records.tally.firstFailure.map { Span(nanoseconds: $0) } }

  /// The time of the first alert since the end of the run before the last one.
  public var firstAlert: Span? { site.records.incidents.firstOfRun?.time }
}
