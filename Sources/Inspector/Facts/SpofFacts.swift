import Blueprint
import Simulator

extension FactEntry {
  static let spofs: [FactEntry] = [
    FactEntry(
      "spofs", asks: [.kind], .set(.component),
      "the hosts and parts whose loss alone stops such requests; .links has the links",
      example: "spofs(write)", takesRate: true,
      takesFault: true
    ) { judging, asked throws(FactProblem) in
      let found = try judging.spofs(asked)
      let links = found.filter { $0.isLink }
      return .set(
        FactSet(
          components: found.filter { !$0.isLink }.map { $0.component }, links: links.map { $0.component }))
    }
  ]
}

extension FactJudging {
  fileprivate mutating func spofs(_ asked: FactArguments) throws(FactProblem) -> [Spof] {
    try countExperiment(asked.place)
    var search = SpofSearch()
    search.kinds = [asked.kind(0) ?? .read]
    search.rate = try millionths(asked)
    search.fault = asked.fault
    let (site, goOn) = (simulation, world.goOn)
    let report = try trying(asked.place) { () throws(Problem) -> SpofReport in
      try search.report(on: site, goOn: goOn)
    }
    let names = topology.canonical(report.spofs.filter { !$0.isLink }.map { $0.component })
    let saw = report.spofs.isEmpty ? "nothing alone stops them" : "stopped by \(Evidence.listed(names))"
    append(Evidence([view.command([search.command])], saw: names.isEmpty && !report.spofs.isEmpty ? "" : saw))
    for spof in report.spofs { add(spof.evidence) }
    return report.spofs
  }
}
