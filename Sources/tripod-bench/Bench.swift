import CMemory
import Glibc

/// What the model costs: `swift run -c release tripod-bench [--quick] [a b c d e f]`.
///
/// Machines are noisy. So what is compared runs in turns, in several rounds, and the best time of each
/// counts; what is printed is mostly ratios.
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
    // As the program itself does.
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

  /// Part e is measured first: a child's peak is at least what its parent has in memory when it starts it.
  private static func run(_ parts: Set<String>, requests: Int) -> Int32 {
    let memory = parts.contains("e") ? Memory(requests: 10 * requests) : nil
    let isTrue = parts.contains("a") ? Requests.report(requests) : true
    if parts.contains("b") { Faults.report(requests) }
    if parts.contains("c") { Start.report(times: requests >= 1_000_000 ? 200 : 50) }
    if parts.contains("d") { Picks.report(count: requests / 10) }
    memory?.report()
    if parts.contains("f") { Spofs.report() }
    return isTrue ? 0 : 1
  }
}
