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

  /// In one piece behind all that other shells have written, and through to the disk.
  private static func append(_ line: String) -> String? {
    do throws(StateFolder.Obstacle) {
      let file = try LockedFile(try StateFolder().progress)
      defer { file.close() }
      // A line that was cut off is dropped: it is no line of ours, and must not become part of one.
      let newline = UInt8(ascii: "\n")
      let tail = file.read(last: 1 << 16)
      let torn = tail.count - ((tail.lastIndex(of: newline) ?? -1) + 1)
      if torn > 0, torn < tail.count { file.cut(to: file.size - torn) }
      let size = file.size
      let isTorn = size > 0 && file.read(last: 1) != [newline]
      let obstacle = file.add((isTorn ? "\n" : "") + line + "\n")
      // All of it or nothing: it is going to be told again.
      if obstacle != nil { file.cut(to: size) }
      return obstacle
    } catch {
      return error.sentence
    }
  }
}

extension LockedFile {
  /// Adds to its end and sees it through to the disk; or why not.
  fileprivate func add(_ text: String) -> String? {
    do throws(StateFolder.Obstacle) {
      try append(text)
    } catch {
      return error.sentence
    }
    return fdatasync(descriptor) == 0 || errno == EINVAL ? nil : reason(errno)
  }
}
