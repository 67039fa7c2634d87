import CMemory
import Glibc

/// Measures the speed and the memory of Tripod: `swift run -c release tripod-bench [--quick] [a b c d e f]`.
///
/// Measured times vary. So programs that are compared run alternately in several rounds, the best time of
/// each counts, and most of the output is ratios.
@main
struct Bench {
  static let usage = """
    usage: tripod-bench [--quick] [PART ...]
      a  a million requests, against a C program and SimPy
      b  the same with health checks, a fault and its repair
      c  from start to exit, against the sqlite3 shell
      d  picks a second, by algorithm and number of servers
      e  memory of ten million requests, and a site of 10,000 servers
      f  single points of failure, beside igraph and networkx
    --quick takes a tenth of the requests. Exit status 1: Tripod and the C program disagree.
    """

  private static let letters = ["a", "b", "c", "d", "e", "f"]

  static func main() {
    // `tripod` does the same at its start.
    memory_keep()
    let words = CommandLine.arguments.dropFirst()
    let parts = words.filter { $0 != "--quick" }
    guard parts.allSatisfy({ letters.contains($0) }) else {
      print(usage)
      exit(words.contains("--help") ? 0 : 2)
    }
    let chosen = parts.isEmpty ? Set(letters) : Set(parts)
    exit(run(chosen, requests: words.contains("--quick") ? 100_000 : 1_000_000))
  }

  /// Measures part e first, because a child's peak is at least the memory of its parent when the child
  /// starts.
  private static func run(_ parts: Set<String>, requests: Int) -> Int32 {
    let memory = parts.contains("e") ? MemoryBenchmark(requests: 10 * requests) : nil
    let isTrue = parts.contains("a") ? RequestBenchmark.report(requests) : true
    if parts.contains("b") { FaultBenchmark.report(requests) }
    if parts.contains("c") { StartBenchmark.report(times: requests >= 1_000_000 ? 200 : 50) }
    if parts.contains("d") { PickBenchmark.report(count: requests / 10) }
    memory?.report()
    if parts.contains("f") { SpofBenchmark.report() }
    return isTrue ? 0 : 1
  }
}
