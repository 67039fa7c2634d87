import Glibc

/// Finds the hosts and components that every request goes through, with igraph and networkx if installed.
///
/// The libraries get a graph of the paths, from which failed servers are already excluded.
enum GraphLibraries {
  struct GraphResult {
    let library: String
    let seconds: Double
    /// The names for reads and for writes.
    let names: [[String]]
  }

  /// Returns a result for each library that python3 has.
  static func answers(servers: Int) -> [GraphResult] {
    let child = ChildProcess(["python3", "-", "\(servers)"], input: program, output: .read, error: .nowhere)
    guard let child else { return [] }
    let text = child.readAll()
    guard child.wait().status == 0 else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 4, let seconds = Double(words[1]) else { return nil }
      return GraphResult(
        library: words[0], seconds: seconds,
        names: words[2...].map { $0.split(separator: " ").map(String.init).sorted() })
    }
  }

  private static let program = """
    import sys, time

    servers = int(sys.argv[1])

    def ways(kind):
        edges = [("user", "lb-1"), ("lb-1", "lb-1.haproxy")]
        databases = ["d1", "d2"] if kind == "read" else ["d1"]
        for i in range(1, servers + 1):
            host = "s%d" % i
            steps = ["lb-1.haproxy", host, host + ".nginx", host + ".app", host + ".files"]
            edges += zip(steps, steps[1:])
            edges += [(steps[-1], database) for database in databases]
        for database in databases:
            edges += [(database, database + ".mysql"), (database + ".mysql", "answer")]
        return edges

    def networkx_way(edges):
        import networkx
        graph = networkx.DiGraph(edges)
        start = time.perf_counter()
        above = networkx.immediate_dominators(graph, "user")
        spent = time.perf_counter() - start
        return spent, above, "networkx " + networkx.__version__

    def igraph_way(edges):
        import igraph
        graph = igraph.Graph.TupleList(edges, directed=True)
        names = graph.vs["name"]
        root = names.index("user")
        start = time.perf_counter()
        parents = graph.dominator(root, mode="out")
        spent = time.perf_counter() - start
        above = {names[i]: names[p] for i, p in enumerate(parents) if p >= 0}
        return spent, above, "igraph " + igraph.__version__

    for way in (igraph_way, networkx_way):
        try:
            total, found = 0, []
            for kind in ("read", "write"):
                spent, above, name = way(ways(kind))
                total += spent
                chain, at = [], above["answer"]
                while at != "user":
                    chain.append(at)
                    at = above[at]
                found.append(" ".join(chain))
            print(name, total, found[0], found[1], sep=";")
        except ImportError:
            pass
    """
}
