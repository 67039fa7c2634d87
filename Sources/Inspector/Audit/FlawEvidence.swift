import Blueprint
import Simulator

/// A run that may show a flaw. It is evidence only if the same run no longer shows the flaw after the fix.
struct FlawEvidence {
  /// The balancer that users reach during the run, or nil for any balancer.
  var balancer: Host?
  var failures: [InjectedFault.Plan] = []
  var wait = Span.zero

  /// Examines a copy of the site. Returns the command that shows the flaw and what it shows, or nil if there
  /// is no flaw.
  typealias Observer = (Simulation) -> (command: String, observation: String)?

  /// Returns the evidence, or nil if the run shows no flaw on this site or still shows it after the fix.
  func evidence(on site: Simulation, fixedBy fix: [FixStep], _ observe: Observer) -> Evidence? {
    guard let (broken, commands) = run(on: site), let seen = observe(broken),
      let fixed = try? site.after(fix),
      let (rerun, _) = run(on: fixed), observe(rerun) == nil
    else { return nil }
    // The command needs no `whatif` if it changes nothing or already runs on a copy.
    let isHarmless = !commands.isEmpty || seen.command.hasPrefix("show")
    return Evidence(
      [isHarmless ? seen.command : "whatif \(seen.command)"], observation: seen.observation, after: commands)
  }

  private func run(on site: Simulation) -> (site: Simulation, commands: [String])? {
    // If each balancer has its own address, users reach all balancers, even failed ones.
    let isPair = site.topology.sharing == .activePassive
    let (reached, commands) = balancer.flatMap { isPair ? site.siteReaching($0) : nil } ?? (site, [])
    guard let (broken, more) = reached.after(failures, wait: wait) else { return nil }
    return (broken, commands + more)
  }

  /// Returns an observer that sends requests and counts those that fail.
  static func failureObservation(_ count: Int, _ kind: RequestKind, _ words: @escaping (Int) -> String)
    -> Observer
  {
    { site in
      var copy = site
      var sending = SendOptions(count: count, mix: .only(kind))
      // Only the number of failures is needed, so the requests are not recorded.
      sending.isRecorded = false
      let traffic = try? copy.perform(.send(sending)).traffic
      guard let failed = traffic?.failed, failed > 0 else { return nil }
      return ("send \(count) \(kind.rawValue)", words(failed))
    }
  }
}

extension Simulation {
  /// Returns the site after these failures and the wait, with the commands that lead to it. Returns nil if
  /// that is impossible.
  func after(_ failures: [InjectedFault.Plan], wait: Span = .zero) -> (site: Simulation, commands: [String])?
  {
    var copy = self
    for failure in failures where (try? copy.perform(.break(failure.target, failure.fault))) == nil {
      return nil
    }
    guard wait > .zero else { return (copy, failures.map { $0.command }) }
    guard (try? copy.perform(.wait(wait))) != nil else { return nil }
    return (copy, failures.map { $0.command } + ["wait \(wait.command)"])
  }

  /// Returns a copy of the site on which users reach this balancer, and the commands that lead to it. If
  /// necessary, the other balancers are broken.
  func siteReaching(_ balancer: Host) -> (site: Simulation, commands: [String]) {
    if path(.static)?.balancer == balancer.name { return (self, []) }
    let others = balancerHosts.filter { $0.name != balancer.name }
    guard !others.isEmpty else { return (self, []) }
    return after(others.map { InjectedFault.Plan(.component(Address($0.name))) }, wait: .seconds(30)) ?? (
      self, []
    )
  }
}
