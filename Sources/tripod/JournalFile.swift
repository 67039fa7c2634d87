import Glibc
import Shell

/// The file that progress is kept in. It only grows, by whole lines, each on the disk before anybody relies on it.
enum JournalFile {
  static var journal: World.Journal {
    // Chance, because shells in containers may have the same number and begin in the same second.
    let chance = String(UInt32.random(in: 0 ... .max), radix: 36)
    return World.Journal(
      read: read, append: append, run: "\(getpid())-\(String(time(nil), radix: 36))-\(chance)")
  }

  private static func read() -> World.Outcome {
    guard let folder = try? StateFolder() else { return .text("") }
    return access(folder.progress, F_OK) == 0 ? Files.read(folder.progress, while: { false }) : .text("")
  }

  /// In one piece behind all that other shells have written, and through to the disk: all of it or nothing, because what
  /// is not kept is going to be told again.
  private static func append(_ lines: String) -> String? {
    do throws(StateFolder.Obstacle) {
      let file = try LockedFile(try StateFolder().progress)
      defer { file.close() }
      try file.append(lines + "\n", .synced)
      return nil
    } catch {
      return error.sentence
    }
  }
}
