import Glibc

/// The `tripod` program, which is built into the same folder as the benchmark.
enum TripodProgram {
  static let path: String = {
    guard let own = realpath("/proc/self/exe", nil) else { return "tripod" }
    defer { free(own) }
    return String(cString: own).split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/tripod"
  }()

  static let missing = "no tripod beside this program, or it fails: `swift build -c release` makes it"
}
