import Blueprint

/// Somebody was told that something is wrong.
public struct Alert: Equatable, Sendable {
  public let time: Span
  /// The part that it is about, or, where an agent is not heard, its host.
  public let component: String
  public let reason: Reason
  /// When it was over: what it tells of is heard again, or back within its limit.
  public internal(set) var resolved: Span?

  init(time: Span, component: String, reason: Reason) {
    self.time = time
    self.component = component
    self.reason = reason
  }

  public enum Reason: Equatable, Sendable {
    /// Nothing is heard of a host any more: it may be dead, or only cut off.
    case silent
    /// The host answers, but no agent does.
    case refused
    /// A number has passed its limit; in thousandths, nil where there is none to compare: a replica that hears nobody.
    case threshold(Monitor.Alert, value: Int64?)
  }

  /// `silent`, `refused` or `threshold`.
  public var kind: String {
    switch reason {
    case .silent: "silent"
    case .refused: "refused"
    case .threshold: "threshold"
    }
  }

  public var metric: Monitor.Metric? { threshold?.metric }

  /// Which limit was passed.
  var threshold: Monitor.Alert? {
    if case .threshold(let alert, _) = reason { alert } else { nil }
  }
}

/// A time of trouble, as it is seen from outside: requests fail, or alerts fire.
public struct Incident: Equatable, Sendable {
  public internal(set) var firstFailure: Span?
  public internal(set) var firstAlert: Span?
  /// Whether it is over by now.
  public internal(set) var isOver = false
  /// The last failure, or the end of an alert.
  var lastTrouble: Span
}

/// What the operators have been told, and what a run was like for its users.
struct Watch: Equatable, Sendable {
  private(set) var alerts: [Alert] = []
  private(set) var incidents: [Incident] = []
  /// The numbers of the unresolved alerts, by component, counted from the first alert ever. Never iterated, so that no
  /// result depends on the order of the dictionary.
  private var firing: [String: [Int]] = [:]
  /// After so long without any, the next trouble is a new incident: what an agent tells comes up to two rounds late.
  var calm: Span = .seconds(60)
  /// How many of the oldest are not kept any more.
  private var dropped = 0
  /// How many alerts there had been when the run before the last one ended, and when the last one did.
  private var countBeforeRun = 0
  private var countAfterRun = 0
  /// By station, how many requests had come when the last run began.
  var arrivals: [Int] = []
  var runStartedAt: Int64 = 0
  var runLasted: Int64 = 0

  private static let mostKept = 10_000

  mutating func add(_ alert: Alert) {
    joinIncident(at: alert.time) { $0.firstAlert = $0.firstAlert ?? alert.time }
    firing[alert.component, default: []].append(dropped + alerts.count)
    alerts.append(alert)
    guard alerts.count > 2 * Watch.mostKept else { return }
    let old = alerts.count - Watch.mostKept
    for (i, alert) in alerts.prefix(old).enumerated() where alert.resolved == nil {
      setFiring(alert.component, firing[alert.component]?.filter { $0 != dropped + i })
    }
    dropped += old
    alerts.removeFirst(old)
  }

  /// Resolves the alerts about a component for which `isOver` is true.
  mutating func resolve(about component: String, at time: Span, where isOver: (Alert) -> Bool) {
    guard let numbers = firing[component] else { return }
    var left: [Int] = []
    for number in numbers {
      guard isOver(alerts[number - dropped]) else {
        left.append(number)
        continue
      }
      alerts[number - dropped].resolved = time
      if let last = incidents.indices.last { incidents[last].lastTrouble = time }
    }
    setFiring(component, left)
  }

  private mutating func setFiring(_ component: String, _ numbers: [Int]?) {
    firing[component] = numbers?.isEmpty == false ? numbers : nil
  }

  /// A user saw a request fail.
  mutating func fail(at time: Span) {
    joinIncident(at: time) { $0.firstFailure = $0.firstFailure ?? time }
  }

  private mutating func joinIncident(at time: Span, _ change: (inout Incident) -> Void) {
    if incidents.isEmpty || isCalm(at: time) {
      incidents.append(Incident(lastTrouble: time))
      if incidents.count > Watch.mostIncidents { incidents.removeFirst() }
    }
    let last = incidents.count - 1
    incidents[last].lastTrouble = time
    change(&incidents[last])
  }

  private static let mostIncidents = 1_000

  /// Whether the last incident is over.
  func isCalm(at time: Span) -> Bool {
    guard firing.isEmpty, let last = incidents.last else { return firing.isEmpty }
    return time - last.lastTrouble > calm
  }

  mutating func beginRun() { countBeforeRun = countAfterRun }

  mutating func endRun() { countAfterRun = dropped + alerts.count }

  /// The first one that is news to the last run: what was raised since the run before it ended.
  var firstOfRun: Alert? {
    let place = max(0, countBeforeRun - dropped)
    return place < alerts.count ? alerts[place] : nil
  }
}

extension Simulation {
  /// All alerts so far, as many as are kept, oldest first.
  public var alerts: [Alert] { watch.alerts }

  /// All incidents so far, as many as are kept, oldest first.
  public var incidents: [Incident] {
    var incidents = watch.incidents
    let last = incidents.count - 1
    for place in incidents.indices { incidents[place].isOver = place < last || watch.isCalm(at: time) }
    return incidents
  }

  /// What the operators have heard of, by name, each once, in the order of hearing. Without agents, nothing.
  public var told: [String] {
    alerts.map { $0.component }.unique
  }

  /// When the first request of the last run failed.
  public var firstFailure: Span? { tally.firstFailure.map { Span(nanoseconds: $0) } }

  /// The first alert since the run before the last one ended.
  public var firstAlert: Span? { watch.firstOfRun?.time }

  /// Requests a second at a part during the last run, in thousandths, health checks apart; nil where there is no such
  /// part, or where no time has passed.
  public func qps(of address: Address) -> Int64? {
    guard let place = topology.place(of: address.host), let part = address.part, watch.runLasted > 0 else {
      return nil
    }
    let station = Int(machines[Int(machineAt[place])].station(of: part))
    guard station >= 0 else { return nil }
    let before = station < watch.arrivals.count ? watch.arrivals[station] : 0
    let came = Int128(arrivals(at: station) - before)
    return Int64(clamping: (came * 1_000_000_000_000 + Int128(watch.runLasted / 2)) / Int128(watch.runLasted))
  }

  /// How many requests have come to a station so far, without the balancers' own questions.
  func arrivals(at station: Int) -> Int {
    switch stations[station].kind {
    case .haproxy: stations[station].served
    case .nginx, .app, .mysql: stations[station].started - Int(stations[station].checks)
    case .files, .firewall, .certificate, .monitor: 0
    }
  }

  mutating func beginWatchingRun() {
    watch.beginRun()
    watch.arrivals = stations.indices.map { arrivals(at: $0) }
    watch.runStartedAt = now
  }

  /// A run at a rate lasts as long as its requests take to come, though the last one need not wait for a next.
  mutating func endWatchingRun(_ sending: Sending) {
    watch.endRun()
    let coming = Int64(clamping: Int128(sending.count) * Int128(run.meanGap))
    watch.runLasted = max(now - watch.runStartedAt, coming)
  }
}
