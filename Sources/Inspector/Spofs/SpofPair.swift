import Blueprint
import Simulator

/// Two hosts or components that are not SPOFs, but make a kind of request fail if both fail.
public struct SpofPair: Sendable {
  public let components: [String]
  public let results: [TrialResult]

  public var kinds: [RequestKind] { results.map { $0.kind } }

  public var evidence: Evidence {
    Evidence(
      results.flatMap { $0.evidence.commands },
      observation: results.map { $0.observation }.joined(separator: ", "))
  }
}

extension SpofSearch {
  /// The most hosts and components for which every pair is tried.
  public static let mostInPairs = 300

  /// Returns the pairs that make requests fail. A host is not paired with its own component.
  func pairs(in experiments: inout Experiments, besides report: SpofReport) throws(Problem) -> [SpofPair] {
    let topology = experiments.site.topology
    let candidates = topology.candidates(by: fault).filter { FaultTarget.ends(of: $0.text) == nil }
    guard candidates.count <= SpofSearch.mostInPairs else {
      throw .tooMany("hosts and components to try in pairs", limit: SpofSearch.mostInPairs)
    }
    let openKinds = kinds.filter { !report.failingKinds.contains($0) }
    var known: [FaultTarget: [RequestKind]] = [:]
    for spof in report.spofs {
      if let target = FaultTarget(named: spof.component) { known[target] = spof.kinds }
    }
    var pairs: [SpofPair] = []
    for (i, a) in candidates.enumerated() {
      for b in candidates[(i + 1)...] where !a.isComponent(of: b) && !b.isComponent(of: a) {
        let kinds = openKinds.filter { known[a]?.contains($0) != true && known[b]?.contains($0) != true }
        guard !kinds.isEmpty else { continue }
        guard experiments.shouldContinue(Double(i) / Double(candidates.count)) else { throw .interrupted }
        let results = try experiments.outcome(
          of: kinds, rate: rate, failures: plans([a, b]), stopsAtFailure: false
        ).failed
        if !results.isEmpty { pairs.append(SpofPair(components: [a.text, b.text], results: results)) }
      }
    }
    return pairs
  }
}

extension FaultTarget {
  fileprivate func isComponent(of other: FaultTarget) -> Bool {
    guard case .component(let component) = self, case .component(let whole) = other else { return false }
    return component.host == whole.host && whole.component == nil
  }
}
