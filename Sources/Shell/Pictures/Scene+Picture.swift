import Blueprint
import Inspector
import Simulator

extension Scene {
  var map: SiteMap { Survey(simulation, traffic: lastRun?.traffic).map }

  /// The site as a drawing, with what is wrong and where the last requests went.
  func picture(width: Int) -> [Line] {
    let drawing = SiteDrawing(map, address: address, rules: simulation.topology.rules, width: width)
    return drawing.lines + protections + troubles
  }

  /// What is said below a picture that has no room for it elsewhere.
  var remarks: [Line] {
    [Line("  \(simulation.topology.rules.joined(separator: "; "))")] + protections + troubles
  }

  /// What no box can tell of the protections.
  private var protections: [Line] {
    let topology = simulation.topology
    let open = topology.missing
    return (topology.database.tls ? [Line("  \(Topology.databaseEncryption)", .faint)] : [])
      + (open.isEmpty ? [] : [Line("  open: \(open.joined(separator: ", "))")])
  }

  private var troubles: [Line] {
    simulation.troubles.map { Line("  \($0)", .failed) }
      + (lastRunWords.map { [Line("  \($0)", .faint)] } ?? [])
  }

  /// The name, and what it resolves to.
  var address: String {
    let topology = simulation.topology
    let addresses = Sentences.listed(topology.nameAddresses.map { $0.text })
    let isLost = topology.sharing == .activePassive && simulation.addressHolders.isEmpty
    return "\(Topology.siteName) = \(addresses)\(isLost ? ", held by nobody" : "")"
  }

  var lastRunWords: String? {
    guard let traffic = lastRun?.traffic, traffic.sent > 0 else { return nil }
    var words = "last run: \(traffic.answered) of \(traffic.sent) answered"
    let errors = traffic.ends.filter { $0.end != .status(200) }.map { "\($0.count) got \($0.end.word)" }
    if !errors.isEmpty { words += "; \(Sentences.listed(errors))" }
    let nodes = traffic.byDatabase.map { "\($0.name) \($0.count)" }
    if (1...4).contains(nodes.count) { words += "; database: \(Sentences.listed(nodes))" }
    return words
  }
}

extension Topology {
  /// What the balancers go by, a line each.
  var rules: [String] {
    guard let haproxy = balancers.first.flatMap({ hosts[$0].haproxy }) else { return [] }
    let check =
      switch haproxy.check {
      case .off: "no health checks"
      case .tcp: "check: tcp"
      case .http: "check: http, through \(haproxy.checkPath.rawValue)"
      }
    return [algorithm.rawValue + (haproxy.isConsistent ? " consistent" : ""), check]
  }

  /// What protects the site.
  var guarded: [String] {
    let covered = hosts.filter { $0.tls != nil }
    let reaches = covered.first?.tls.map { $0.reach.words } ?? ""
    let encryption =
      covered.isEmpty ? [] : ["TLS from the users to \(Sentences.listed(covered.map { $0.name }))\(reaches)"]
    return encryption + (database.tls ? [Topology.databaseEncryption] : [])
      + protections.filter { $0.count > 0 }.map { count, word in
        "\(word) on \(count == hosts.count ? "every host" : "\(count) of \(hosts.count) hosts")"
      }
  }

  /// What does not.
  var missing: [String] {
    (hosts.contains { $0.tls != nil } ? [] : ["no TLS"])
      + protections.filter { $0.count == 0 }.map { "no \($0.word)" }
  }

  private var protections: [(count: Int, word: String)] {
    [(hosts.count { $0.firewall != nil }, "firewall"), (hosts.count { $0.monitor != nil }, "monitoring")]
  }

  fileprivate static let databaseEncryption = "TLS among applications and databases"
}

extension TLS.Reach {
  /// Behind the balancer's name.
  fileprivate var words: String {
    switch self {
    case .balancer: ""
    case .servers: ", and anew to the servers"
    case .through: ", which passes it on unread"
    }
  }
}
