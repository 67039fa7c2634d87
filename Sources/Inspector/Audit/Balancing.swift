import Blueprint
import Simulator

extension AuditRule {
  /// How a balancer finds out that a server is dead, and what it does about it.
  static let balancing: [AuditRule] = [
    AuditRule("no-checks", .medium, "the balancer never asks whether a server lives") { site in
      site.choosers { $0.check == .off }.map { host in
        Flaw(host.name, site.failures(behind: host), fix: "set \(host.name) check http")
      }
    },
    AuditRule("shallow-check", .low, "the check does not reach the application") { site in
      site.choosers { haproxy in
        haproxy.check == .tcp || haproxy.check == .http && haproxy.checkPath == .nginx
      }.filter { _ in site.topology.hosts.contains { $0.nginx != nil } }.map { host in
        Flaw(
          host.name, Evidence(["show balancer"], saw: "a dead application passes its check"),
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

  /// A server crashes on a copy, and as many requests are sent as there are servers, twice.
  fileprivate func failures(behind balancer: Host) -> Evidence {
    guard let place = topology.backends.first else { return Evidence([], saw: "") }
    let name = topology.hosts[place].name
    let count = min(Simulation.mostTraced, 2 * topology.backends.count)
    var copy = self
    _ = try? copy.perform(.break(.part(Address(name)), .crash))
    let traffic = try? copy.perform(.send(Sending(count: count, mix: .only(.static)))).traffic
    return Evidence(
      ["break \(name) crash", "send \(count) static"], saw: "\(traffic?.failed ?? 0) of \(count) failed")
  }

  /// haproxy alone dies on a copy.
  fileprivate func deafness(of balancer: Host) -> Evidence {
    let part = Address(balancer.name, .haproxy)
    var copy = self
    _ = try? copy.perform(.break(.part(part), .crash))
    _ = try? copy.perform(.wait(.seconds(30)))
    let traffic = try? copy.perform(.send(Sending(count: 4, mix: .only(.static)))).traffic
    return Evidence(
      ["break \(part.text)", "wait 30s", "send 4 static"], saw: "\(traffic?.failed ?? 0) of 4 failed")
  }
}
