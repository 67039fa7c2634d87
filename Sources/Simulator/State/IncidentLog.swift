import Blueprint

/// The recorded alerts and incidents.
struct IncidentLog: Equatable, Sendable {
  private(set) var alerts: [Alert] = []
  private(set) var incidents: [Incident] = []
  /// The numbers of the unresolved alerts, by component. Numbers count from the first alert of the site.
  ///
  /// The dictionary is never iterated, because its order is random.
  private var firing: [String: [Int]] = [:]
  /// The longest time without a problem within one incident. It allows for agents that report up to two
  /// intervals late.
  var pause: Span = .seconds(60)
  /// How many of the oldest alerts have been dropped.
  private var dropped = 0
  /// The number of alerts at the end of the run before the last. `countAfterRun` is their number at the end
  /// of the last run.
  private var countBeforeRun = 0
  private var countAfterRun = 0

  private static let mostKept = 10_000

  mutating func add(_ alert: Alert) {
    joinIncident(at: alert.time) { $0.firstAlert = $0.firstAlert ?? alert.time }
    firing[alert.component, default: []].append(dropped + alerts.count)
    alerts.append(alert)
    guard alerts.count > 2 * IncidentLog.mostKept else { return }
    let old = alerts.count - IncidentLog.mostKept
    for (i, alert) in alerts.prefix(old).enumerated() where alert.resolved == nil {
      setFiring(alert.component, firing[alert.component]?.filter { $0 != dropped + i })
    }
    dropped += old
    alerts.removeFirst(old)
  }

  /// Resolves the alerts about a component for which `isOver` returns true.
  mutating func resolve(about component: String, at time: Span, where isOver: (Alert) -> Bool) {
    guard let numbers = firing[component] else { return }
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
    firing[component] = numbers?.isEmpty == false ? numbers : nil
  }

  /// Records that a request failed for its user.
  mutating func fail(at time: Span) {
    joinIncident(at: time) { $0.firstFailure = $0.firstFailure ?? time }
  }

  private mutating func joinIncident(at time: Span, _ change: (inout Incident) -> Void) {
    if incidents.isEmpty || isQuiet(at: time) {
      incidents.append(Incident(lastProblem: time))
      if incidents.count > IncidentLog.mostIncidents { incidents.removeFirst() }
    }
    let last = incidents.count - 1
    incidents[last].lastProblem = time
    change(&incidents[last])
  }

  private static let mostIncidents = 1_000

  /// Returns whether there is no current incident.
  func isQuiet(at time: Span) -> Bool {
    guard firing.isEmpty, let last = incidents.last else { return firing.isEmpty }
    return time - last.lastProblem > pause
  }

  mutating func beginRun() { countBeforeRun = countAfterRun }

  mutating func endRun() { countAfterRun = dropped + alerts.count }

  /// The first alert since the end of the run before the last.
  var firstOfRun: Alert? {
    let place = max(0, countBeforeRun - dropped)
    return place < alerts.count ? alerts[place] : nil
  }
}
