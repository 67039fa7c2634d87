import Blueprint
import Simulator

/// The links on which an eavesdropper reads what users send or get.
public struct ReadableLinks: Equatable, Sendable {
  public let links: [String]
  public let evidence: Evidence
}

extension Simulation {
  /// The links that requests of that kind pass in clear: those of as many requests, sent on a copy, as give everybody a
  /// turn; for writes also those on which replicas hear of them.
  public func readableLinks(for kind: RequestKind) -> ReadableLinks {
    let ways = ways(of: kind, count: requestsForAllWays)
    var links: [String] = []
    for way in ways {
      for hop in way.hops where hop.isReadable(in: topology, balancer: way.balancer) {
        if let link = hop.link, !links.contains(link) { links.append(link) }
      }
    }
    if kind == .write, !ways.isEmpty, !topology.database.tls {
      for link in replicationLinks where !links.contains(link) { links.append(link) }
    }
    let saw =
      links.isEmpty ? "nothing can be read on the way" : "readable on \(Evidence.listed(links))"
    return ReadableLinks(links: links, evidence: Evidence(links.map { "attack sniff \($0)" }, saw: saw))
  }

  /// Between each replica and the node that it follows.
  var replicationLinks: [String] {
    databaseReports.compactMap { node in
      guard let source = node.source, node.isConnected, let a = Simulation.host(of: node.name),
        let b = Simulation.host(of: source), a != b
      else { return nil }
      return Hop.link(a, b)
    }
  }

  private static func host(of part: String) -> String? { part.split(separator: ".").first.map(String.init) }
}
