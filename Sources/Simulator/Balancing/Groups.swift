/// Determines which group of servers is in use: the active servers, or the standbys (`backup`) if no active
/// server is usable.
///
/// Without `allbackups`, only the first usable standby in the order of declaration serves, however busy it
/// is. An active server with weight 0, or in `drain`, is not usable.
struct Groups: Equatable, Sendable {
  var allBackups: Bool
  /// The usable servers that are not standbys.
  private(set) var activeUsable = 0
  private var usableBackups = ServerSet()
  private var usableBackupCount = 0

  init(allBackups: Bool) { self.allBackups = allBackups }

  var isEmpty: Bool { activeUsable == 0 && usableBackups.first == nil }

  /// The standby that serves alone; nil if there is none.
  var onlyBackup: Int? {
    activeUsable > 0 || allBackups ? nil : usableBackups.first
  }

  /// The number of servers in the group in use.
  var allowedCount: Int {
    activeUsable > 0 ? activeUsable : allBackups ? usableBackupCount : min(1, usableBackupCount)
  }

  /// Returns whether a server is usable and in the group in use.
  func allow(_ index: Int, _ server: ServerPool.Server) -> Bool {
    guard server.isUsable else { return false }
    if activeUsable > 0 { return !server.isBackup }
    return allBackups || usableBackups.first == index
  }

  /// Records that a server has become usable, or is no longer usable.
  mutating func update(_ index: Int, _ server: ServerPool.Server) {
    if !server.isBackup {
      activeUsable += server.isUsable ? 1 : -1
    } else if server.isUsable {
      usableBackups.insert(index)
      usableBackupCount += 1
    } else {
      usableBackups.remove(index)
      usableBackupCount -= 1
    }
  }
}
