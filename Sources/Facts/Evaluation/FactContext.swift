import Simulator

/// The site on which facts are evaluated, and everything needed for experiments on it.
public struct FactContext: Sendable {
  public var current: Simulation
  /// The site at the beginning of the task, for `start.primary`, or nil if there is no task.
  public var start: Simulation?
  /// The names of the events seen so far, for `seen(request.failed)`.
  public var seen: [String]
  /// The targets whose faults are hidden by fog, or were hidden by it.
  public var hidden: [String]
  /// Runs commands on a copy of the simulation.
  public var run: @Sendable (Simulation, String) -> FactRun
  public var shouldContinue: @Sendable (Double) -> Bool
  /// The stored values of facts on this site, if a memory is kept.
  public var memory: FactMemory?

  public init(
    current: Simulation, start: Simulation? = nil, seen: [String] = [], hidden: [String] = [],
    run: @escaping @Sendable (Simulation, String) -> FactRun,
    shouldContinue: @escaping @Sendable (Double) -> Bool = { _ in true }
  ) {
    self.current = current
    self.start = start
    self.seen = seen
    self.hidden = hidden
    self.run = run
    self.shouldContinue = shouldContinue
  }
}

/// The result of running commands on a copy.
public struct FactRun: Sendable {
  /// The reply to the last command, or nil if a command was refused.
  public let reply: FactReply?
  /// The simulation after the last command, or nil if a command was refused.
  public let after: Simulation?
  /// The reason why a command was refused, or nil if none was.
  public let refusal: String?

  public init(reply: FactReply, after: Simulation) {
    self.reply = reply
    self.after = after
    refusal = nil
  }

  public init(refusal: String) {
    reply = nil
    after = nil
    self.refusal = refusal
  }
}
