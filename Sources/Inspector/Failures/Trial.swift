import Blueprint
import Simulator

/// A copy of a site on which something was broken, and which has had the time to settle.
public struct Trial: Sendable {
  public let simulation: Simulation
  /// What was done, to be typed again.
  public let commands: [String]

  /// As the site stands.
  public init(_ simulation: Simulation) {
    self.simulation = simulation
    commands = []
  }

  /// Breaks those, each with its fault or the usual one, and lets the site settle.
  public init(
    breaking failures: [Breakage.Plan], on simulation: Simulation, goOn: Simulation.GoOn = { _ in true }
  ) throws(Problem) {
    var copy = simulation
    var commands: [String] = []
    for failure in failures {
      do {
        _ = try copy.dare(.break(failure.target, failure.fault))
      } catch {
        // What is broken so already need not be broken again.
        guard case .brokenAlready = error else { throw error }
        continue
      }
      commands.append(failure.command)
    }
    let wait = simulation.topology.settlingTime
    _ = try copy.dare(.wait(wait), goOn: goOn)
    commands.append("wait \(wait.nanoseconds / 1_000_000_000)s")
    // A primary that waits for a replica finds out that there is none only when somebody writes.
    if copy.topology.database.replication == .semiSync {
      _ = try copy.dare(.send(Sending(mix: .only(.write))), goOn: goOn)
      _ = try copy.dare(.wait(wait), goOn: goOn)
      commands += ["send 1 write", "wait \(wait.nanoseconds / 1_000_000_000)s"]
    }
    self.simulation = copy
    self.commands = commands
  }

  /// The same, where no balancer of a large site asks its servers any more: once it has settled, their answers tell it
  /// nothing new, and they are most of what happens there. Under load they do: a server may be too busy to answer.
  func settled(for rate: Int64?) -> Trial {
    guard rate == nil, SpofSearch.isLarge(simulation.topology) else { return self }
    var copy = simulation
    for place in simulation.topology.balancers {
      let inter = Remedy.set(simulation.topology.hosts[place].name, "inter", .span(.seconds(3_600)))
      _ = try? copy.dare(inter.action)
    }
    return Trial(copy, after: commands)
  }

  private init(_ simulation: Simulation, after commands: [String]) {
    self.simulation = simulation
    self.commands = commands
  }

  /// Sends as many requests as it takes to meet everybody, or at a rate for a minute; or, one after the other, none
  /// after the first that fails.
  public func ask(
    _ kind: RequestKind, rate: Int64? = nil, stopsAtFailure: Bool = false,
    goOn: Simulation.GoOn = { _ in true }
  ) throws(Problem) -> Answered {
    var copy = simulation
    var sending = Trial.sending(kind, rate: rate, to: simulation)
    sending.isRecorded = false
    sending.endsAtFailure = stopsAtFailure
    let outcome = try copy.dare(.send(sending), goOn: goOn)
    guard let traffic = outcome.traffic else { throw .interrupted }
    let isCutShort = traffic.sent < sending.count
    sending.count = traffic.sent
    return Answered(
      kind: kind, sent: traffic.sent, failed: traffic.failed, isCutShort: isCutShort,
      window: Trial.shorterWindow(rate: rate, count: sending.count), traffic: traffic,
      work: copy.workDone - simulation.workDone, commands: commands + [sending.command])
  }

  /// What came back.
  public struct Answered: Sendable {
    public let kind: RequestKind
    public let sent: Int
    public let failed: Int
    /// Whether nothing was sent after the first failure, so that they say nothing of the share that fails.
    public let isCutShort: Bool
    /// How long was sent at a rate where it was less than a minute.
    public let window: Span?
    public let traffic: Traffic
    /// How much happened.
    let work: Int
    let commands: [String]

    public var evidence: Evidence {
      Evidence(["whatif \(commands.joined(separator: "; "))"], saw: saw)
    }

    public var saw: String { result + (windowWords.map { " in \($0)" } ?? "") }

    /// `10 of 10 writes got 500`, `10 of 10 reads answered`.
    public var result: String {
      let what = "\(kind.rawValue)\(kind == .static ? "" : "s")"
      guard failed > 0 else { return "\(sent) of \(sent) \(what) answered" }
      let ends = traffic.ends.filter { $0.end != .status(200) }.prefix(3).map { $0.end.words }
      return "\(failed) of \(sent) \(what) got \(ends.joined(separator: " or "))"
    }

