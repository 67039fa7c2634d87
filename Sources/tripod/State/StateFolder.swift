import Glibc

/// The folder for everything that is kept between runs: typed lines, progress in lessons, and sites.
struct StateFolder {
  let path: String

  /// The reason why something cannot be stored.
  enum StorageError: Error {
    case noHomeFolder
    case unusable(String, reason: String)

    var sentence: String {
      switch self {
      case .noHomeFolder: "neither XDG_STATE_HOME nor HOME names a folder"
      case .unusable(let path, let reason): "\(path): \(reason)"
      }
    }
  }

  /// Creates the folder if it does not exist yet, and makes it private if it does.
  init() throws(StorageError) {
    let home = StateFolder.absolute("HOME").map { $0 + "/.local/state" }
    guard let base = StateFolder.absolute("XDG_STATE_HOME") ?? home else { throw .noHomeFolder }
    path = base + "/tripod"
    try StateFolder.make(path)
    if access(path, W_OK | X_OK) != 0 { throw .unusable(path, reason: reason(errno)) }
    for path in [path, history, progress] { Privacy.protect(path) }
  }

  /// Returns an environment variable if it is an absolute path, which is the same in every working folder.
  private static func absolute(_ name: String) -> String? {
    environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  var progress: String { path + "/progress" }

  var history: String { path + "/history" }

  /// Creates the folder for sites if it does not exist yet. Returns its path.
  func makeSites() throws(StorageError) -> String {
    let sites = path + "/sites"
    try StateFolder.make(sites)
    Privacy.protect(sites)
    for name in Folder.files(in: sites) ?? [] { Privacy.protect("\(sites)/\(name)") }
    return sites
  }

  /// Creates a folder and the folders around it.
  private static func make(_ path: String) throws(StorageError) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      if let code = makeOne(String(path[..<end])) { throw .unusable(path, reason: reason(code)) }
    }
  }

  /// Creates one folder in an existing folder. Returns the error number if this fails.
  private static func makeOne(_ path: String) -> Int32? {
    if mkdir(path, 0o700) == 0 { return Folder.sync(Folder.folder(of: path)) }
    let code = errno
    // An outer folder may exist even if this user may not create it.
    var status = stat()
    return code == EEXIST || stat(path, &status) == 0 ? nil : code
  }
}
