import Simulator

/// What facts are asked about.
public struct FactWorld: Sendable {
  public var now: Simulation
  /// When the task began: `start.primary`.
  public var start: Simulation?
  /// The names of what has been seen so far: `seen(request.failed)`.
  public var seen: [String]
  /// What fog hides, or has hidden.
  public var hidden: [String]
  /// Obeys commands on a copy of the simulation.
  public var run: @Sendable (Simulation, String) -> FactRun
  public var goOn: @Sendable (Double) -> Bool
  /// What has been found out here already, where somebody keeps it.
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

/// What commands on a copy brought about.
public struct FactRun: Sendable {
  /// The last reply, and the simulation after it; nil where a command was refused.
  public let reply: FactReply?
  public let after: Simulation?
  /// Why the first refused command was refused.
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
