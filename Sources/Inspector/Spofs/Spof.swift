import Blueprint
import Simulator

/// A target whose failure alone makes some kind of request fail.
public struct Spof: Sendable {
  /// The name of the host, component or link.
  public let component: String
  /// What came of the requests after it had failed, for each kind of which some failed.
  public let answers: [TrialResult]
  /// The target that was broken instead, because there were too many to break each. Both are built alike.
  public let like: String?

  init(component: String, answers: [TrialResult], like: String? = nil) {
    self.component = component
    self.answers = answers
    self.like = like
  }

  public var kinds: [RequestKind] { answers.map { $0.kind } }
  public var isLink: Bool { Breakable.ends(of: component) != nil }
  /// Whether all requests were sent after the failure, so that the share of failures is known.
  public var isWhole: Bool { like == nil && answers.allSatisfy { !$0.isCutShort } }

  public var evidence: Evidence {
    let saw = answers.map { $0.saw }.joined(separator: ", ")
    return Evidence(
      answers.flatMap { $0.evidence.commands },
      saw: like.map { "not broken itself, but built like \($0): \(saw)" } ?? saw)
  }
}

/// What a search for SPOFs found.
public struct SpofReport: Sendable {
  public let spofs: [Spof]
  /// The kinds of request that fail even without a further failure, once the site has settled. For them, no SPOF can be
  /// named.
  public let failing: [TrialResult]
  /// How many targets there are, and how many of them were broken on a copy.
  public let candidates: Int
  public let tried: Int
  /// For how many targets nothing is known, because there were too many that are not built alike.
  public let unknown: Int

  /// How many SPOFs were named without being broken themselves.
  public var concluded: Int { spofs.count { $0.like != nil } }

  /// The kinds of request that fail already.
  var failingKinds: [RequestKind] { failing.map { $0.kind } }
}
