import Blueprint
import Simulator

/// Two hosts or components that are not SPOFs, but make a kind of request fail if both fail.
public struct SpofPair: Sendable {
  public let components: [String]
  public let answers: [TrialResult]

  public var kinds: [RequestKind] { answers.map { $0.kind } }

  public var evidence: Evidence {
    Evidence(
      answers.flatMap { $0.evidence.commands }, saw: answers.map { $0.saw }.joined(separator: ", "))
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
      throw .tooMany("parts to try in pairs", limit: SpofSearch.mostInPairs)
    }
    let open = kinds.filter { !report.failingKinds.contains($0) }
    var known: [FaultTarget: [RequestKind]] = [:]
    for spof in report.spofs {
      if let target = FaultTarget(named: spof.component) { known[target] = spof.kinds }
    }
    var pairs: [SpofPair] = []
    for (i, a) in candidates.enumerated() {
      for b in candidates[(i + 1)...] where !a.isPart(of: b) && !b.isPart(of: a) {
        let kinds = open.filter { known[a]?.contains($0) != true && known[b]?.contains($0) != true }
        guard !kinds.isEmpty else { continue }
        guard experiments.shouldContinue(Double(i) / Double(candidates.count)) else { throw .interrupted }
        let answers = try experiments.outcome(
          of: kinds, rate: rate, losing: plans([a, b]), stopsAtFailure: false
        ).failed
        if !answers.isEmpty { pairs.append(SpofPair(components: [a.text, b.text], answers: answers)) }
      }
    }
    return pairs
  }
}

extension FaultTarget {
  fileprivate func isPart(of other: FaultTarget) -> Bool {
    guard case .part(let part) = self, case .part(let whole) = other else { return false }
    return part.host == whole.host && whole.part == nil
  }
}
