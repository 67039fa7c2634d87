import Blueprint
import Simulator

extension AuditRule {
  /// Who is told when something breaks.
  static let watching: [AuditRule] = [
    AuditRule("no-monitor", .medium, cwe: 778, "nobody is told when the host fails") { site in
      site.hosts { $0.monitor == nil }.map { host in
        Flaw(host.name, site.silence(about: host.name), fix: .addMonitor(host.name))
      }
    }
  ]
}

extension Simulation {
  /// On sites beyond that the experiment is not made for each host.
  private static let mostTried = 50

  /// The host dies on a copy, and a minute passes.
  fileprivate func silence(about host: String) -> Evidence {
    let plan = Breakage.Plan(.part(Address(host)))
    guard topology.hosts.count <= Simulation.mostTried, let (site, steps) = after([plan], wait: .seconds(60))
    else { return Evidence(["show \(host)"], saw: "no agent runs there") }
    let known = alerts.count
    let about = site.alerts.dropFirst(known).filter {
      $0.component.split(separator: ".").first.map(String.init) == host
    }
    return Evidence(
      steps, then: ["alerts"],
      saw: about.isEmpty ? "nobody was told of it within a minute" : "told of its parts by others only")
  }
}