    /// `26.667 s, not a whole minute`.
    public var windowWords: String? { window.map { "\(FactValue.span($0).text), not a whole minute" } }
  }

  // MARK: Sending

  /// A minute at a rate, but no more requests than can be waited for; then what was seen says so.
  static let mostAtRate = 40_000

  /// Nil where a minute was sent.
  static func shorterWindow(rate: Int64?, count: Int) -> Span? {
    guard let rate, rate > 0 else { return nil }
    let nanoseconds = Int64(clamping: Int128(count) * 1_000_000_000_000_000 / Int128(rate))
    return nanoseconds < 59_000_000_000 && count >= mostAtRate ? Span(nanoseconds: nanoseconds) : nil
  }

  static func sending(_ kind: RequestKind, rate: Int64?, to simulation: Simulation) -> Sending {
    let topology = simulation.topology
    var sending = Sending(count: topology.requestsInTurns(of: kind), mix: .only(kind))
    if let rate {
      sending.rate = rate
      sending.count = max(
        sending.count,
        Int(min(Int64(mostAtRate), rate.multipliedReportingOverflow(by: 60).partialValue / 1_000_000)))
    } else if kind != .static, let memory = simulation.longestPassingOver {
      sending.spread(over: memory, applications: topology.sharedApplications.count)
    }
    // Where the choice hangs on who asks, or for what, many ask for many things.
    let several = min(64, 8 * max(1, topology.backends.count))
    switch topology.algorithm {
    case .source: sending.sources = (1...several).map { IPv4(198, 51, 100, UInt8($0)) }
    case .uri: sending.paths = (1...several).map { "/page-\($0)" }
    case .roundrobin, .staticRR, .leastconn, .first, .random: break
    }
    sending.count = max(sending.count, max(sending.sources.count, sending.paths.count))
    return sending
  }
}

extension Breakage {
  /// What is to be broken; the usual fault where none is named.
  public struct Plan: Equatable, Sendable {
    public let target: Breakable
    public let fault: Fault?

    public init(_ target: Breakable, _ fault: Fault? = nil) {
      self.target = target
      self.fault = fault
    }

    public var command: String { "break \(target.text)" + (fault.map { " \($0.words)" } ?? "") }
  }
}

extension Fault {
  /// As `break` says it, with how slow.
  var words: String {
    if case .slow(let span) = self { return "slow \(span.command)" }
    return text
  }
}

extension Record.End {
  /// `503`, `no connection`, `no answer`.
  var words: String {
    switch self {
    case .status(let status): "\(status)"
    case .refused: "no connection"
    case .timeout: "no answer"
    }
  }
}

extension Sending {
  /// An application that an nginx passes over is asked again after a while: what comes of that is seen over several such
  /// whiles, not in one moment of one. Not as regular as checks, which would then meet the same application each time;
  /// and so slowly that nobody has much to do.
  fileprivate mutating func spread(over memory: Span, applications: Int) {
    let calm = Int128(applications) * 1_310_000
    let nanoseconds = max(1, Int128(memory.nanoseconds) * 6)
    let scale: Int128 = 1_000_000_000_000_000
    count = max(count, Int(min(10_000, (nanoseconds * calm / scale + 9) / 10 * 10)))
    rate = Int64(min(calm, max(1, Int128(count) * scale / nanoseconds)))
  }

  /// In millionths a second, exactly: `150/s`, `0.000001/s`.
  static func text(ofRate rate: Int64) -> String {
    let digits = "\(rate % 1_000_000)"
    var rest = String(repeating: "0", count: 6 - digits.count) + digits
    while rest.hasSuffix("0") { rest.removeLast() }
    return "\(rate / 1_000_000)\(rest.isEmpty ? "" : ".\(rest)")/s"
  }

  /// As it would be typed.
  var command: String {
    var words = ["send", "\(count)"]
    if let kind = mix.single { words.append(kind.rawValue) }
    if let rate { words += ["rate", Sending.text(ofRate: rate)] }
    if sources != [.someUser] { words += ["from", sources.map { $0.text }.joined(separator: ",")] }
    if !paths.isEmpty { words += ["to", paths.joined(separator: ",")] }
    return words.joined(separator: " ")
  }
}
