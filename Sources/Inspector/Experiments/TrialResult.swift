import Blueprint
import Simulator

/// The results of the requests that a trial sent.
public struct TrialResult: Sendable {
  public let kind: RequestKind
  public private(set) var sent = 0
  public private(set) var failed = 0
  /// Whether sending ended at the first failure, so that the share of failures is unknown.
  public private(set) var isCutShort = false
  /// The time for which requests were sent at a rate, if the limit on requests made it less than a minute;
  /// otherwise nil.
  public private(set) var window: Span?
  /// How many requests failed with each outcome.
  private var ends: [Traffic.EndCount] = []
  /// The number of simulation steps of the trial.
  private(set) var work = 0
  private var commands: [String]
  /// Whether the requests were sent when the injected restart was over.
  private let isAfterRestart: Bool

  init(kind: RequestKind, commands: [String], isAfterRestart: Bool) {
    self.kind = kind
    self.commands = commands
    self.isAfterRestart = isAfterRestart
  }

  // MARK: Evidence

  public var evidence: Evidence {
    Evidence(["whatif \(commands.joined(separator: "; "))"], observation: observation)
  }

  public var observation: String {
    summary + (isAfterRestart ? " after the restart" : "") + (windowWords.map { " in \($0)" } ?? "")
  }

  /// The result in words: `10 of 10 writes got 500`, `10 of 10 reads answered`.
  public var summary: String {
    let subject = "\(kind.rawValue)\(kind == .static ? "" : "s")"
    guard failed > 0 else { return "\(sent) of \(sent) \(subject) answered" }
    let words = ends.prefix(3).map { $0.end.textForUsers }
    return "\(failed) of \(sent) \(subject) got \(words.joined(separator: " or "))"
  }

  /// The window in words: `26.667 s instead of a minute`.
  public var windowWords: String? {
    window.map { "\(NumberText.text(seconds: Double($0.nanoseconds) / 1e9)) instead of a minute" }
  }

  // MARK: Recording

  /// Waits until nginx retries the first of the failed applications or, with `last`, the last one.
  ///
  /// It does not wait at all if that would take longer than `Topology.longestSettling`.
  mutating func waitForRetry(
    last: Bool, on copy: inout Simulation, _ shouldContinue: Simulation.ContinueCheck
  ) throws(Problem) {
    guard let pause = copy.timeUntilRetry(last: last), pause <= Topology.longestSettling else { return }
    let wait = pause.roundedUpToMilliseconds
    _ = try copy.performInPlace(.wait(wait), shouldContinue: shouldContinue)
    commands.append("wait \(wait.command)")
  }

  mutating func send(
    _ sending: SendOptions, on copy: inout Simulation, _ shouldContinue: Simulation.ContinueCheck
  ) throws(Problem) {
    let outcome = try copy.performInPlace(.send(sending), shouldContinue: shouldContinue)
    guard let traffic = outcome.traffic else { throw .interrupted }
    sent += traffic.sent
    failed += traffic.failed
    isCutShort = traffic.sent < sending.count
    ends = traffic.ends.filter { $0.end != .status(200) }
    var typedSending = sending
    typedSending.count = traffic.sent
    commands.append(typedSending.command)
  }

  mutating func finish(rate: Int64?, work: Int) {
    window = TrialResult.shorterWindow(rate: rate, count: sent)
    self.work = work
  }

  /// Returns the time for which requests were sent at a rate, if the limit on requests made it less than a
  /// minute; otherwise nil.
  private static func shorterWindow(rate: Int64?, count: Int) -> Span? {
    guard let rate, rate > 0 else { return nil }
    let nanoseconds = Int64(clamping: Int128(count) * 1_000_000_000_000_000 / Int128(rate))
    let isShorter = nanoseconds < 59_000_000_000 && count >= SendOptions.mostAtRate
    return isShorter ? Span(nanoseconds: nanoseconds) : nil
  }
}
