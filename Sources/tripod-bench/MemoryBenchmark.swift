import Glibc

/// Part (e): the memory of many requests, and a site of many servers, each in a process of its own.
struct Memory {
  private static let servers = 10_000

  private let requests: Int
  private let one: Child.Ending?
  private let many: Child.Ending?
  private let build: Double
  private let sent: Int
  private let sending: Double
  private let large: Child.Ending?

  init(requests: Int) {
    self.requests = requests
    one = Memory.run(Site.commands + "\n" + Site.send(1))
    many = Memory.run(Site.commands + "\n" + Site.send(requests))
    sent = requests / 100
    (build, sending, large) = Memory.runLargeSite(sending: sent)
  }

  private static func run(_ script: String) -> Child.Ending? {
    Child([Tripod.path, "run", "-"], input: script, output: .nowhere, error: .nowhere)?.wait()
  }

  /// The time until the last server has its answer, and from there to the end.
  private static func runLargeSite(sending: Int) -> (Double, Double, Child.Ending?) {
    let lines =
      ["new"] + (1...servers).map { "add server s\($0) weight 2" } + ["send \(sending) rate 1000/s"]
    let start = now
    let child = Child(
      [Tripod.path, "run", "-"], input: lines.joined(separator: "\n"), output: .read, error: .nowhere)
    guard let child else { return (.nan, .nan, nil) }
    child.read(lines: 1 + servers)
    let built = now
    _ = child.readAll()
    let ending = child.wait()
    return (built - start, now - built, ending)
  }

  func report() {
    print("(e) a process of its own, `tripod run -`\n")
    guard let one, let many, let large else { return print("  \(Tripod.missing)\n") }
    line("1 request of (a)", one)
    line("\(requests.words) requests of (a)", many)
    let pace = "built in \(build.words(1)) s, \(sent.words) sent in \(sending.words(1)) s"
    line("\(Memory.servers.words) servers: \(pace)", large)
    print("")
  }

  private func line(_ name: String, _ ending: Child.Ending) {
    let peak = "peak \((Double(ending.peak) / 1_048_576).words(1)) MB"
    print("  " + name.left(56) + peak.right(18) + (ending.status == 0 ? "" : "  (exit \(ending.status))"))
  }
}
