import Blueprint
import Simulator

/// What a change of the site would bring to requests of one kind.
public struct Gain: Sendable {
  public let kind: RequestKind
  public let cure: Cure
  /// Of the time.
  public let share: Double

  /// A second in thirty years.
  static let least = 1e-9
}

extension AvailabilityStudy {
  /// So many hosts are looked at one by one.
  static let mostDoubled = 8

  /// What mending it, or settings that let it recover by itself, would bring, to those requests which gain most by each.
  /// What does harm elsewhere is no gain.
  public func gainsBySettings(
    for found: [Availability], on simulation: Simulation, goOn: @escaping Simulation.GoOn = { _ in true }
  ) throws(Problem) -> [Gain] {
    guard simulation.topology.hosts.count <= AvailabilityStudy.mostDoubled else { return [] }
    var computing = self
    (computing.moments, computing.mostSets) = (0, 2_000)
    var harm = Harm(simulation.wired, goOn: goOn)
    var gains: [Gain] = []
    for cure in simulation.settingCures {
      guard let done = harm.without(cure) else { continue }
      var best: Gain?
      for now in found where now.isExact {
        let then = try computing.availability(of: now.kind, on: done.site, goOn: goOn)
        let gain = Gain(kind: now.kind, cure: done.cure, share: then.share - now.share)
        if then.isExact, gain.share > max(Gain.least, best?.share ?? 0) { best = gain }
      }
      if let best { gains.append(best) }
    }
    return gains.sorted { $0.share > $1.share }
  }

  /// What a second one of each host would bring; asked with whole hosts alone, which tells as much and is quick.
  public func gainsBySeconds(
    of kind: RequestKind, on simulation: Simulation, goOn: @escaping Simulation.GoOn = { _ in true }
  ) throws(Problem) -> [Gain] {
    guard simulation.topology.hosts.count <= AvailabilityStudy.mostDoubled else { return [] }
    var hosts = self
    hosts.hostsOnly = true
    let now = try hosts.availability(of: kind, on: simulation, goOn: goOn).share
    var harm = Harm(simulation.wired, goOn: goOn)
    var gains: [Gain] = []
    for cure in simulation.topology.hosts.compactMap({ simulation.topology.doubling($0.name) }).unique {
      guard let done = harm.without(cure) else { continue }
      let then = try hosts.availability(of: kind, on: done.site, goOn: goOn).share
      if then - now > Gain.least { gains.append(Gain(kind: kind, cure: done.cure, share: then - now)) }
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
