import Blueprint
import Simulator

extension AuditRule {
  /// Who is told when something breaks.
  static let watching: [AuditRule] = [
    AuditRule("no-monitor", .medium, cwe: 778, "nobody is told when the host fails") { site in
      site.hosts { $0.monitor == nil }.map { host in
        Flaw(host.name, site.silence(about: host.name), fix: "add monitor \(host.name)")
      }
    }
  ]
}

extension Simulation {
  /// On sites beyond that the experiment is not made for each host.
  private static let mostTried = 50

  /// The host dies on a copy, and a minute passes.
  fileprivate func silence(about host: String) -> Evidence {
    let commands = ["break \(host)", "wait 1m", "alerts"]
    guard topology.hosts.count <= Simulation.mostTried else {
      return Evidence(commands, saw: "no agent runs there")
    }
    var copy = self
    let known = alerts.count
    _ = try? copy.perform(.break(.part(Address(host)), .power))
    _ = try? copy.perform(.wait(.seconds(60)))
    let about = copy.alerts.dropFirst(known).filter {
      $0.component.split(separator: ".").first.map(String.init) == host
    }
    return Evidence(
      commands, saw: about.isEmpty ? "nobody was told within a minute" : "\(about.count) alerts, from others")
  }
}
