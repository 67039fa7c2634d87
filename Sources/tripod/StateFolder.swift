import Glibc

/// Where the program keeps what outlives it: lines that were typed, and sites that were left.
struct StateFolder {
  let path: String

  enum Obstacle: Error {
    case homeless
    case unusable(String, reason: String)

    var sentence: String {
      switch self {
      case .homeless: "neither XDG_STATE_HOME nor HOME says where"
      case .unusable(let path, let reason): "\(path): \(reason)"
      }
    }
  }

  /// Makes it where it is not there yet.
  init() throws(Obstacle) {
    let stated = environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let base = stated ?? environment("HOME").map({ $0 + "/.local/state" }) else { throw .homeless }
    path = base + "/tripod"
    try StateFolder.make(path)
    if access(path, W_OK | X_OK) != 0 { throw .unusable(path, reason: reason(errno)) }
  }

  var progress: String { path + "/progress" }

  var history: String { path + "/history" }

  func makeSites() throws(Obstacle) -> String {
    try StateFolder.make(path + "/sites")
    return path + "/sites"
  }

  private static func make(_ path: String) throws(Obstacle) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      if mkdir(String(path[..<end]), 0o700) != 0, errno != EEXIST {
        // A folder further up may be there and still not be ours to make.
        let code = errno
        var status = stat()
        guard stat(String(path[..<end]), &status) == 0 else {
          throw .unusable(path, reason: reason(code))
        }
      }
    }
  }
}
