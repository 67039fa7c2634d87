import Inspector
import Shell

/// Part (f): single points of failure by experiment, compared with the dominators of a graph of the same
/// site.
enum SpofBenchmark {
  /// Returns a site with a balancer, servers of three components each, a primary and a replica.
  private static func site(servers: Int) -> BenchmarkSite {
    BenchmarkSite(
      commands: ["new"] + (1...servers).map { "add server s\($0) with nginx,app,files" } + [
        "add server d1 with mysql", "add server d2 with mysql", "set lb-1 check http",
        "set lb-1 redispatch on", "set database fallback on",
      ])
  }

  static func report() {
    print("(f) single points of failure, reads and writes, on copies that are broken;")
    print("    beside the dominators in a graph that somebody drew of the site\n")
    row("", ("99 parts", 12), ("9,999 parts", 14), ("the same names", 18))
    let sizes = [32, 3_332]
    let found = sizes.map { spofs(servers: $0) }
    row("Tripod", (found[0].seconds.pace, 12), (found[1].seconds.pace, 14))
    let others = sizes.map { GraphLibraries.answers(servers: $0) }
    for (small, large) in zip(others[0], others[1]) {
      let agrees = small.names == found[0].names && large.names == found[1].names
      row(small.library, (small.seconds.pace, 12), (large.seconds.pace, 14), (agrees ? "yes" : "NO", 18))
    }
    if others[0].isEmpty {
      print("  igraph, networkx: not here; python3-igraph and python3-networkx bring them")
    }
    row("Tripod, in pairs", (pairs(servers: 32).pace, 12))
    let few = found[1].concluded
    print("\n  of the large site \(found[1].tried.words) parts and links were broken, and")
    print("  \(few.words) named because they are built like one of those\n")
  }

  private struct SpofResult {
    var seconds = 0.0
    var names: [[String]] = []
    var tried = 0
    var concluded = 0
  }

  /// Finds the hosts and components that are single points of failure. Links are left out, because the graph
  /// has none.
  private static func spofs(servers: Int) -> SpofResult {
    var site = site(servers: servers)
    var found = SpofResult()
    for kind in ["read", "write"] {
      var reply: JSON = .null
      found.seconds += seconds { reply = site.obey("spof \(kind)") }
      found.names.append(names(in: reply).filter { !$0.contains("--") }.sorted())
      found.tried += BenchmarkSite.integer(reply["tried"])
      found.concluded += BenchmarkSite.integer(reply["concluded"])
    }
    return found
  }

  private static func names(in reply: JSON) -> [String] {
    guard case .array(let spofs)? = reply["spofs"] else { return [] }
    return spofs.compactMap { spof in
      if case .string(let name)? = spof["component"] { name } else { nil }
    }
  }

  private static func pairs(servers: Int) -> Double {
    var site = site(servers: servers)
    return seconds { _ = site.obey("spof pairs") }
  }
}

extension Double {
  /// The time in a suitable unit.
  fileprivate var pace: String { self < 0.1 ? milliseconds : words(2) + " s" }
}
