import Blueprint
import Simulator

/// Two parts that stop a kind of request together, though neither does alone.
public struct SpofPair: Sendable {
  public let components: [String]
  public let answers: [Trial.Answered]

  public var kinds: [RequestKind] { answers.map { $0.kind } }

  public var evidence: Evidence {
    Evidence(
      answers.flatMap { $0.evidence.commands }, saw: answers.map { $0.saw }.joined(separator: ", "))
  }
}

extension SpofSearch {
  /// Of so many hosts and parts every pair is tried.
  public static let mostInPairs = 300

  /// Pairs of hosts and parts; a host and a part of its own are no pair.
  public func pairs(
    on simulation: Simulation, besides report: SpofReport, goOn: Simulation.GoOn = { _ in true }
  )
    throws(Problem) -> [SpofPair]
  {
    var open = self
    open.leaveOut(report.failing)
    let candidates = simulation.topology.candidates(by: fault).filter { Breakable.ends(of: $0.text) == nil }
    guard candidates.count <= SpofSearch.mostInPairs else {
      throw .tooMany("parts to try in pairs", limit: SpofSearch.mostInPairs)
    }
    var known: [String: [RequestKind]] = [:]
    for spof in report.spofs { known[spof.component] = spof.kinds }
    var pairs: [SpofPair] = []
    for (i, a) in candidates.enumerated() {
      for b in candidates[(i + 1)...] where !a.isPart(of: b) && !b.isPart(of: a) {
        var search = open
        search.kinds = open.kinds.filter {
          known[a.text]?.contains($0) != true && known[b.text]?.contains($0) != true
        }
        guard !search.kinds.isEmpty else { continue }
        guard goOn(Double(i) / Double(candidates.count)) else { throw .interrupted }
        let answers = try search.outcome(of: [a, b], on: simulation, goOn: goOn).failed
        if !answers.isEmpty { pairs.append(SpofPair(components: [a.text, b.text], answers: answers)) }
      }
    }
    return pairs
  }
}

extension Breakable {
  fileprivate func isPart(of other: Breakable) -> Bool {
    guard case .part(let part) = self, case .part(let whole) = other else { return false }
    return part.host == whole.host && whole.part == nil
  }
}
