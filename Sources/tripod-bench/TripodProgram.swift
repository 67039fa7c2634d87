import Glibc

/// The program that was built with this one, beside it.
enum Tripod {
  static let path: String = {
    guard let own = realpath("/proc/self/exe", nil) else { return "tripod" }
    defer { free(own) }
    return String(cString: own).split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/tripod"
  }()

  static let missing = "no tripod beside this program, or it fails: `swift build -c release` makes it"
}
