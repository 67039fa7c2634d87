import Blueprint

/// Handles the scheduled events in order of time.
enum EventLoop {
  /// The number of events between two calls of `shouldContinue`.
  private static let eventsPerCheck = 16_384

  /// Advances the time to `limit`, and handles all events until then.
  static func advance(
    to limit: Int64, in site: inout SiteState, _ shouldContinue: (Double) -> Bool
  ) throws(Problem) {
    let start = site.clock.now
    var left = eventsPerCheck
    while let time = site.clock.nextTime, time <= limit {
      step(in: &site)
      left -= 1
      if left == 0 {
        left = eventsPerCheck
        let done = limit > start ? Double(site.clock.now - start) / Double(limit - start) : 1
        guard shouldContinue(done) else { throw .interrupted }
      }
    }
    site.clock.advance(to: limit)
  }

  /// Handles events until every request of the run has ended.
  static func finishRun(in site: inout SiteState, _ shouldContinue: (Double) -> Bool) throws(Problem) {
    var left = eventsPerCheck
    while site.records.tally.open > 0, !site.clock.isEmpty {
      step(in: &site)
      left -= 1
      if left == 0 {
        left = eventsPerCheck
        guard shouldContinue(site.run.progress) else { throw .interrupted }
      }
    }
  }

  /// The longest wait for a server to be marked UP or DOWN: an hour.
  private static let longestWait: Int64 = 3_600_000_000_000

  /// Handles events until the serving balancer marks the server UP or DOWN.
  static func wait(
    until name: String, isUp: Bool, in site: inout SiteState, _ shouldContinue: (Double) -> Bool
  ) throws(Problem) {
    let host = site.host(named: name)
    guard host.exists else { throw .unknownHost(name) }
    let b = site.servingBalancer
    guard let entry = site.balancers.entry(for: host, of: b) else { throw .notAServer(name) }
    guard site[b].settings.check != .off else { throw .noChecks }
    let start = site.clock.now
    let limit = start + longestWait
    var left = 4_096
    while site[b].server(entry).isDown == isUp {
      guard let time = site.clock.nextTime, time <= limit else { throw .statusNotReached(name, isUp: isUp) }
      step(in: &site)
      left -= 1
      if left == 0 {
        left = 4_096
        guard shouldContinue(Double(site.clock.now - start) / Double(longestWait)) else { throw .interrupted }
      }
    }
  }

  /// Handles the next event. There must be one.
  @inline(__always)
  static func step(in site: inout SiteState) {
    let event = site.clock.next()
    Dispatcher.dispatch(event, in: &site)
  }

  /// The latest time on a site's clock: a century.
  private static let timeLimit: Int64 = 100 * 365 * 86_400 * 1_000_000_000

  /// Throws if the clock would exceed its latest time after `more` nanoseconds.
  static func checkTime(_ more: Int64, in site: SiteState) throws(Problem) {
    guard more <= timeLimit, site.clock.now <= timeLimit - more else { throw .timeLimitReached }
  }
}
