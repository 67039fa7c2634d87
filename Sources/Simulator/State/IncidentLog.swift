import Blueprint

/// The recorded alerts and incidents.
struct IncidentLog: Equatable, Sendable {
  private(set) var alerts: [Alert] = []
  private(set) var incidents: [Incident] = []
  /// The numbers of the unresolved alerts, by component. Numbers count from the first alert of the site.
  ///
  /// The dictionary is never iterated, because its order is random.
  private var firingAlerts: [String: [Int]] = [:]
  /// The longest time without a problem within one incident. It allows for agents that report up to two
  /// intervals late.
  var quietPeriod: Span = .seconds(60)
  /// How many of the oldest alerts have been dropped.
  private var dropped = 0
  /// The number of alerts at the end of the run before the last. `countAfterRun` is their number at the end
  /// of the last run.
  private var countBeforeRun = 0
  private var countAfterRun = 0

  private static let retentionLimit = 10_000

  mutating func add(_ alert: Alert) {
    updateIncident(at: alert.time) { $0.firstAlert = $0.firstAlert ?? alert.time }
    firingAlerts[alert.component, default: []].append(dropped + alerts.count)
    alerts.append(alert)
    guard alerts.count > 2 * IncidentLog.retentionLimit else { return }
    let old = alerts.count - IncidentLog.retentionLimit
    for (i, alert) in alerts.prefix(old).enumerated() where alert.resolved == nil {
      setFiring(alert.component, firingAlerts[alert.component]?.filter { $0 != dropped + i })
    }
    dropped += old
    alerts.removeFirst(old)
  }

  /// Resolves the alerts about a component for which `isOver` returns true.
  mutating func resolve(about component: String, at time: Span, where isOver: (Alert) -> Bool) {
    guard let numbers = firingAlerts[component] else { return }
    var left: [Int] = []
    for number in numbers {
      guard isOver(alerts[number - dropped]) else {
        left.append(number)
        continue
      }
      alerts[number - dropped].resolved = time
      if let last = incidents.indices.last { incidents[last].lastProblem = time }
    }
    setFiring(component, left)
  }

  private mutating func setFiring(_ component: String, _ numbers: [Int]?) {
    firingAlerts[component] = numbers?.isEmpty == false ? numbers : nil
  }

  /// Records that a request failed for its user.
  mutating func fail(at time: Span) {
    updateIncident(at: time) { $0.firstFailure = $0.firstFailure ?? time }
  }

  private mutating func updateIncident(at time: Span, _ change: (inout Incident) -> Void) {
    if incidents.isEmpty || isQuiet(at: time) {
      incidents.append(Incident(lastProblem: time))
      if incidents.count > IncidentLog.incidentLimit { incidents.removeFirst() }
    }
    let last = incidents.count - 1
    incidents[last].lastProblem = time
    change(&incidents[last])
  }

  private static let incidentLimit = 1_000

  /// Returns whether there is no current incident.
  func isQuiet(at time: Span) -> Bool {
    guard firingAlerts.isEmpty, let last = incidents.last else { return firingAlerts.isEmpty }
    return time - last.lastProblem > quietPeriod
  }

  mutating func beginRun() { countBeforeRun = countAfterRun }

  mutating func endRun() { countAfterRun = dropped + alerts.count }

  /// The first alert since the end of the run before the last.
  var firstAlertOfRun: Alert? {
    let index = max(0, countBeforeRun - dropped)
    return index < alerts.count ? alerts[index] : nil
  }
}
