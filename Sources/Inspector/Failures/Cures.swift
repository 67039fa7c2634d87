import Blueprint
import Simulator

/// Commands that might take a single point of failure away. Each is tried on a copy before it is said.
public struct Cure: Equatable, Sendable {
  public let commands: [String]
  let actions: [Action]

  public var text: String { commands.joined(separator: "; ") }

  /// After it, what is new has the time to come up.
  public static let pause = "wait 10s"

  init(_ steps: [(String, Change)]) {
    commands = steps.map { $0.0 }
    actions = steps.map { .change($0.1) }
  }

  init(_ cures: [Cure]) {
    commands = cures.flatMap { $0.commands }
    actions = cures.flatMap { $0.actions }
  }

  /// The site after it; nil where it cannot be done there.
  func applied(to simulation: Simulation) -> Simulation? {
    var copy = simulation
    for action in actions where (try? copy.perform(action)) == nil { return nil }
    return (try? copy.perform(.wait(.seconds(10)))) == nil ? nil : copy
  }
}

extension SpofSearch {
  /// For each one the first cure after which its loss stops nothing any more; nil where none helps.
  ///
  /// On a large site what has cured another is tried first, and the rest for some only.
  public func cures(for spofs: [Spof], on simulation: Simulation, goOn: Simulation.GoOn = { _ in true })
    -> [Cure?]
  {
    let cures = simulation.topology.cures
    var sites: [Int: Simulation?] = [:]
    var helpful: [Int] = []
    var searches = 0
    return spofs.map { spof in
      guard let target = Breakable(named: spof.component) else { return nil }
      var search = self
      // Those that it stops now first: most cures fail there.
      search.kinds = spof.kinds + kinds.filter { !spof.kinds.contains($0) }
      if !spof.isWhole { searches += 1 }
      let rest = cures.indices.filter { !helpful.contains($0) }
      let choice = spof.isWhole ? Array(cures.indices) : helpful + (searches > 8 ? [] : rest)
      let found = choice.first { place in
        guard goOn(0) else { return false }
        let known = sites[place] ?? cures[place].applied(to: simulation)
        sites[place] = .some(known)
        return known.map { search.isWhole(after: target, on: $0, goOn) } ?? false
      }
      if let found, !helpful.contains(found) { helpful.append(found) }
      return found.map { cures[$0] }
    }
  }
}

extension SpofSearch {
  /// Whether those requests are all answered, and the site has not fallen into two truths by it.
  fileprivate func isWhole(after target: Breakable, on site: Simulation, _ goOn: Simulation.GoOn) -> Bool {
    guard let trial = try? Trial(breaking: [Breakage.Plan(target, fault)], on: site, goOn: goOn) else {
      return false
    }
    let primaries = trial.simulation.databaseReports.filter { $0.role == "primary" }
    return primaries.count <= 1
      && kinds.allSatisfy { (try? trial.ask($0, rate: rate, stopsAtFailure: true, goOn: goOn))?.failed == 0 }
  }
}

extension Topology {
  /// From the smallest to the largest: a setting, then a host more, then several of those together.
  fileprivate var cures: [Cure] {
    let checks = Cure(
      balancers.flatMap { place in
        [set(place, "check", .word("http")), set(place, "check-path", .word("app"))]
      })
    let track = Cure(balancers.map { set($0, "track", .flag(true)) })
    let fallback = Cure([setDatabase("fallback", .flag(true))])
    let failover = Cure([setDatabase("failover", .word("auto"))])
    let pair = Cure([("mode active-passive balancers", .serveBalancers(.activePassive))])
    let replica = Cure([addition("add replica", [.mysql], stem: "replica")])
    var cures = [checks, fallback, failover, track, Cure([checks, fallback])]
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
    let track = ([name] + balancers.map { hosts[$0].name }).map { host -> (String, Change) in
      ("set \(host) track on", .set(.at(Address(host)), key: "track", to: .flag(true)))
    }
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
    return sorts.map { parts in
      let words =
        parts == ComponentKind.ofServers ? "" : " with \(parts.map { $0.rawValue }.joined(separator: ","))"
      return Cure([addition("add server\(words)", parts, stem: "server")])
    }
  }

  private func addition(_ words: String, _ parts: [ComponentKind], stem: String) -> (String, Change) {
    var server = NewServer(parts: parts)
    server.stem = stem
    return (words, .addServer(server))
  }

  private func set(_ place: Int, _ key: String, _ value: Key.Value) -> (String, Change) {
    let name = hosts[place].name
    return ("set \(name) \(key) \(value.command)", .set(.at(Address(name)), key: key, to: value))
  }

  private func setDatabase(_ key: String, _ value: Key.Value) -> (String, Change) {
    ("set database \(key) \(value.command)", .set(.database, key: key, to: value))
  }
}
