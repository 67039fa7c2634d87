import Simulator

/// The site that facts are evaluated on, and what is needed to experiment with it.
public struct FactWorld: Sendable {
  public var now: Simulation
  /// The site when the task began, for `start.primary`.
  public var start: Simulation?
  /// The names of the events seen so far, for `seen(request.failed)`.
  public var seen: [String]
  /// What the fog hides, or hid.
  public var hidden: [String]
  /// Runs commands on a copy of the simulation.
  public var run: @Sendable (Simulation, String) -> FactRun
  public var goOn: @Sendable (Double) -> Bool
  /// Facts that are already known here, if a memory is kept.
  public var memory: FactMemory?

  public init(
    now: Simulation, start: Simulation? = nil, seen: [String] = [], hidden: [String] = [],
    run: @escaping @Sendable (Simulation, String) -> FactRun,
    goOn: @escaping @Sendable (Double) -> Bool = { _ in true }
  ) {
    self.now = now
    self.start = start
    self.seen = seen
    self.hidden = hidden
    self.run = run
    self.goOn = goOn
  }
}

/// The result of running commands on a copy.
public struct FactRun: Sendable {
  /// The last reply; nil if a command was refused.
  public let reply: FactReply?
  /// The simulation after the last command; nil if a command was refused.
  public let after: Simulation?
  /// Why a command was refused.
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
