import CMemory
import Glibc

/// Measures the speed and the memory of Tripod: `swift run -c release tripod-bench [--quick] [a b c d e f]`.
///
/// Measured times vary. So programs that are compared run alternately in several rounds, the best time of
/// each counts, and most of the output is ratios.
@main
struct BenchmarkProgram {
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

  private static let benchmarkNames = ["a", "b", "c", "d", "e", "f"]

  static func main() {
    // `tripod` does the same at its start.
    memory_keep()
    let words = CommandLine.arguments.dropFirst()
    let names = words.filter { $0 != "--quick" }
    guard names.allSatisfy({ benchmarkNames.contains($0) }) else {
      print(usage)
      exit(words.contains("--help") ? 0 : 2)
    }
    let chosen = names.isEmpty ? Set(benchmarkNames) : Set(names)
    exit(run(chosen, requests: words.contains("--quick") ? 100_000 : 1_000_000))
  }

  /// Measures part (e) first, because a child's peak is at least its parent's memory when the child starts.
  private static func run(_ names: Set<String>, requests: Int) -> Int32 {
    let memory = names.contains("e") ? MemoryBenchmark(requests: 10 * requests) : nil
    let hasAgreement = names.contains("a") ? RequestBenchmark.report(requests) : true
    if names.contains("b") { FaultBenchmark.report(requests) }
    if names.contains("c") { StartBenchmark.report(times: requests >= 1_000_000 ? 200 : 50) }
    if names.contains("d") { PickBenchmark.report(count: requests / 10) }
    memory?.report()
    if names.contains("f") { SpofBenchmark.report() }
    return hasAgreement ? 0 : 1
  }
}
