import CReference

/// Part (a): a million requests, compared with the same model in C, and in SimPy if it is installed.
enum RequestBenchmark {
  private static let rounds = 15
  /// The most requests for SimPy. The comparison uses the time for one request.
  private static let mostForSimPy = 20_000

  /// Prints the results. Returns whether Tripod and the C program agree.
  static func report(_ requests: Int) -> Bool {
    print("(a) \(requests.numberText) requests: two servers, a primary, a replica;")
    print("    best of \(rounds) rounds in turns\n")
    let simPy = SimPy(requests: min(requests, mostForSimPy))
    var tripod: [ModelRun] = []
    var c: [ModelRun] = []
    var python: [ModelRun] = []
    for round in 1...rounds {
      var site = BenchmarkSite(seed: round)
      tripod.append(site.send(requests))
      c.append(reference(requests, seed: round))
      if let sample = simPy?.run(seed: round) { python.append(sample) }
    }
    row("", ("requests/s", 12), ("mean", 10), ("p99", 10), ("Tripod's time", 17))
    line("Tripod", tripod, against: nil)
    line("C, for this one site", c, against: tripod)
    if let simPy { line("SimPy \(simPy.version)", python, against: tripod) }
    if simPy == nil { print("  SimPy: not here; `pip install simpy` for python3 is how one gets it") }
    return agreement(of: tripod, and: c)
  }

  private static func reference(_ requests: Int, seed: Int) -> ModelRun {
    var result = reference_result()
    let time = seconds { result = reference_run(Int64(requests), UInt64(seed)) }
    guard result.answered == requests else { stop("the C program lost requests") }
    return ModelRun(
      seconds: time, requests: requests, mean: result.mean / 1e6, p99: Double(result.p99) / 1e6)
  }

  private static func line(_ name: String, _ samples: [ModelRun], against tripod: [ModelRun]?) {
    row(
      name, ((1 / samples.best).numberText(0), 12), (samples.mean.latencyText, 10),
      (samples.p99.latencyText, 10),
      (tripod.map { $0.best.ratioText(samples.best) } ?? "", 17))
  }

  private static func agreement(of tripod: [ModelRun], and c: [ModelRun]) -> Bool {
    let mean = abs(tripod.mean / c.mean - 1) * 100
    let p99 = abs(tripod.p99 / c.p99 - 1) * 100
    let agrees = mean <= 3 && p99 <= 3
    print("\n  Tripod and C \(agrees ? "agree" : "DISAGREE"): ", terminator: "")
    print("mean within \(mean.numberText(2)) %, p99 within \(p99.numberText(2)) % (3 % allowed)\n")
    return agrees
  }
}
