import Inspector
import Simulator

/// The unfinished site of an earlier session, as the steps that rebuild it.
public struct UnfinishedSite: Equatable, Sendable {
  /// The seed of the site, if one was given.
  public var seed: UInt64?
  /// The design of the site after its last step.
  public var design: String
  public var steps: [RecordedStep]

  /// The design of a new session, before its first step.
  public static let firstDesign = "textbook"

  public struct RecordedStep: Equatable, Sendable {
    public var command: String
    /// The files that the step read, with the text that they had then.
    public var files: [Document]

    public init(_ command: String, files: [Document] = []) {
      self.command = command
      self.files = files
    }
  }

  public init(seed: UInt64? = nil, design: String = UnfinishedSite.firstDesign, steps: [RecordedStep]) {
    self.seed = seed
    self.design = design
    self.steps = steps
  }
}
