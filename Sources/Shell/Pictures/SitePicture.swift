import Blueprint
import Simulator

/// What is drawn of a site: the map, the site's name and address, and the remarks below the drawing.
struct SitePicture {
  let map: SiteMap
  private let simulation: Simulation
  private let lastRun: Traffic?

  /// Creates the picture. The links show the number of requests in `lastRun`.
  init(_ simulation: Simulation, lastRun: Traffic?) {
    self.simulation = simulation
    self.lastRun = lastRun
    map = SiteMapBuilder(simulation, traffic: lastRun).map
  }

  /// Returns the drawing, followed by missing protections, faults and the summary of the last run.
  func lines(width: Int) -> [Line] { drawing(width: width) + protections + troubles }

  /// Returns the drawing without the lines that `lines` adds.
  func drawing(width: Int) -> [Line] {
    SiteDrawing(map, address: address, rules: rules, width: width).lines
  }

  /// Returns a shorter drawing, with a line for each host.
  func outline(width: Int) -> [Line] {
    SiteOutline(map, address: address, rules: rules, width: width).lines
  }

  private var rules: [String] { simulation.topology.rules }

  /// The remarks on rules, protections, faults and the last run, for a picture that has no other place for
  /// them.
  var remarks: [Line] { [Line("  \(rules.joined(separator: "; "))")] + protections + troubles }

  /// The protections that no box can show.
  private var protections: [Line] {
    let topology = simulation.topology
    let open = topology.missingProtections
    return (topology.database.tls ? [Line("  \(Topology.databaseEncryption)", .faint)] : [])
      + (open.isEmpty ? [] : [Line("  missing: \(open.joined(separator: ", "))", .faint)])
  }

  private var troubles: [Line] {
    simulation.troubles.map { Line("  \($0)", .failed) }
      + (lastRun?.summary.map { [Line("  \($0)", .faint)] } ?? [])
  }

  /// The site's name, and the addresses to which it resolves.
  var address: String {
    let topology = simulation.topology
    let addresses = Sentences.listed(topology.resolvedAddresses.map { $0.text })
    let isLost = topology.sharing == .activePassive && simulation.addressHolders.isEmpty
    return "\(Topology.siteName) = \(addresses)\(isLost ? ", not in service" : "")"
  }
}
