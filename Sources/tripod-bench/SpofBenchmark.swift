import Inspector
import Shell

/// Part (f): single points of failure by experiment, compared with dominators of a graph of the site.
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
    let results = sizes.map { spofs(servers: $0) }
    row("Tripod", (results[0].seconds.durationText, 12), (results[1].seconds.durationText, 14))
    let libraryResults = sizes.map { GraphLibraries.answers(servers: $0) }
    for (small, large) in zip(libraryResults[0], libraryResults[1]) {
      let agrees = small.names == results[0].names && large.names == results[1].names
      row(
        small.library, (small.seconds.durationText, 12), (large.seconds.durationText, 14),
        (agrees ? "yes" : "NO", 18))
    }
    if libraryResults[0].isEmpty {
      print("  igraph, networkx: not here; python3-igraph and python3-networkx bring them")
    }
    row("Tripod, in pairs", (pairs(servers: 32).durationText, 12))
    let similarCount = results[1].notTestedCount
    print("\n  of the large site \(results[1].testedCount.numberText) parts and links were broken, and")
    print("  \(similarCount.numberText) named because they are built like one of those\n")
  }

  private struct SpofResult {
    var seconds = 0.0
    var names: [[String]] = []
    var testedCount = 0
    var notTestedCount = 0
  }

  /// Finds the hosts and components that are single points of failure. The graph has no links to compare.
  private static func spofs(servers: Int) -> SpofResult {
    var site = site(servers: servers)
    var results = SpofResult()
    for kind in ["read", "write"] {
      var reply: JSON = .null
      results.seconds += seconds { reply = site.obey("spof \(kind)") }
      results.names.append(names(in: reply).filter { !$0.contains("--") }.sorted())
      results.testedCount += BenchmarkSite.integer(reply["tried"])
      results.notTestedCount += BenchmarkSite.integer(reply["concluded"])
    }
    return results
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
  fileprivate var durationText: String { self < 0.1 ? milliseconds : numberText(2) + " s" }
}
