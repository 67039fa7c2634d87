import Blueprint
import Simulator

/// The share of the time in which requests of one kind are answered, and whom the rest is owed to.
public struct Availability: Sendable {
  public let kind: RequestKind
  public let share: Double
  /// Whether it was computed; otherwise it was drawn.
  public let isExact: Bool
  let drawing: Drawing
  /// How much more there would be if that one never failed, the most first.
  public let costs: [(component: Address, share: Double)]

  /// What drawing says, and its standard error.
  public var drawn: Double { drawing.share }
  public var error: Double { drawing.error }

  /// Whether drawing could well have come out so if what was computed is right.
  public var agrees: Bool { !isExact || drawing.agrees(with: share) }

  public var downtimeMinutesPerYear: Double { (1 - share) * 365 * 24 * 60 }
}

/// Computes availability from the means of each sort of component, taken to fail independently of each other.
public struct AvailabilityStudy: Sendable {
  /// Whether only whole hosts fail.
  public var hostsOnly = false
  /// How many moments are drawn, of those in which something is broken.
  public var moments = 20_000

  public init() {}

  public func availability(
    of kind: RequestKind, on simulation: Simulation, goOn: Simulation.GoOn = { _ in true }
  )
    throws(Problem) -> Availability
  {
    let components = components(of: simulation.topology)
    guard components.count <= Structure.mostDrawn else {
      throw .tooMany("hosts and parts that could fail", limit: Structure.mostDrawn)
    }
    let broken = components.map {
      simulation.topology.site.reliability.means(of: $0.part)?.unavailability ?? 0
    }
    var structure = Structure(simulation, kind, components)
    let isSmall = components.count <= Structure.mostComponents
    let decisions = isSmall ? try decided(broken, &structure, goOn) : nil
    let exact = decisions?.probability(broken)
    let costs = decisions.map { self.costs(broken, structure.components, $0) } ?? []
    structure.renewExperiments()
    let drawing = try draw(broken, &structure, goOn)
    return Availability(
      kind: kind, share: exact ?? drawing.share, isExact: exact != nil, drawing: drawing, costs: costs)
  }

  /// Nil where it takes too many experiments.
  private func decided(_ broken: [Double], _ structure: inout Structure, _ goOn: Simulation.GoOn)
    throws(Problem) -> Decisions?
  {
    do {
      return try structure.decisions(broken, goOn)
    } catch {
      guard structure.isExhausted, goOn(0) else { throw error }
      return nil
    }
  }

  private func components(of topology: Topology) -> [Address] {
    topology.hosts.flatMap { host in
      [Address(host.name)]
        + (hostsOnly ? [] : host.parts.filter { !$0.isProtection }.map { Address(host.name, $0) })
    }
  }

  /// How much more there would be without the failures of each.
  private func costs(_ broken: [Double], _ components: [Address], _ decisions: Decisions)
    -> [(component: Address, share: Double)]
  {
    let share = decisions.probability(broken)
    let costs = components.indices.map { place in
      var better = broken
      better[place] = 0
      return (component: components[place], share: decisions.probability(better) - share)
    }
    return costs.filter { $0.share > 0 }.sorted { $0.share > $1.share }
  }

  /// Moments drawn one by one, each with what is broken then; what is broken is tried, not computed. How many there were,
  /// too: where trying takes too long, there are fewer.
  private func draw(_ broken: [Double], _ structure: inout Structure, _ goOn: Simulation.GoOn) throws(Problem)
    -> Drawing
  {
    var moments = Moments(broken, Sampling(structure.simulation))
    var drawing = Drawing(
      allWell: moments.allWell, worksWhole: try structure.experiment(0, goOn), failed: 0, count: 0)
    guard moments.allWell < 1 else { return drawing }
    while drawing.count < self.moments {
      do {
        if try !structure.experiment(moments.next(), goOn) { drawing.failed += 1 }
        drawing.count += 1
      } catch {
        guard structure.isExhausted, goOn(0) else { throw error }
        return drawing
      }
    }
    return drawing
  }
}

extension Simulation {
  /// The same site with a second host beside that one, carrying the same and used as well; nil where it cannot be.
  public func doubled(_ name: String) -> (site: Simulation, commands: [String])? {
    guard let host = topology.host(named: name) else { return nil }
    let cure: Cure
    if host.isBalancer {
      cure = topology.secondBalancer
    } else {
      var server = NewServer(parts: host.parts.filter { ComponentKind.ofServers.contains($0) })
      server.stem = String(name.prefix { $0 != "-" })
      guard Topology.isFit(name: server.stem) || server.stem == "server" || server.stem == "replica" else {
        return nil
      }
      var number = 2
      while topology.place(of: "\(server.stem)-\(number)") != nil { number += 1 }
      server.name = "\(server.stem)-\(number)"
      let parts = server.parts.map { $0.rawValue }.joined(separator: ",")
      cure = Cure([("add server \(server.name ?? "") with \(parts)", .addServer(server))])
    }
    return cure.applied(to: self).map { ($0, cure.commands) }
  }
}
