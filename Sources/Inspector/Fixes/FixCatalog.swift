import Blueprint
import Simulator

extension Simulation {
  /// All fixes to try, from the smallest to the largest: repairs, then changes of settings, then new hosts.
  var fixes: [Fix] { restorations + topology.fixes }

  /// The fixes that add no host.
  var fixesWithoutHosts: [Fix] { restorations + topology.settingFixes }

  /// The fixes that restore the site as it was built: each alone, and finally all together.
  var restorations: [Fix] {
    let single = repairs + [topology.backInService, topology.neededFirewallRules]
    return single + [Fix(single)]
  }

  /// One fix that repairs all faults and rebuilds diverged database nodes. The list is empty if there is
  /// nothing to repair.
  private var repairs: [Fix] {
    let repairs = faults.map { FixStep.repair($0.target) }.unique
    let diverged = databaseReports.filter { $0.role == .diverged }.map { FixStep.rebuild($0.name) }
    return repairs.isEmpty && diverged.isEmpty ? [] : [Fix(repairs + diverged)]
  }
}

extension Topology {
  // MARK: Restoring the site as it was built

  /// The fix that returns servers in maintenance or draining to service.
  fileprivate var backInService: Fix {
    Fix(backends.filter { hosts[$0].serverSettings.state != .ready }.map { set($0, "state", .word("ready")) })
  }

  /// The fix that makes firewalls allow every connection that the site needs.
  fileprivate var neededFirewallRules: Fix {
    Fix(hosts.filter { $0.firewall != nil }.flatMap { neededRules(of: $0.name) })
  }

  /// Returns the steps that make a host's firewall allow every needed connection. If a rule denies the source
  /// of such a connection, the steps replace the firewall.
  func neededRules(of host: String) -> [FixStep] {
    let (add, remove) = (FixStep.addFirewall(host), FixStep.removeFirewall(host))
    guard let replaced = after([remove, add]), replaced != self else { return [] }
    return after([add]) == replaced ? [add] : [remove, add]
  }

  private func after(_ steps: [FixStep]) -> Topology? {
    var copy = self
    for case .change(let change) in steps.map({ $0.action }) where (try? copy.apply(change)) == nil {
      return nil
    }
    return copy
  }

  // MARK: Settings

  /// The fixes that change only settings. They let a site recover without an operator.
  fileprivate var settingFixes: [Fix] { [checks, fallback, failover, track] }

  private var checks: Fix {
    Fix(
      balancers.flatMap { index in
        [set(index, "check", .word("http")), set(index, "check-path", .word("app"))]
      })
  }
  private var track: Fix { Fix(balancers.map { set($0, "track", .flag(true)) }) }
  private var fallback: Fix { Fix([.setDatabase("fallback", .flag(true))]) }
  private var failover: Fix { Fix([.setDatabase("failover", .word("auto"))]) }

  // MARK: New hosts

  /// The fixes from the smallest to the largest: a setting, then a new host, then combinations.
  fileprivate var fixes: [Fix] {
    let (checks, fallback, failover, track) = (checks, fallback, failover, track)
    let pair = Fix([.setBalancerSharing(.activePassive)])
    let replica = Fix([.addReplica])
    var fixes = settingFixes
    fixes += [Fix([checks, fallback]), Fix([checks, failover]), Fix([checks, fallback, failover])]
    fixes += balancers.count > 1 ? [pair, Fix([pair, track])] : [newPair(pair)]
    fixes += [Fix([replica, fallback]), Fix([replica, failover]), Fix([replica, fallback, failover])]
    let servers = newServers
    fixes += servers
    fixes += servers.map { Fix([$0, checks]) }
    fixes += servers.map { Fix([$0, checks, fallback, failover]) }
    return fixes
  }

  /// Returns the fix that adds a second balancer and makes all balancers watch their haproxy process.
  private func newPair(_ pair: Fix) -> Fix {
    let name = freeBalancerName
    let track = ([name] + balancers.map { hosts[$0].name }).map { FixStep.set($0, "track", .flag(true)) }
    return Fix([Fix([.addBalancer(name)]), pair, Fix(track)])
  }

  private var freeBalancerName: String {
    var number = 1
    while index(of: "lb-\(number)") != nil { number += 1 }
    return "lb-\(number)"
  }

  private static let mostComponentSets = 6

  /// The fixes that add a new server, one for each set of components that an existing server has.
  private var newServers: [Fix] {
    var componentSets: [[ComponentKind]] = []
    for host in hosts where !host.isBalancer && componentSets.count < Topology.mostComponentSets {
      let parts = host.parts.filter { $0 != .haproxy }
      if !componentSets.contains(parts), parts != [.mysql] { componentSets.append(parts) }
    }
    if componentSets.isEmpty { componentSets = [ComponentKind.serverDefaults] }
    return componentSets.map { Fix([.addServer(with: $0)]) }
  }

  private func set(_ index: Int, _ setting: Setting.Name, _ value: Setting.Value) -> FixStep {
    .set(hosts[index].name, setting, value)
  }
}

// MARK: A second host

extension Topology {
  /// Returns the fix that adds a second host with the same components, or nil if that is impossible.
  func doubling(_ name: String) -> Fix? {
    guard let host = host(named: name) else { return nil }
    if host.isBalancer {
      return Fix([.addBalancer(freeBalancerName), .setBalancerSharing(.activePassive)])
    }
    var server = NewServer(components: host.parts.filter { ComponentKind.installableOnServers.contains($0) })
    server.stem = String(name.prefix { $0 != "-" })
    guard Topology.isValid(name: server.stem) || server.stem == "server" || server.stem == "replica" else {
      return nil
    }
    var number = 2
    while index(of: "\(server.stem)-\(number)") != nil { number += 1 }
    let name = "\(server.stem)-\(number)"
    server.name = name
    let components = server.components.map { $0.rawValue }.joined(separator: ",")
    return Fix([FixStep("add server \(name) with \(components)", .addServer(server))])
  }
}

extension Simulation {
  /// Returns the site with a second host beside this one, and the commands that add it. Returns nil if that
  /// is impossible.
  public func doubled(_ name: String) -> (site: Simulation, commands: [String])? {
    guard let fix = topology.doubling(name) else { return nil }
    return (try? fix.applied(to: self)).map { ($0, fix.commands) }
  }
}
