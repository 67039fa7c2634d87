import Blueprint
import Simulator

/// A copy of a site on which something was broken, and which has had the time to settle.
public struct Trial: Sendable {
  public let simulation: Simulation
  /// What was done, to be typed again.
  public let commands: [String]
  /// Whether servers pass their checks by turns: what users send can change whose turn it is.
  private let wavers: Bool

  /// As the site stands.
  public init(_ simulation: Simulation) {
    self.simulation = simulation
    commands = []
    wavers = false
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
    wavers = copy.checksWaver
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
    return Trial(copy, after: self)
  }

  private init(_ simulation: Simulation, after trial: Trial) {
    self.simulation = simulation
    commands = trial.commands
    wavers = trial.wavers
  }

  /// Sends as many requests as it takes to meet everybody, and looks for what those did not see; or sends at a rate for a
  /// minute; or, one after the other, none after the first that fails.
  public func ask(
    _ kind: RequestKind, rate: Int64? = nil, stopsAtFailure: Bool = false,
    goOn: Simulation.GoOn = { _ in true }
  ) throws(Problem) -> Answered {
    var copy = simulation
    var sending = Trial.sending(kind, rate: rate, to: simulation.topology)
    sending.isRecorded = false
    sending.endsAtFailure = stopsAtFailure
    var answered = Answered(kind: kind, commands: commands)
    let looksBehind = rate == nil && kind != .static
    if looksBehind { try answered.waitUntilAskedAgain(last: true, on: &copy, goOn) }
    try answered.send(sending, on: &copy, goOn)
    if looksBehind, answered.failed == 0, wavers || copy.mostUnanswering > 1 {
      try lookLonger(&answered, sending, on: &copy, goOn)
    }
    answered.window = Trial.shorterWindow(rate: rate, count: answered.sent)
    answered.work = copy.workDone - simulation.workDone
    return answered
  }

  /// Where several applications do not answer, or checks and users change whose turn it is, all hangs on who asks when:
  /// some traffic is sent, not as regular as checks are, and some just when an application is asked again.
  private func lookLonger(
    _ answered: inout Answered, _ sending: Sending, on copy: inout Simulation, _ goOn: Simulation.GoOn
  ) throws(Problem) {
    for most in Trial.calmRates where answered.failed == 0 {
      let calm = min(most, copy.calmRate)
      let count = Int(calm * Trial.calmSeconds / 1_000_000 / 10 * 10)
      var calmly = sending
      (calmly.rate, calmly.count) = (calm, count)
      if count > 0 { try answered.send(calmly, on: &copy, goOn) }
    }
    for last in [false, true] where answered.failed == 0 {
      try answered.waitUntilAskedAgain(last: last, on: &copy, goOn)
      try answered.send(sending, on: &copy, goOn)
    }
  }

  /// What came back.
  public struct Answered: Sendable {
    public let kind: RequestKind
    public private(set) var sent = 0
    public private(set) var failed = 0
    /// Whether nothing was sent after the first failure, so that they say nothing of the share that fails.
    public private(set) var isCutShort = false
    /// How long was sent at a rate where it was less than a minute.
    public fileprivate(set) var window: Span?
    /// How those ended that failed.
    private var ends: [Traffic.EndCount] = []
    /// How much happened.
    fileprivate(set) var work = 0
    fileprivate(set) var commands: [String]

    fileprivate init(kind: RequestKind, commands: [String]) {
      self.kind = kind
      self.commands = commands
    }

    /// An application that an nginx passes over is asked again after a while; nobody waits longer than for a site to settle.
    fileprivate mutating func waitUntilAskedAgain(
      last: Bool, on copy: inout Simulation, _ goOn: Simulation.GoOn
    ) throws(Problem) {
      guard let pause = copy.untilAskedAgain(last: last), pause <= Topology.longestSettling else { return }
      let wait = Span(nanoseconds: (pause.nanoseconds + 999_999) / 1_000_000 * 1_000_000)
      _ = try copy.dare(.wait(wait), goOn: goOn)
      commands.append("wait \(wait.command)")
    }

    fileprivate mutating func send(
      _ sending: Sending, on copy: inout Simulation, _ goOn: Simulation.GoOn
    ) throws(Problem) {
      let outcome = try copy.dare(.send(sending), goOn: goOn)
      guard let traffic = outcome.traffic else { throw .interrupted }
      sent += traffic.sent
      failed += traffic.failed
      isCutShort = traffic.sent < sending.count
      ends = traffic.ends.filter { $0.end != .status(200) }
      var typed = sending
      typed.count = traffic.sent
      commands.append(typed.command)
    }

    public var evidence: Evidence {
      Evidence(["whatif \(commands.joined(separator: "; "))"], saw: saw)
    }

    public var saw: String { result + (windowWords.map { " in \($0)" } ?? "") }

    /// `10 of 10 writes got 500`, `10 of 10 reads answered`.
    public var result: String {
      let what = "\(kind.rawValue)\(kind == .static ? "" : "s")"
      guard failed > 0 else { return "\(sent) of \(sent) \(what) answered" }
      let words = ends.prefix(3).map { $0.end.words }
      return "\(failed) of \(sent) \(what) got \(words.joined(separator: " or "))"
    }

    /// `26.667 s, not a whole minute`.
    public var windowWords: String? { window.map { "\(FactValue.span($0).text), not a whole minute" } }
  }

  // MARK: Sending

  /// Requests a second, in millionths, and for how long: two rates that keep step neither with each other nor with checks.
  private static let calmRates: [Int64] = [2_620_000, 1_370_000]
  private static let calmSeconds: Int64 = 60

  /// A minute at a rate, but no more requests than can be waited for; then what was seen says so.
  static let mostAtRate = 40_000

  /// Nil where a minute was sent.
  static func shorterWindow(rate: Int64?, count: Int) -> Span? {
    guard let rate, rate > 0 else { return nil }
    let nanoseconds = Int64(clamping: Int128(count) * 1_000_000_000_000_000 / Int128(rate))
    return nanoseconds < 59_000_000_000 && count >= mostAtRate ? Span(nanoseconds: nanoseconds) : nil
  }

  static func sending(_ kind: RequestKind, rate: Int64?, to topology: Topology) -> Sending {
    var sending = Sending(count: topology.requestsInTurns(of: kind), mix: .only(kind))
    if let rate {
      sending.rate = rate
      sending.count = max(
        sending.count,
        Int(min(Int64(mostAtRate), rate.multipliedReportingOverflow(by: 60).partialValue / 1_000_000)))
    }
    // Where the choice hangs on who asks, or for what, many ask for many things.
    let several = min(64, 8 * max(1, topology.backends.count))
    switch topology.algorithm.traits.hashes {
    case .address: sending.sources = (1...several).map { IPv4(198, 51, 100, UInt8($0)) }
    case .path: sending.paths = (1...several).map { "/page-\($0)" }
    case nil: break
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

    public var command: String { "break \(target.text)" + (fault.map { " \($0.command)" } ?? "") }
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
  /// As it would be typed.
  var command: String {
    var words = ["send", "\(count)"]
    if let kind = mix.single { words.append(kind.rawValue) }
    if let rate { words += ["rate", Rate.command(rate)] }
    if sources != [.someUser] { words += ["from", sources.map { $0.text }.joined(separator: ",")] }
    if !paths.isEmpty { words += ["to", paths.joined(separator: ",")] }
    return words.joined(separator: " ")
  }
}
