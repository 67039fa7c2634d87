import Blueprint
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

  private var protections: [Line] { simulation.topology.openness.map { Line("  \($0)") } }

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
    let errors = traffic.ends.filter { $0.end != .status(200) }.map { "\($0.count) got \($0.end.words)" }
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

  /// What protects the site, and what is left open.
  var openness: [String] {
    let walls = hosts.count { $0.firewall != nil }
    let agents = hosts.count { $0.monitor != nil }
    let encrypting = hosts.filter { $0.tls != nil }.map { $0.name }
    var guarded: [String] = []
    var open: [String] = []
    if encrypting.isEmpty {
      open.append("no TLS")
    } else {
      guarded.append("TLS at \(Sentences.listed(encrypting))")
    }
    for (count, word) in [(walls, "firewall"), (agents, "monitoring")] {
      if count > 0 {
        guarded.append(
          "\(word) on \(count == hosts.count ? "every host" : "\(count) of \(hosts.count) hosts")")
      }
      if count == 0 { open.append("no \(word)") }
    }
    return (guarded.isEmpty ? [] : ["protected: \(guarded.joined(separator: ", "))"])
      + (open.isEmpty ? [] : ["open: \(open.joined(separator: ", "))"])
  }
}
