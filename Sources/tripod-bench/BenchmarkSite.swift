import Inspector
import Shell

/// The site of part (a): two applications behind a balancer that takes no time, a primary and a replica.
struct BenchmarkSite {
  static let commands = """
    new
    add server s1 weight 3 with nginx,app,files
    add server s2 weight 2 with nginx,app,files
    add server d1 with mysql
    add server d2 with mysql
    set lb-1 cost 0
    set s1.nginx cost 0
    set s2.nginx cost 0
    set s1.app cost 10ms
    set s2.app cost 10ms
    set s1.app blocking off
    set s2.app blocking off
    set d1 cost 18.75ms
    set d1 workers 2
    set d2 cost 6.25ms
    set d2 workers 4
    set database reads replica
    set site service exponential
    """

  static func send(_ requests: Int) -> String { "send \(requests) mix read=90 write=10 rate 533.33/s" }

  private var session: Tutor

  init(commands: [String]) {
    session = Tutor(designs: [])
    for line in commands { _ = obey(line) }
  }

  init(seed: Int, and more: [String] = []) {
    self.init(commands: BenchmarkSite.commands.split(separator: "\n").map(String.init) + more)
    _ = obey("set site seed \(seed)")
  }

  /// Sends the requests, and measures the time from the command line to the reply.
  mutating func send(_ requests: Int) -> ModelRun {
    var answer: Reply?
    let time = seconds { answer = self.reply(to: BenchmarkSite.send(requests)) }
    let reply = answer?.json ?? .null
    return ModelRun(
      seconds: time, requests: requests,
      mean: BenchmarkSite.thousandths(reply["latency_ms"]?["mean"]) / 1_000,
      p99: BenchmarkSite.thousandths(reply["latency_ms"]?["p99"]) / 1_000,
      failed: BenchmarkSite.integer(reply["failed"]))
  }

  mutating func obey(_ line: String) -> JSON { reply(to: line).json }

  private mutating func reply(to line: String) -> Reply {
    let reply = session.obey(line)
    if let failure = reply.failure { stop("\(line): \(failure.message)") }
    return reply
  }

  private static func thousandths(_ value: JSON?) -> Double {
    if case .thousandths(let number) = value { Double(number) } else { .nan }
  }

  static func integer(_ value: JSON?) -> Int {
    if case .integer(let number) = value { number } else { 0 }
  }
}
