/// Part (b): the requests of part (a) while a component is down.
enum FaultBenchmark {
  private static let rounds = 5

  static func report(_ requests: Int) {
    // In a shorter run, the fault lasts for the same share of the run.
    let down = 600 * requests / 1_000_000
    let repaired = down + down / 10
    print("(b) the same with checks every 2 s, redispatch, and s2's application down")
    print("    from \(down) s to \(repaired) s; best of \(rounds) rounds in turns\n")
    let commands = [
      "set lb-1 check http", "set lb-1 check-path app", "set lb-1 inter 2s", "set lb-1 redispatch on",
      "at \(down)s break s2.app crash", "at \(repaired)s repair s2.app",
    ]
    var plain: [ModelRun] = []
    var faulty: [ModelRun] = []
    for round in 1...rounds {
      var site = BenchmarkSite(seed: round)
      plain.append(site.send(requests))
      var faultySite = BenchmarkSite(seed: round, and: commands)
      faulty.append(faultySite.send(requests))
    }
    row("", ("requests/s", 12), ("mean", 10), ("failed", 10), ("time", 17))
    line("Tripod, as in (a)", plain, "")
    line("Tripod, with the fault", faulty, faulty.best.ratioText(plain.best))
    print("")
  }

  private static func line(_ name: String, _ samples: [ModelRun], _ ratio: String) {
    let failed = samples.map { Double($0.failed) }.reduce(0, +)
    let sent = samples.map { Double($0.requests) }.reduce(0, +)
    row(
      name, ((1 / samples.best).numberText(0), 12), (samples.mean.latencyText, 10),
      ((100 * failed / sent).numberText(1) + " %", 10), (ratio, 17))
  }
}
