import Glibc

/// Part (c): the time from start to exit, compared with a program that is known to start fast.
///
/// The benchmark runs a copy of the program, because a file just written by the linker takes longer to map.
enum StartBenchmark {
  static func report(times: Int) {
    print("(c) from start to exit, \(times) of each in turns\n")
    let installed = "/tmp/tripod-bench-\(getpid())"
    defer { unlink(installed) }
    let tripod = [installed, "-c", "send 10"]
    let sqlite = ["sqlite3", ":memory:", "select 1"]
    guard succeeds(["cp", TripodProgram.path, installed]), succeeds(tripod) else {
      return print("  \(TripodProgram.missingMessage)\n")
    }
    let hasSQLite = succeeds(sqlite)
    var tripodTimes: [Double] = []
    var sqliteTimes: [Double] = []
    for _ in 0..<times {
      tripodTimes.append(seconds { _ = succeeds(tripod) })
      if hasSQLite { sqliteTimes.append(seconds { _ = succeeds(sqlite) }) }
    }
    row("", ("best", 12), ("median", 10))
    line("tripod -c 'send 10'", tripodTimes)
    guard hasSQLite else { return print("  sqlite3: not here; `apt-get install sqlite3`\n") }
    line("sqlite3 :memory: 'select 1'", sqliteTimes)
    row(
      "tripod : sqlite3", (tripodTimes.best.ratioText(sqliteTimes.best), 12),
      (tripodTimes.median.ratioText(sqliteTimes.median), 10))
    print("")
  }

  private static func line(_ name: String, _ times: [Double]) {
    row(name, (times.best.milliseconds, 12), (times.median.milliseconds, 10))
  }

  private static func succeeds(_ words: [String]) -> Bool {
    guard let child = ChildProcess(words, output: .nowhere, error: .nowhere) else { return false }
    return child.wait().status == 0
  }
}

extension [Double] {
  fileprivate var best: Double { self.min() ?? .nan }
  fileprivate var median: Double { isEmpty ? .nan : sorted()[count / 2] }
}
