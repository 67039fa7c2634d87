import Blueprint
import Simulator

extension AuditRule {
  /// Rules about how a balancer detects a failed server, and what it then does.
  static let balancing: [AuditRule] = [
    AuditRule("no-checks", .medium, "the balancer does not check the health of its servers") { site in
      site.balancersWithChoice { $0.check == .off }.map { host in
        let fix = site.deepCheck(by: host)
        return Flaw(host.name, site.evidenceOfNoChecks(by: host, fixedBy: fix), fixes: fix)
      }
    },
    AuditRule("shallow-check", .low, "the health check does not reach the application") { site in
      guard site.eachServerHasApplication else { return [] }
      return site.balancersWithChoice { haproxy in
        haproxy.check == .tcp || haproxy.check == .http && haproxy.checkPath == .nginx
      }.map { host in
        let fix = site.deepCheck(by: host)
        return Flaw(host.name, site.evidenceOfShallowCheck(by: host, fixedBy: fix), fixes: fix)
      }
    },
    AuditRule("no-redispatch", .low, "a retry goes to the same failed server") { site in
      guard site.activeServers > 1 else { return [] }
      return site.balancersWithChoice { !$0.redispatch && $0.retries > 0 }.map { host in
        let fix = FixStep.set(host.name, "redispatch", .flag(true))
        return Flaw(host.name, site.evidenceOfNoRedispatch(by: host, fixedBy: [fix]), fix: fix)
      }
    },
    AuditRule("process-not-watched", .low, "the address stays at a host whose haproxy has failed") { site in
      guard site.topology.sharing == .activePassive else { return [] }
      return site.balancerHosts.filter { $0.haproxy?.tracksProcess == false }.map { host in
        let fix = FixStep.set(host.name, "track", .flag(true))
        return Flaw(host.name, site.evidenceOfUnwatchedProcess(on: host, fixedBy: [fix]), fix: fix)
      }
    },
  ]
}

extension Simulation {
  /// Returns the balancers whose settings satisfy a condition, or none if there is only one server.
  fileprivate func balancersWithChoice(where isIncluded: (HAProxy) -> Bool) -> [Host] {
    guard topology.backends.count > 1 else { return [] }
    return hosts { $0.haproxy.map(isIncluded) ?? false }
  }

  private var servers: [Host] { topology.backends.map { topology.hosts[$0] } }

  /// The number of servers that get requests while all are healthy. Standby servers do not count, because a
  /// retry does not use them.
  fileprivate var activeServers: Int {
    servers.count {
      !$0.serverSettings.isBackup && $0.serverSettings.state == .ready && $0.serverSettings.weight > 0
    }
  }

  /// Whether each server has its own application. If the servers share one, a health check of it would mark
  /// all of them DOWN at once, and pictures would fail too.
  fileprivate var eachServerHasApplication: Bool { servers.allSatisfy { $0.nginx != nil && $0.app != nil } }

  /// Returns the steps for the deepest health check that marks only the failed server DOWN.
  fileprivate func deepCheck(by balancer: Host) -> [FixStep] {
    let check = FixStep.set(balancer.name, "check", .word("http"))
    let isDeep = balancer.haproxy?.checkPath != .nginx
    guard eachServerHasApplication != isDeep else { return [check] }
    return [check, .set(balancer.name, "check-path", .word(eachServerHasApplication ? "app" : "nginx"))]
  }

  private static let mostServersTried = 20

  /// Breaks one server at a time, on a copy. Returns evidence from the first server whose failure makes
  /// requests fail before the fix but not after it.
  private func failedRequests(
    by fault: Fault, wait: Span, behind balancer: Host, fixedBy fix: [FixStep], _ words: String
  ) -> Evidence? {
    let count = min(Simulation.traceLimit, 2 * topology.backends.count)
    let observation = FlawEvidence.failureObservation(count, .static) { "\(words): \($0) of \(count) failed" }
    for server in servers.prefix(Simulation.mostServersTried) {
      let plan = InjectedFault.Plan(.component(Address(server.name)), fault)
      let run = FlawEvidence(balancer: balancer, failures: [plan], wait: wait)
      if let evidence = run.evidence(on: self, fixedBy: fix, observation) { return evidence }
    }
    return nil
  }

  /// Returns evidence from a run in which a server crashes and two requests per server are sent.
  fileprivate func evidenceOfNoRedispatch(by balancer: Host, fixedBy fix: [FixStep]) -> Evidence {
    failedRequests(
      by: .crash, wait: .zero, behind: balancer, fixedBy: fix, "just after a server crashed")
      ?? Evidence(["show \(balancer.name)"], observation: "redispatch is off")
  }

  /// Returns evidence from a run in which a server has been hanging for a minute and still gets requests.
  fileprivate func evidenceOfNoChecks(by balancer: Host, fixedBy fix: [FixStep]) -> Evidence {
    failedRequests(
      by: .hang, wait: .seconds(60), behind: balancer, fixedBy: fix, "a minute after a server began to hang")
      ?? Evidence(["show \(balancer.name)"], observation: "check is off")
  }

  /// Returns evidence from a run in which an application crashes, and its server is still marked UP a minute
  /// later.
  fileprivate func evidenceOfShallowCheck(by balancer: Host, fixedBy fix: [FixStep]) -> Evidence {
    for server in servers.prefix(Simulation.mostServersTried) {
      let application = Address(server.name, .app)
      let run = FlawEvidence(
        balancer: balancer, failures: [InjectedFault.Plan(.component(application))], wait: .seconds(60))
      let evidence = run.evidence(on: self, fixedBy: fix) { site in
        let state = site.serverReports.first { $0.name == server.name }?.state
        return state == .up
          ? ("show servers", "\(application.text) has crashed, and \(server.name) is marked UP") : nil
      }
      if let evidence { return evidence }
    }
    let check = balancer.haproxy?.check == .tcp ? "check is tcp" : "check-path is nginx"
    return Evidence(["show \(balancer.name)"], observation: check)
  }

  /// Returns evidence from a run in which only haproxy crashes on the balancer. If nothing fails because
  /// another balancer has the address, the other balancers are broken too.
  fileprivate func evidenceOfUnwatchedProcess(on balancer: Host, fixedBy fix: [FixStep]) -> Evidence {
    let process = InjectedFault.Plan(.component(Address(balancer.name, .haproxy)), .crash)
    let others = balancerHosts.filter { $0.name != balancer.name }.map {
      InjectedFault.Plan(.component(Address($0.name)))
    }
    let alone = FlawEvidence(failures: [process], wait: .seconds(30))
    let withOthers = FlawEvidence(failures: [process] + others, wait: .seconds(30))
    return alone.evidence(
      on: self, fixedBy: fix, FlawEvidence.failureObservation(4, .static) { "\($0) of 4 failed" })
      ?? withOthers.evidence(on: self, fixedBy: fix) { site in
        guard site.addressHolders.contains(balancer.name) else { return nil }
        return ("show holders", "\(balancer.name) takes the address although its haproxy has failed")
      } ?? Evidence(["show \(balancer.name)"], observation: "track is off")
  }
}
