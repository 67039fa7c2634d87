import Inspector
import Simulator

/// What an earlier session did to its site, step by step, so that another one can go on with it.
public struct LeftSite: Equatable, Sendable {
  /// The seed of the site, if one was given.
  public var seed: UInt64?
  public var steps: [LeftStep]

  public struct LeftStep: Equatable, Sendable {
    public var command: String
    /// The files that it read, as they were then.
    public var files: [Document]

    public init(_ command: String, files: [Document] = []) {
      self.command = command
      self.files = files
    }
  }

  public init(seed: UInt64? = nil, steps: [LeftStep]) {
    self.seed = seed
    self.steps = steps
  }
}
