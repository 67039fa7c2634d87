import Simulator
import Testing

@testable import Shell

/// A single queue with Poisson arrivals and exponential service times, compared with queueing theory.
@Suite struct QueueingTests {
  /// Returns the mean wait for a worker in ms, by Erlang's formula for M/M/c and a service time of 10 ms.
  private static func erlang(workers: Int, load: Double) -> Double {
    let offered = load * Double(workers)
    var term = 1.0
    var sum = 1.0
    for k in 1..<max(2, workers) where k < workers {
      term *= offered / Double(k)
      sum += term
    }
    let last = term * offered / Double(workers) / (1 - load)
    return last / (sum + last) * 10 / (Double(workers) * (1 - load))
  }

  /// Sends requests on a site where only the application takes time. Returns the application's statistics.
  private static func run(workers: Int, load: Double, seed: Int, requests: Int) -> ComponentStatistics? {
    let rate = Int((load * Double(workers) * 100).rounded())
    var session = Tutor(
      "new; add server s1; set lb-1 cost 0; set s1.nginx cost 0; set s1.mysql cost 0",
      "set s1.app cost 10ms; set s1.app workers \(workers); set s1.app blocking off",
      "set s1.app queue 1000000; set lb-1 timeout-server 1h; set site patience 1h",
      "set site service exponential; set site seed \(seed)", "send \(requests) read rate \(rate)/s")
    _ = session.do("stats")
    return session.loadedSite.simulation.statistics.first { $0.address.text == "s1.app" }
  }

  // The seeds are arbitrary. With a million requests at a load of 0.95, the error is one to three per cent.
  @Test(arguments: [(1, 0.6, 2), (1, 0.8, 1), (1, 0.95, 4), (4, 0.6, 4), (4, 0.9, 2), (4, 0.95, 4)])
  func `the mean wait agrees with Erlang's formula`(_ workers: Int, _ load: Double, _ seed: Int) throws {
    let statistics = try #require(
      QueueingTests.run(workers: workers, load: load, seed: seed, requests: 1_000_000))
    let expected = QueueingTests.erlang(workers: workers, load: load)
    let seen = statistics.meanWait.milliseconds
    #expect(abs(seen / expected - 1) < 0.03, "\(seen) ms, expected \(expected) ms")
    // The utilisation must equal the offered load.
    #expect(abs(Double(statistics.utilisation) / 1_000 - load) < 0.01)
  }

  @Test(arguments: 1...6) func `Little's law holds at every component`(_ seed: Int) {
    var session = Tutor(
      "new; add server s1; add server s2; add server s3 weight 2", "set site service exponential",
      "set site seed \(seed); set database reads any", "send 5000 mix rate \(seed * 150)/s; wait 10s")
    _ = session.do("stats")
    let seconds = session.loadedSite.simulation.time.milliseconds / 1_000
    for component in session.loadedSite.simulation.statistics
    where component.served > 0 && component.address.component != .app {
      // Little's law: the mean number of requests is the arrival rate times the mean time per request.
      let service =
        Double(component.utilisation) / 1_000 * Double(component.workers) * seconds / Double(component.served)
      let arrivals = Double(component.served) / seconds
      let stay = component.meanWait.milliseconds / 1_000 + service
      #expect(abs(component.meanCallsInFlight - arrivals * stay) < 0.001 * Double(component.workers) + 0.002)
    }
  }
}
