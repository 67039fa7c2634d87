import Blueprint
import Simulator

/// What a change of the site would bring to requests of one kind, most of all.
public struct Gain: Sendable {
  public let kind: RequestKind
  public let cure: Cure
  /// Of the time.
  public let share: Double
  /// What it costs others.
  public let losses: [(kind: RequestKind, share: Double)]

  /// A second in thirty years.
  static let least = 1e-9
}

extension AvailabilityStudy {
  /// So many hosts are looked at one by one.
  static let mostDoubled = 8

  /// What mending a site would bring, or settings that let it recover by itself.
  public func gainsBySettings(
    for found: [Availability], on simulation: Simulation, goOn: @escaping Simulation.GoOn = { _ in true }
  ) throws(Problem) -> [Gain] {
    try gains(by: simulation.settingCures, for: found, on: simulation, goOn)
  }

  /// What a second one of each host would bring.
  public func gainsBySeconds(
    for found: [Availability], on simulation: Simulation, goOn: @escaping Simulation.GoOn = { _ in true }
  ) throws(Problem) -> [Gain] {
    let seconds = simulation.topology.hosts.compactMap { simulation.topology.doubling($0.name) }
    var study = self
    // A third of a second a year is enough to choose by.
    study.negligible = 1e-8
    return try study.gains(by: seconds.unique, for: found, on: simulation, goOn)
  }

  /// What brings an audit's findings, or costs more than it gives, is no gain.
  private func gains(
    by cures: [Cure], for found: [Availability], on simulation: Simulation, _ goOn: @escaping Simulation.GoOn
  ) throws(Problem) -> [Gain] {
    guard simulation.topology.hosts.count <= AvailabilityStudy.mostDoubled, found.allSatisfy({ $0.isExact })
    else { return [] }
    var computing = self
    (computing.moments, computing.mostSets) = (0, 2_000)
    var harm = Harm(simulation.wired, goOn: goOn)
    var gains: [Gain] = []
    for cure in cures {
      guard let done = harm.without(cure) else { continue }
      var changes: [(kind: RequestKind, share: Double)] = []
      for now in found {
        let then = try computing.availability(of: now.kind, on: done.site, goOn: goOn)
        if then.isExact { changes.append((now.kind, then.share - now.share)) }
      }
      guard changes.count == found.count, let best = changes.max(by: { $0.share < $1.share }),
        best.share > Gain.least, changes.reduce(0, { $0 + $1.share }) > 0
      else { continue }
      gains.append(
        Gain(
          kind: best.kind, cure: done.cure, share: best.share,
          losses: changes.filter { $0.share < -Gain.least }))
    }
    return gains.sorted { $0.share > $1.share }
  }
}

extension Topology {
  /// A second host beside that one, carrying the same and used as well; nil where there can be none.
  func doubling(_ name: String) -> Cure? {
    guard let host = host(named: name) else { return nil }
    if host.isBalancer { return secondBalancer }
    var server = NewServer(parts: host.parts.filter { ComponentKind.ofServers.contains($0) })
    server.stem = String(name.prefix { $0 != "-" })
    guard Topology.isFit(name: server.stem) || server.stem == "server" || server.stem == "replica" else {
      return nil
    }
    var number = 2
    while place(of: "\(server.stem)-\(number)") != nil { number += 1 }
    server.name = "\(server.stem)-\(number)"
    let parts = server.parts.map { $0.rawValue }.joined(separator: ",")
    return Cure([("add server \(server.name ?? "") with \(parts)", .addServer(server))])
  }
}

extension Simulation {
  /// The same site with a second host beside that one, and how one gets there; nil where it cannot be.
  public func doubled(_ name: String) -> (site: Simulation, commands: [String])? {
    guard let cure = topology.doubling(name) else { return nil }
    return cure.applied(to: self).map { ($0, cure.commands) }
  }
}
