import Blueprint
import Simulator

/// The result of a port scan of several hosts.
public struct OpenPorts: Equatable, Sendable {
  public let vantage: ScanOrigin
  /// The numbers of the ports that were scanned on each host.
  public let scanned: [Int]
  public let ports: [PortReport]
  public let evidence: Evidence

  public var open: [PortReport] { ports.filter { $0.state == .open } }
}

extension Simulation {
  /// Scans the ports of these hosts (default: all hosts except the one from which the scan starts).
  public func scan(
    from vantage: ScanOrigin, of hosts: [String]? = nil, shouldContinue: ContinueCheck = { _ in true }
  ) -> OpenPorts {
    let names = hosts ?? topology.hosts.map { $0.name }.filter { .host($0) != vantage }
    let site = configured
    let scanned = site.scannedPorts
    var ports: [PortReport] = []
    for (i, name) in names.enumerated() {
      guard i % 50 != 49 || shouldContinue(Double(i) / Double(names.count)) else { break }
      ports += site.ports(of: name, from: vantage, at: scanned)
    }
    let open = ports.filter { $0.state == .open }.map { "\($0.host):\($0.port)" }
    let hostArgument = names.count == 1 ? " \(names[0])" : ""
    return OpenPorts(
      vantage: vantage, scanned: scanned, ports: ports,
      evidence: Evidence(
        ["attack scan\(hostArgument) from \(vantage.text)"],
        observation: open.isEmpty ? "no port is open" : "open: \(Evidence.listed(open))"))
  }

  /// Scans the ports of all hosts except the one from which the scan starts.
  public func openPorts(from vantage: ScanOrigin) -> OpenPorts { scan(from: vantage) }
}
