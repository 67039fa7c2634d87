import Blueprint
import Simulator

/// The site as it is drawn: the map, the site's name and address, and what is said below the drawing.
struct SitePicture {
  let map: SiteMap
  private let simulation: Simulation
  private let lastRun: Traffic?

  /// `lastRun`: the traffic whose requests are counted beside the links.
  init(_ simulation: Simulation, lastRun: Traffic?) {
    self.simulation = simulation
    self.lastRun = lastRun
    map = Survey(simulation, traffic: lastRun).map
  }

  /// The drawing, with faults and the last run below it.
  func lines(width: Int) -> [Line] { drawing(width: width) + protections + troubles }

  /// The drawing alone.
  func drawing(width: Int) -> [Line] {
    SiteDrawing(map, address: address, rules: rules, width: width).lines
  }

  /// A shorter drawing, with a line for each host.
  func outline(width: Int) -> [Line] {
    SiteOutline(map, address: address, rules: rules, width: width).lines
  }

  private var rules: [String] { simulation.topology.rules }

  /// What is said below a picture that has no room for it elsewhere.
  var remarks: [Line] { [Line("  \(rules.joined(separator: "; "))")] + protections + troubles }

  /// The protections that no box can show.
  private var protections: [Line] {
    let topology = simulation.topology
    let open = topology.missing
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
    let addresses = Sentences.listed(topology.nameAddresses.map { $0.text })
    let isLost = topology.sharing == .activePassive && simulation.addressHolders.isEmpty
    return "\(Topology.siteName) = \(addresses)\(isLost ? ", held by nobody" : "")"
  }
}
