import Blueprint
import Simulator

/// A target whose failure alone makes a kind of request fail.
public struct Spof: Sendable {
  /// The name of the host, component or link.
  public let component: String
  /// The results of the requests after the failure, for each kind of which some failed.
  public let answers: [TrialResult]
  /// The target that was broken in place of this one, because there were too many targets. Both are built
  /// alike.
  public let like: String?

  init(component: String, answers: [TrialResult], like: String? = nil) {
    self.component = component
    self.answers = answers
    self.like = like
  }

  public var kinds: [RequestKind] { answers.map { $0.kind } }
  public var isLink: Bool { FaultTarget.ends(of: component) != nil }
  /// Whether all requests were sent to this target's own copy, so that the share of failures is known.
  public var isComplete: Bool { like == nil && answers.allSatisfy { !$0.isCutShort } }

  public var evidence: Evidence {
    let saw = answers.map { $0.saw }.joined(separator: ", ")
    return Evidence(
      answers.flatMap { $0.evidence.commands },
      saw: like.map { "not broken itself, but built like \($0): \(saw)" } ?? saw)
  }
}

/// The result of a search for SPOFs.
public struct SpofReport: Sendable {
  public let spofs: [Spof]
  /// The kinds of request that fail even without a further failure, once the site has settled. No SPOFs can
  /// be found for them.
  public let failing: [TrialResult]
  /// The number of targets, and the number of targets that were broken on a copy.
  public let candidates: Int
  public let tried: Int
  /// The number of targets about which nothing is known, because the search reached its most work first.
  public let unknown: Int

  /// The number of SPOFs that were not broken themselves.
  public var concluded: Int { spofs.count { $0.like != nil } }

  /// The kinds of request that fail already.
  var failingKinds: [RequestKind] { failing.map { $0.kind } }
}
