import Blueprint
import Simulator

/// A target whose failure alone makes a kind of request fail.
public struct Spof: Sendable {
  /// The name of the host, component or link.
  public let component: String
  /// The results after the failure, for each kind of request that failed.
  public let results: [TrialResult]
  /// A target that is built alike and was broken in place of this one, or nil if this one was broken.
  public let representative: String?

  init(component: String, results: [TrialResult], representative: String? = nil) {
    self.component = component
    self.results = results
    self.representative = representative
  }

  public var kinds: [RequestKind] { results.map { $0.kind } }
  public var isLink: Bool { FaultTarget.ends(of: component) != nil }
  /// Whether this target itself was broken and all requests were sent, so that the share of failures is
  /// known.
  public var isComplete: Bool { representative == nil && results.allSatisfy { !$0.isCutShort } }

  public var evidence: Evidence {
    let observation = results.map { $0.observation }.joined(separator: ", ")
    return Evidence(
      results.flatMap { $0.evidence.commands },
      observation: representative.map { "not tried itself, but built like \($0): \(observation)" }
        ?? observation)
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
  public let triedCount: Int
  /// The number of targets that were neither tried nor inferred, because the search reached its work limit.
  public let unknownCount: Int

  /// The number of SPOFs that were not broken themselves, but inferred from a target that is built alike.
  public var inferredCount: Int { spofs.count { $0.representative != nil } }

  /// Returns the hosts, components and links that are SPOFs for this kind of request.
  public func targets(stopping kind: RequestKind) -> [String] {
    spofs.filter { $0.kinds.contains(kind) }.map { $0.component }
  }

  /// The kinds of request that fail already.
  var failingKinds: [RequestKind] { failing.map { $0.kind } }
}
