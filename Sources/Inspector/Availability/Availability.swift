import Blueprint
import Simulator

/// The share of the time in which requests of one kind are answered, and whom the rest is owed to.
public struct Availability: Sendable {
  public let kind: RequestKind
  public let share: Double
  /// Whether it was computed; otherwise it was drawn.
  public let isExact: Bool
  /// What drawing says, and its standard error.
  public let drawn: Double
  public let error: Double
  /// How much more there would be if that one never failed, the most first.
  public let costs: [(component: Address, share: Double)]

  /// Whether drawing agrees within three times its own error.
  public var agrees: Bool { (share - drawn).magnitude <= 3 * error + 1e-9 }

  public var downtimeMinutesPerYear: Double { (1 - share) * 365 * 24 * 60 }
}

/// Computes availability from the means of each sort of component, taken to fail independently of each other.
public struct AvailabilityStudy: Sendable {
  /// Whether only whole hosts fail.
  public var hostsOnly = false
  /// How many moments are drawn.
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
    let exact = isSmall ? try computed(broken, &structure, goOn) : nil
    let costs = try costs(broken, &structure, share: exact, goOn)
    structure.renewExperiments()
    let (drawn, drawings) = try draw(broken, &structure, goOn)
    let share = exact ?? drawn
    let error = max(1e-12, share * (1 - share) / Double(max(1, drawings))).squareRoot()
    return Availability(
      kind: kind, share: share, isExact: exact != nil, drawn: drawn, error: error, costs: costs)
  }

  /// Nil where it takes too many experiments.
  private func computed(_ broken: [Double], _ structure: inout Structure, _ goOn: Simulation.GoOn)
    throws(Problem) -> Double?
  {
    do {
      return try structure.probability(broken, goOn)
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

  /// What is known of the structure decides nearly all of these; where the share was drawn, nothing does.
  private func costs(
    _ broken: [Double], _ structure: inout Structure, share: Double?, _ goOn: Simulation.GoOn
  ) throws(Problem) -> [(component: Address, share: Double)] {
    guard let share else { return [] }
    var costs: [(component: Address, share: Double)] = []
    for place in structure.components.indices where broken[place] > 0 {
      var better = broken
      better[place] = 0
      guard let without = try computed(better, &structure, goOn), without > share else { continue }
      costs.append((structure.components[place], without - share))
    }
    return costs.sorted { $0.share > $1.share }
  }

  /// Moments drawn one by one, each with what is broken then; what is broken is tried, not computed. How many there were,
  /// too: where trying takes too long, there are fewer.
  private func draw(_ broken: [Double], _ structure: inout Structure, _ goOn: Simulation.GoOn) throws(Problem)
    -> (share: Double, count: Int)
  {
    var sampling = Sampling(structure.simulation)
    var works = 0
    for count in 0..<moments {
      var down: Places = 0
      for place in structure.components.indices {
        let draw = Double(sampling.next() >> 11) / 9_007_199_254_740_992
        if draw < broken[place] { down |= 1 << Places(place) }
      }
      do {
        if try structure.experiment(down, goOn) { works += 1 }
      } catch {
        guard structure.isExhausted, goOn(0) else { throw error }
        return (Double(works) / Double(max(1, count)), count)
      }
    }
    return (Double(works) / Double(moments), moments)
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
