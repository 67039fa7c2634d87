import Blueprint
import Simulator

extension AuditRule {
  /// How a balancer finds out that a server is dead, and what it does about it.
  static let balancing: [AuditRule] = [
    AuditRule("no-checks", .medium, "the balancer never asks whether a server lives") { site in
      site.choosers { $0.check == .off }.map { host in
        Flaw(host.name, site.blindness(of: host), fix: "set \(host.name) check http")
      }
    },
    AuditRule("shallow-check", .low, "the check does not reach the application") { site in
      site.choosers { haproxy in
        haproxy.check == .tcp || haproxy.check == .http && haproxy.checkPath == .nginx
      }.filter { _ in site.topology.hosts.contains { $0.nginx != nil } }.map { host in
        Flaw(
          host.name, site.shallowness(of: host),
          fix: "set \(host.name) check http", "set \(host.name) check-path app")
      }
    },
    AuditRule("no-redispatch", .low, "a retry goes to the same dead server") { site in
      site.choosers { !$0.redispatch && $0.retries > 0 }.map { host in
        Flaw(host.name, site.failures(behind: host), fix: "set \(host.name) redispatch on")
      }
    },
    AuditRule("process-not-watched", .low, "the address stays where haproxy has died") { site in
      guard site.topology.sharing == .activePassive else { return [] }
      return site.balancerHosts.filter { $0.haproxy?.tracksProcess == false }.map { host in
        Flaw(
          host.name, site.deafness(of: host), fix: "set \(host.name) track on")
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

  /// Tries one server after the other until the loss of one is felt by users.
  private func felt(
    by fault: Fault, wait: Span, behind balancer: Host, _ words: String
  ) -> Evidence {
    let (site, steps) = reaching(balancer)
    let count = min(Simulation.mostTraced, 2 * topology.backends.count)
    var saw = Evidence(["show balancer"], saw: words)
    for place in topology.backends.prefix(20) {
      let plan = Breakage.Plan(.part(Address(topology.hosts[place].name)), fault)
      guard let (broken, more) = site.after([plan], wait: wait) else { continue }
      var copy = broken
      let sending = Sending(count: count, mix: .only(.static))
      guard let traffic = try? copy.perform(.send(sending)).traffic else { continue }
      saw = Evidence(
        steps + more, then: ["send \(count) static"], saw: "\(words): \(traffic.failed) of \(count) failed")
      if traffic.failed > 0 { break }
    }
    return saw
  }

  /// A server crashes on a copy, and as many requests are sent as there are servers, twice.
  fileprivate func failures(behind balancer: Host) -> Evidence {
    felt(by: .crash, wait: .zero, behind: balancer, "a server has just crashed")
  }

  /// A server hangs for a minute on a copy, and gets requests all the same.
  fileprivate func blindness(of balancer: Host) -> Evidence {
    felt(by: .hang, wait: .seconds(60), behind: balancer, "a minute after a server froze")
  }

  /// An application dies on a copy, and a minute later its server is still called UP.
  fileprivate func shallowness(of balancer: Host) -> Evidence {
    let application =
      hosts { $0.app != nil }.first { host in
        serverReports.contains { $0.name == host.name && $0.state == "UP" }
      } ?? hosts { $0.app != nil }.first
    guard let application,
      let (site, steps) = after(
        [Breakage.Plan(.part(Address(application.name, .app)))], wait: .seconds(60))
    else { return Evidence(["show balancer"], saw: "no application is asked") }
    let isUp = site.serverReports.first { $0.name == application.name } ?? site.serverReports.first
    return Evidence(
      steps, then: ["show servers"],
      saw:
        "\(Address(application.name, .app).text) is dead, and \(isUp.map { "\($0.name) is \($0.state)" } ?? "")"
    )
  }

  /// haproxy alone dies on a copy. Of one that stands by, the other dies as well.
  fileprivate func deafness(of balancer: Host) -> Evidence {
    let process = Breakage.Plan(.part(Address(balancer.name, .haproxy)), .crash)
    guard addressHolders == [balancer.name] else {
      let holders = addressHolders.filter { $0 != balancer.name }.map { Breakage.Plan(.part(Address($0))) }
      guard let (site, steps) = after([process] + holders, wait: .seconds(30)) else {
        return Evidence(["show \(balancer.name)"], saw: "track is off")
      }
      let takes = site.addressHolders.contains(balancer.name) ? "takes" : "does not take"
      return Evidence(
        steps, then: ["show holders"], saw: "with its haproxy dead \(balancer.name) \(takes) the address over"
      )
    }
    guard let (site, steps) = after([process], wait: .seconds(30)) else {
      return Evidence(["show \(balancer.name)"], saw: "track is off")
    }
    var copy = site
    let traffic = try? copy.perform(.send(Sending(count: 4, mix: .only(.static)))).traffic
    return Evidence(steps, then: ["send 4 static"], saw: "\(traffic?.failed ?? 0) of 4 failed")
  }
}
