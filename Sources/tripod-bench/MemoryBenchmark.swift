import Glibc

/// Part (e): the memory for many requests, and for a site of many servers, each in a separate process.
struct MemoryBenchmark {
  private static let servers = 10_000

  private let requests: Int
  private let singleRequestRun: ChildProcess.ProcessResult?
  private let manyRequestsRun: ChildProcess.ProcessResult?
  private let buildSeconds: Double
  private let sentRequests: Int
  private let sending: Double
  private let largeSiteRun: ChildProcess.ProcessResult?

  init(requests: Int) {
    self.requests = requests
    singleRequestRun = MemoryBenchmark.run(BenchmarkSite.commands + "\n" + BenchmarkSite.send(1))
    manyRequestsRun = MemoryBenchmark.run(BenchmarkSite.commands + "\n" + BenchmarkSite.send(requests))
    sentRequests = requests / 100
    (buildSeconds, sending, largeSiteRun) = MemoryBenchmark.runLargeSite(sending: sentRequests)
  }

  private static func run(_ script: String) -> ChildProcess.ProcessResult? {
    ChildProcess([TripodProgram.path, "run", "-"], input: script, output: .nowhere, error: .nowhere)?.wait()
  }

  /// Returns the time to build the site, the time to send the requests, and the result of the process.
  private static func runLargeSite(sending: Int) -> (Double, Double, ChildProcess.ProcessResult?) {
    let lines =
      ["new"] + (1...servers).map { "add server s\($0) weight 2" } + ["send \(sending) rate 1000/s"]
    let start = now
    let child = ChildProcess(
      [TripodProgram.path, "run", "-"], input: lines.joined(separator: "\n"), output: .read, error: .nowhere)
    guard let child else { return (.nan, .nan, nil) }
    child.read(lines: 1 + servers)
    let buildEnd = now
    _ = child.readAll()
    let result = child.wait()
    return (buildEnd - start, now - buildEnd, result)
  }

  func report() {
    print("(e) a process of its own, `tripod run -`\n")
    guard let singleRequestRun, let manyRequestsRun, let largeSiteRun else {
      return print("  \(TripodProgram.missingMessage)\n")
    }
    line("1 request of (a)", singleRequestRun)
    line("\(requests.numberText) requests of (a)", manyRequestsRun)
    let timing =
      "built in \(buildSeconds.numberText(1)) s, \(sentRequests.numberText) sent in \(sending.numberText(1)) s"
    line("\(MemoryBenchmark.servers.numberText) servers: \(timing)", largeSiteRun)
    print("")
  }

  private func line(_ name: String, _ result: ChildProcess.ProcessResult) {
    let peak = "peak \((Double(result.peak) / 1_048_576).numberText(1)) MB"
    print(
      "  " + name.leftAligned(56) + peak.rightAligned(18)
        + (result.status == 0 ? "" : "  (exit \(result.status))"))
  }
}
