import Glibc

/// Part (e): the memory for many requests, and for a site of many servers, each in a separate process.
struct MemoryBenchmark {
  private static let servers = 10_000

  private let requests: Int
  private let one: ChildProcess.ProcessResult?
  private let many: ChildProcess.ProcessResult?
  private let build: Double
  private let sent: Int
  private let sending: Double
  private let large: ChildProcess.ProcessResult?

  init(requests: Int) {
    self.requests = requests
    one = MemoryBenchmark.run(BenchmarkSite.commands + "\n" + BenchmarkSite.send(1))
    many = MemoryBenchmark.run(BenchmarkSite.commands + "\n" + BenchmarkSite.send(requests))
    sent = requests / 100
    (build, sending, large) = MemoryBenchmark.runLargeSite(sending: sent)
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
    let built = now
    _ = child.readAll()
    let ending = child.wait()
    return (built - start, now - built, ending)
  }

  func report() {
    print("(e) a process of its own, `tripod run -`\n")
    guard let one, let many, let large else { return print("  \(TripodProgram.missing)\n") }
    line("1 request of (a)", one)
    line("\(requests.words) requests of (a)", many)
    let pace = "built in \(build.words(1)) s, \(sent.words) sent in \(sending.words(1)) s"
    line("\(MemoryBenchmark.servers.words) servers: \(pace)", large)
    print("")
  }

  private func line(_ name: String, _ ending: ChildProcess.ProcessResult) {
    let peak = "peak \((Double(ending.peak) / 1_048_576).words(1)) MB"
    print("  " + name.left(56) + peak.right(18) + (ending.status == 0 ? "" : "  (exit \(ending.status))"))
  }
}
