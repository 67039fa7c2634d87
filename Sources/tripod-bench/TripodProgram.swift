import Glibc

/// The `tripod` program, which is built into the same folder as the benchmark.
enum TripodProgram {
  static let path: String = {
    guard let executablePath = realpath("/proc/self/exe", nil) else { return "tripod" }
    defer { free(executablePath) }
    return String(cString: executablePath).split(separator: "/").dropLast().map { "/" + $0 }.joined()
      + "/tripod"
  }()

  static let missingMessage = "no tripod beside this program, or it fails: `swift build -c release` makes it"
}
