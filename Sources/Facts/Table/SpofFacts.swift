import Blueprint
import Inspector
import Simulator

extension FactEntry {
  static let spofs: [FactEntry] = [
    FactEntry(
      "spofs", asks: [.kind], .set(.component),
      "the hosts and parts whose loss alone stops such requests; .links has the links",
      example: "spofs(write)", takesRate: true,
      takesFault: true
    ) { evaluator, asked throws(FactProblem) in
      let found = try evaluator.spofs(asked)
      let links = found.filter { $0.isLink }
      return .set(
        FactSet(
          components: found.filter { !$0.isLink }.map { $0.component }, links: links.map { $0.component }))
    }
  ]
}

extension FactEvaluator {
  fileprivate mutating func spofs(_ asked: FactArguments) throws(FactProblem) -> [Spof] {
    try countExperiment(asked.place)
    var search = SpofSearch()
    search.kinds = [asked.kind(0) ?? .read]
    search.rate = try millionths(asked)
    search.fault = asked.fault
    // If requests fail already and still fail without a target, the target is a SPOF too. Otherwise breaking
    // the site would remove its SPOFs.
    search.includesFailingKinds = true
    let (site, shouldContinue) = (simulation, world.shouldContinue)
    let report = try trying(asked.place) { () throws(Problem) -> SpofReport in
      try search.report(on: site, shouldContinue: shouldContinue)
    }
    // The evidence uses the same names as the value, because a run may break a host or its only component.
    let names = report.spofs.filter { !$0.isLink }.map { $0.component }
    let stopped = report.spofs.isEmpty ? "nothing alone stops them" : "stopped by \(Evidence.listed(names))"
    let saw = report.failing.first.map { "they fail already: \($0.saw)" } ?? stopped
    append(Evidence([view.command([search.command])], saw: names.isEmpty && !report.spofs.isEmpty ? "" : saw))
    for spof in report.spofs { add(spof.evidence) }
    return report.spofs
  }
}

extension SpofReport {
  /// Returns the hosts and components that are SPOFs for this kind of request, as the fact `spofs` lists
  /// them.
  public func parts(stopping kind: RequestKind, on topology: Topology) -> [String] {
    topology.canonical(spofs.filter { $0.kinds.contains(kind) && !$0.isLink }.map { $0.component })
  }
}
