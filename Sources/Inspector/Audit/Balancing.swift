import Blueprint
import Simulator

extension AuditRule {
  /// How a balancer finds out that a server is dead, and what it does about it.
  static let balancing: [AuditRule] = [
    AuditRule("no-checks", .medium, "the balancer never asks whether a server lives") { site in
      site.choosers { $0.check == .off }.map { host in
        let fix = site.checking(of: host)
        return Flaw(host.name, site.blindness(of: host, curedBy: fix), fixes: fix)
      }
    },
    AuditRule("shallow-check", .low, "the check does not reach the application") { site in
      guard site.hasApplications else { return [] }
      return site.choosers { haproxy in
        haproxy.check == .tcp || haproxy.check == .http && haproxy.checkPath == .nginx
      }.map { host in
        let fix = site.checking(of: host)
        return Flaw(host.name, site.shallowness(of: host, curedBy: fix), fixes: fix)
      }
    },
    AuditRule("no-redispatch", .low, "a retry goes to the same dead server") { site in
      guard site.activeServers > 1 else { return [] }
      return site.choosers { !$0.redispatch && $0.retries > 0 }.map { host in
        let fix = Remedy.set(host.name, "redispatch", .flag(true))
        return Flaw(host.name, site.stubbornness(of: host, curedBy: [fix]), fix: fix)
      }
    },
    AuditRule("process-not-watched", .low, "the address stays where haproxy has died") { site in
      guard site.topology.sharing == .activePassive else { return [] }
      return site.balancerHosts.filter { $0.haproxy?.tracksProcess == false }.map { host in
        let fix = Remedy.set(host.name, "track", .flag(true))
        return Flaw(host.name, site.deafness(of: host, curedBy: [fix]), fix: fix)
      }
    },
  ]
}

extension Simulation {
  /// The balancers that have a choice of servers, and settings of that kind.
  fileprivate func choosers(where isSo: (HAProxy) -> Bool) -> [Host] {
    guard topology.backends.count > 1 else { return [] }
    return hosts { $0.haproxy.map(isSo) ?? false }
  }

  private var servers: [Host] { topology.backends.map { topology.hosts[$0] } }

  /// How many servers get requests while all is well. Where the others stand by, no retry goes to them.
  fileprivate var activeServers: Int {
    servers.count { !$0.serving.isBackup && $0.serving.state == .ready && $0.serving.weight > 0 }
  }

  /// Whether each server has an application of its own. Of one that they share a check says nothing about a server: it
  /// would take all of them out at once, pictures and all.
  fileprivate var hasApplications: Bool { servers.allSatisfy { $0.nginx != nil && $0.app != nil } }

  /// As deep a check as takes only the server out that fails.
  fileprivate func checking(of balancer: Host) -> [Remedy] {
    let check = Remedy.set(balancer.name, "check", .word("http"))
    let isDeep = balancer.haproxy?.checkPath != .nginx
    guard hasApplications != isDeep else { return [check] }
    return [check, .set(balancer.name, "check-path", .word(hasApplications ? "app" : "nginx"))]
  }

  /// The loss of one server after the other, until it is felt by users, and no longer after the cure.
  private func felt(
    by fault: Fault, wait: Span, behind balancer: Host, curedBy fix: [Remedy], _ words: String
  ) -> Evidence? {
    let count = min(Simulation.mostTraced, 2 * topology.backends.count)
    let look = Proof.sending(count, .static) { "\(words): \($0) of \(count) failed" }
    for server in servers.prefix(20) {
      let plan = Breakage.Plan(.part(Address(server.name)), fault)
      let proof = Proof(balancer: balancer, failures: [plan], wait: wait)
      if let evidence = proof.evidence(on: self, curedBy: fix, look) { return evidence }
    }
    return nil
  }

  /// A server crashes on a copy, and as many requests are sent as there are servers, twice.
  fileprivate func stubbornness(of balancer: Host, curedBy fix: [Remedy]) -> Evidence {
    felt(by: .crash, wait: .zero, behind: balancer, curedBy: fix, "a server has just crashed")
      ?? Evidence(["show \(balancer.name)"], saw: "redispatch is off")
  }

  /// A server hangs for a minute on a copy, and gets requests all the same.
  fileprivate func blindness(of balancer: Host, curedBy fix: [Remedy]) -> Evidence {
    felt(by: .hang, wait: .seconds(60), behind: balancer, curedBy: fix, "a minute after a server froze")
      ?? Evidence(["show \(balancer.name)"], saw: "check is off")
  }

  /// An application dies on a copy, and a minute later its server is still called UP.
  fileprivate func shallowness(of balancer: Host, curedBy fix: [Remedy]) -> Evidence {
    for server in servers.prefix(20) {
      let application = Address(server.name, .app)
      let proof = Proof(
        balancer: balancer, failures: [Breakage.Plan(.part(application))], wait: .seconds(60))
      let evidence = proof.evidence(on: self, curedBy: fix) { site in
        let state = site.serverReports.first { $0.name == server.name }?.state
        return state == .up ? ("show servers", "\(application.text) is dead, and \(server.name) is UP") : nil
      }
      if let evidence { return evidence }
    }
    let check = balancer.haproxy?.check == .tcp ? "check is tcp" : "check-path is nginx"
    return Evidence(["show \(balancer.name)"], saw: check)
  }

  /// haproxy alone dies on a copy; where that shows nothing, because another one holds the address, all others as well.
  fileprivate func deafness(of balancer: Host, curedBy fix: [Remedy]) -> Evidence {
    let process = Breakage.Plan(.part(Address(balancer.name, .haproxy)), .crash)
    let others = balancerHosts.filter { $0.name != balancer.name }.map {
      Breakage.Plan(.part(Address($0.name)))
    }
    let alone = Proof(failures: [process], wait: .seconds(30))
    let last = Proof(failures: [process] + others, wait: .seconds(30))
    return alone.evidence(on: self, curedBy: fix, Proof.sending(4, .static) { "\($0) of 4 failed" })
      ?? last.evidence(on: self, curedBy: fix) { site in
        guard site.addressHolders.contains(balancer.name) else { return nil }
        return ("show holders", "with its haproxy dead \(balancer.name) takes the address over")
      } ?? Evidence(["show \(balancer.name)"], saw: "track is off")
  }
}
