import Blueprint
import Inspector
import Simulator

extension FactEntry {
  static let spofs: [FactEntry] = [
    FactEntry(
      "spofs", taking: [.kind], .set(.component),
      "the hosts and components whose failure alone makes such requests fail; .links has the links",
      example: "spofs(write)", takesRate: true,
      takesFault: true
    ) { evaluator, arguments throws(FactProblem) in
      let found = try evaluator.spofs(arguments)
      let links = found.filter { $0.isLink }
      return .set(
        FactSet(
          components: found.filter { !$0.isLink }.map { $0.component }, links: links.map { $0.component }))
    }
  ]
}

extension FactEvaluator {
  fileprivate mutating func spofs(_ arguments: FactArguments) throws(FactProblem) -> [Spof] {
    try countExperiment(arguments.position)
    var search = SpofSearch()
    search.kinds = [arguments.kind(0) ?? .read]
    search.rate = try millionths(arguments)
    search.fault = arguments.fault
    // If requests fail already and still fail without a target, the target counts as a SPOF. Otherwise,
    // breaking the site would remove its SPOFs.
    search.includesFailingKinds = true
    let (site, shouldContinue) = (simulation, context.shouldContinue)
    let report = try convertingProblems(arguments.position) { () throws(Problem) -> SpofReport in
      try search.report(on: site, shouldContinue: shouldContinue)
    }
    // The evidence uses the same names as the value, because a run may break a host or its only component.
    let observation = report.failing.first.map { "they fail already: \($0.observation)" } ?? report.words
    append(Evidence([view.command([search.command])], observation: observation))
    for spof in report.spofs { add(spof.evidence) }
    return report.spofs
  }
}

extension SpofReport {
  /// The SPOFs in words, with the links apart, as the fact `spofs` has them.
  fileprivate var words: String {
    let names = spofs.filter { !$0.isLink }.map { $0.component }
    let links = spofs.filter { $0.isLink }.map { $0.component }
    guard !links.isEmpty else { return names.isEmpty ? "no SPOFs" : "SPOFs: \(Evidence.listed(names))" }
    let linkWords = "\(links.count == 1 ? "link" : "links") \(Evidence.listed(links))"
    return "SPOFs: \(names.isEmpty ? "" : "\(Evidence.listed(names)) and the ")\(linkWords)"
  }
}
