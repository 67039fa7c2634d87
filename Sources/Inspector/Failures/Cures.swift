import Blueprint
import Simulator

/// Commands that take a single point of failure away. They are tried on a copy before they are said.
public struct Cure: Equatable, Sendable {
  let steps: [Remedy]
  /// What an audit would find if only some of the steps were done, in the words of its rules.
  public let because: [String]
  /// What stops something alone then, and did not before.
  public let brings: [String]

  public var commands: [String] { steps.map { $0.text } }
  public var text: String { commands.joined(separator: "; ") }

  /// After it, what is new has the time to come up.
  public static let pause = "wait 10s"

  init(_ steps: [Remedy], because: [String] = [], brings: [String] = []) {
    self.steps = steps
    self.because = because
    self.brings = brings
  }

  init(_ steps: [(String, Change)]) { self.init(steps.map { Remedy($0.0, $0.1) }) }

  /// One after the other, what they have in common once.
  init(_ cures: [Cure]) {
    self.init(cures.flatMap { $0.steps }.unique, because: cures.flatMap { $0.because }.unique)
  }

  /// Without what changes nothing, and what is set anew later on. What cannot be done stays, and makes it fail.
  func trimmed(for topology: Topology) -> Cure {
    var topology = topology
    let effective = steps.enumerated().filter { i, step in
      guard case .change(let change) = step.action else { return true }
      let before = topology
      guard (try? topology.apply(change)) != nil else { return true }
      return topology != before && !steps[(i + 1)...].contains { $0.setsAnew(step) }
    }
    return Cure(effective.map { $0.element }, because: because)
  }

  /// Whether it takes the site back to what it was meant to be.
  var isMending: Bool { steps.allSatisfy { $0.isMending } }

  /// The site after it; nil where it cannot be done there.
  func applied(to simulation: Simulation) -> Simulation? {
    guard var cured = simulation.after(steps) else { return nil }
    return (try? cured.dare(.wait(.seconds(10)))) == nil ? nil : cured
  }
}

extension Simulation {
  /// From the smallest to the largest: what is broken is mended, then what is built is changed.
  var cures: [Cure] { restoring + topology.cures }

  /// Those that need no more hosts.
  var settingCures: [Cure] { restoring + topology.settings }

  /// What takes the site back to what it was meant to be, one by one and all at once.
  var restoring: [Cure] {
    let single = mending + [topology.ready, topology.rules]
    return single + [Cure(single)]
  }

  /// Repairs all that is broken, and what has fallen out of the database's one truth is built anew.
  private var mending: [Cure] {
    let repairs = faults.map { Remedy.repair($0.target) }.unique
    let diverged = databaseReports.filter { $0.role == .diverged }.map { Remedy.rebuild($0.name) }
    return repairs.isEmpty && diverged.isEmpty ? [] : [Cure(repairs + diverged)]
  }
}

extension Topology {
  /// Settings with which a site recovers by itself.
  var settings: [Cure] { [checks, fallback, failover, track] }

  /// Servers that somebody has taken out serve again.
  fileprivate var ready: Cure {
    Cure(
      backends.filter { hosts[$0].serving.state != .ready }.map { set($0, "state", .word("ready")) })
  }

  /// Firewalls let pass what the site needs.
  fileprivate var rules: Cure {
    Cure(hosts.filter { $0.firewall != nil }.flatMap { rules(of: $0.name) })
  }

  /// What is denied stays so, whatever is allowed: then the rules begin anew.
  private func rules(of host: String) -> [Remedy] {
    let (add, remove) = (Remedy.addFirewall(host), Remedy.removeFirewall(host))
    guard let plain = after([remove, add]), plain != self else { return [] }
    return after([add]) == plain ? [add] : [remove, add]
  }

  private func after(_ remedies: [Remedy]) -> Topology? {
    var copy = self
    for case .change(let change) in remedies.map({ $0.action }) where (try? copy.apply(change)) == nil {
      return nil
    }
    return copy
  }

  private var checks: Cure {
    Cure(
      balancers.flatMap { place in
        [set(place, "check", .word("http")), set(place, "check-path", .word("app"))]
      })
  }
  private var track: Cure { Cure(balancers.map { set($0, "track", .flag(true)) }) }
  private var fallback: Cure { Cure([Remedy.setDatabase("fallback", .flag(true))]) }
  private var failover: Cure { Cure([Remedy.setDatabase("failover", .word("auto"))]) }

  /// From the smallest to the largest: a setting, then a host more, then several of those together.
  var cures: [Cure] {
    let (checks, fallback, failover, track) = (checks, fallback, failover, track)
    let pair = Cure([("mode active-passive balancers", .serveBalancers(.activePassive))])
    let replica = Cure([Remedy.addReplica])
    var cures = settings
    cures += [Cure([checks, fallback]), Cure([checks, failover]), Cure([checks, fallback, failover])]
    cures += balancers.count > 1 ? [pair, Cure([pair, track])] : [newPair(pair)]
    cures += [Cure([replica, fallback]), Cure([replica, failover]), Cure([replica, fallback, failover])]
    let servers = additions
    cures +=
      servers + servers.map { Cure([$0, checks]) } + servers.map { Cure([$0, checks, fallback, failover]) }
    return cures
  }

  /// A balancer more, that stands by.
  var secondBalancer: Cure {
    let name = freeBalancerName
    return Cure([
      ("add balancer \(name)", .addBalancer(name: name)),
      ("mode active-passive balancers", .serveBalancers(.activePassive)),
    ])
  }

  /// A second balancer that watches its process, as the first one then does.
  private func newPair(_ pair: Cure) -> Cure {
    let name = freeBalancerName
    let second = Cure([("add balancer \(name)", .addBalancer(name: name))])
    let track = ([name] + balancers.map { hosts[$0].name }).map { Remedy.set($0, "track", .flag(true)) }
    return Cure([second, pair, Cure(track)])
  }

  private var freeBalancerName: String {
    var number = 1
    while place(of: "lb-\(number)") != nil { number += 1 }
    return "lb-\(number)"
  }

  /// A server more of each sort that there is.
  private var additions: [Cure] {
    var sorts: [[ComponentKind]] = []
    for host in hosts where !host.isBalancer && sorts.count < 6 {
      let parts = host.parts.filter { $0 != .haproxy }
      if !sorts.contains(parts), parts != [.mysql] { sorts.append(parts) }
    }
    if sorts.isEmpty { sorts = [ComponentKind.ofServers] }
    return sorts.map { parts in
      let words =
        parts == ComponentKind.ofServers ? "" : " with \(parts.map { $0.rawValue }.joined(separator: ","))"
      return Cure([Remedy.addition("add server\(words)", parts, stem: "server")])
    }
  }

  private func set(_ place: Int, _ key: String, _ value: Key.Value) -> Remedy {
    .set(hosts[place].name, key, value)
  }
}
