import Blueprint
import Simulator

/// The site as it is drawn: the map, the site's name and address, and the remarks below the drawing.
struct SitePicture {
  let map: SiteMap
  private let simulation: Simulation
  private let lastRun: Traffic?

  /// Creates the picture. The requests of `lastRun` are counted beside the links.
  init(_ simulation: Simulation, lastRun: Traffic?) {
    self.simulation = simulation
    self.lastRun = lastRun
    map = SiteMapBuilder(simulation, traffic: lastRun).map
  }

  /// Returns the drawing, with faults and the last run below it.
  func lines(width: Int) -> [Line] { drawing(width: width) + protections + troubles }

  /// Returns only the drawing.
  func drawing(width: Int) -> [Line] {
    SiteDrawing(map, address: address, rules: rules, width: width).lines
  }

  /// Returns a shorter drawing, with a line for each host.
  func outline(width: Int) -> [Line] {
    SiteOutline(map, address: address, rules: rules, width: width).lines
  }

  private var rules: [String] { simulation.topology.rules }

  /// The remarks below a picture that has no room for them elsewhere.
  var remarks: [Line] { [Line("  \(rules.joined(separator: "; "))")] + protections + troubles }

  /// The protections that no box can show.
  private var protections: [Line] {
    let topology = simulation.topology
    let open = topology.missingProtections
    return (topology.database.tls ? [Line("  \(Topology.databaseEncryption)", .faint)] : [])
      + (open.isEmpty ? [] : [Line("  open: \(open.joined(separator: ", "))")])
  }

  private var troubles: [Line] {
    simulation.troubles.map { Line("  \($0)", .failed) }
      + (lastRun?.summary.map { [Line("  \($0)", .faint)] } ?? [])
  }

  /// The site's name, and what it resolves to.
  var address: String {
    let topology = simulation.topology
    let addresses = Sentences.listed(topology.resolvedAddresses.map { $0.text })
    let isLost = topology.sharing == .activePassive && simulation.addressHolders.isEmpty
    return "\(Topology.siteName) = \(addresses)\(isLost ? ", held by nobody" : "")"
  }
}
