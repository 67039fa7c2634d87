import Blueprint
import Simulator

/// The links on which an eavesdropper can read what users send or receive.
public struct ReadableLinks: Equatable, Sendable {
  public let links: [String]
  public let evidence: Evidence
}

extension Simulation {
  /// Returns the links on which requests of this kind are unencrypted. For writes, this includes replication.
  ///
  /// It sends enough requests to use every path, on a copy of the site.
  public func readableLinks(for kind: RequestKind) -> ReadableLinks {
    let paths = paths(of: kind, count: requestsForAllPaths)
    var links: [String] = []
    for path in paths {
      for hop in path.hops where hop.isReadable(in: topology, balancer: path.balancer) {
        if let link = hop.link, !links.contains(link) { links.append(link) }
      }
    }
    if kind == .write, !paths.isEmpty, !topology.database.tls {
      for link in replicationLinks where !links.contains(link) { links.append(link) }
    }
    let observation =
      links.isEmpty ? "nothing can be read on any link" : "readable on \(Evidence.listed(links))"
    return ReadableLinks(
      links: links, evidence: Evidence(links.map { "attack sniff \($0)" }, observation: observation))
  }

  /// The links between each connected replica and the node from which it replicates.
  var replicationLinks: [String] {
    databaseReports.compactMap { node in
      guard let source = node.source, node.isConnected, let a = Simulation.host(of: node.name),
        let b = Simulation.host(of: source), a != b
      else { return nil }
      return Hop.link(a, b)
    }
  }

  private static func host(of component: String) -> String? {
    component.split(separator: ".").first.map(String.init)
  }
}
