import Blueprint
import Simulator

/// A run that shows a flaw, and no longer shows it after the fix. Only then is it evidence for this flaw.
struct FlawEvidence {
  /// The balancer that users reach in the run, or nil for any.
  var balancer: Host?
  var failures: [Breakage.Plan] = []
  var wait = Span.zero

  /// Looks at a copy. Returns what shows the flaw, or nil if nothing does.
  typealias Observation = (Simulation) -> (command: String, saw: String)?

  /// Returns the evidence if the flaw is seen on the site, but not on the fixed one.
  func evidence(on site: Simulation, fixedBy fix: [FixStep], _ observe: Observation) -> Evidence? {
    guard let (broken, commands) = run(on: site), let seen = observe(broken),
      let fixed = try? site.after(fix),
      let (rerun, _) = run(on: fixed), observe(rerun) == nil
    else { return nil }
    // A command that changes nothing needs no copy when it is typed.
    let isHarmless = !commands.isEmpty || seen.command.hasPrefix("show")
    return Evidence([isHarmless ? seen.command : "whatif \(seen.command)"], saw: seen.saw, after: commands)
  }

  private func run(on site: Simulation) -> (site: Simulation, commands: [String])? {
    // If each balancer has an address, users reach all of them, even those that have failed.
    let isPair = site.topology.sharing == .activePassive
    let (reached, commands) = balancer.flatMap { isPair ? site.reaching($0) : nil } ?? (site, [])
    guard let (broken, more) = reached.after(failures, wait: wait) else { return nil }
    return (broken, commands + more)
  }

  /// Sends requests, and counts those that fail.
  static func sending(_ count: Int, _ kind: RequestKind, _ words: @escaping (Int) -> String) -> Observation {
    { site in
      var copy = site
      var sending = Sending(count: count, mix: .only(kind))
      // Only the number of failures is needed.
      sending.isRecorded = false
      let traffic = try? copy.perform(.send(sending)).traffic
      guard let failed = traffic?.failed, failed > 0 else { return nil }
      return ("send \(count) \(kind.rawValue)", words(failed))
    }
  }
}

extension Simulation {
  /// Returns the site some time after these failures, and the commands that lead there, or nil if that is impossible.
  func after(_ failures: [Breakage.Plan], wait: Span = .zero) -> (site: Simulation, commands: [String])? {
    var copy = self
    for failure in failures where (try? copy.perform(.break(failure.target, failure.fault))) == nil {
      return nil
    }
    guard wait > .zero else { return (copy, failures.map { $0.command }) }
    guard (try? copy.perform(.wait(wait))) != nil else { return nil }
    return (copy, failures.map { $0.command } + ["wait \(wait.command)"])
  }

  /// Returns the site on which users reach this balancer: as it is, or after the others have failed.
  func reaching(_ balancer: Host) -> (site: Simulation, commands: [String]) {
    if path(.static)?.balancer == balancer.name { return (self, []) }
    let others = balancerHosts.filter { $0.name != balancer.name }
    guard !others.isEmpty else { return (self, []) }
    return after(others.map { Breakage.Plan(.part(Address($0.name))) }, wait: .seconds(30)) ?? (self, [])
  }
}
