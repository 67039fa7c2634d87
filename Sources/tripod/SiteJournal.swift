import Glibc
import Shell
import Synchronization

/// Keeps what a conversation did to its site, command by command, so that a shell that ended, however it did, lost
/// nothing. Each shell writes a file of its own and holds it locked; a file that nobody holds was left.
final class SiteJournal: Sendable {
  /// So many sites that were left are kept.
  private static let mostLeft = 8
  /// Files that a step read are kept with it up to this size.
  private static let largestFile = 1 << 20

  private struct State {
    /// What this shell writes to, from its first step on.
    var file: LockedFile?
    /// What is offered, while it is being gone on with.
    var offered: LockedFile?
    /// What the command that is being obeyed has read.
    var files: [Document] = []
    var isBroken = false
  }

  private let state = Mutex(State())
  private let folder: String
  private let seed: UInt64?

  init(_ folder: String, seed: UInt64?) {
    self.folder = folder
    self.seed = seed
  }
}

// MARK: - Writing

extension SiteJournal {
  /// The running command has read that file.
  func note(_ document: Document) {
    guard document.text.utf8.count <= SiteJournal.largestFile else { return }
    state.withLock { $0.files.append(document) }
  }

  /// The running command changed nothing.
  func forget() { state.withLock { $0.files = [] } }

  /// The command changed the site. Says why that could not be kept, once.
  func add(_ command: String) -> String? {
    state.withLock { state in
      let step = LeftSite.LeftStep(command, files: state.files)
      state.files = []
      guard !state.isBroken else { return nil }
      let obstacle = write(step, to: &state.file)
      state.isBroken = obstacle != nil
      return obstacle
    }
  }

  /// Writes a step and syncs it to the disk. Returns the reason if that fails.
  private func write(_ step: LeftSite.LeftStep, to file: inout LockedFile?) -> String? {
    do throws(StateFolder.Obstacle) {
      if let file {
        try file.append(SiteRecord.text(of: step), .synced)
      } else {
        file = try begin(with: step)
      }
      return nil
    } catch {
      return error.sentence
    }
  }

  private func begin(with step: LeftSite.LeftStep) throws(StateFolder.Obstacle) -> LockedFile {
    forgetOldest()
    // A random part, because shells in containers can have the same process id and start in the same second.
    let chance = String(UInt32.random(in: 0 ... .max), radix: 36)
    let path = "\(folder)/\(time(nil))-\(getpid())-\(chance)"
    do throws(StateFolder.Obstacle) {
      let file = try LockedFile(path)
      do throws(StateFolder.Obstacle) {
        try file.append(SiteRecord.head(seed: seed) + SiteRecord.text(of: step), .synced)
        return file
      } catch {
        file.close()
        throw error
      }
    } catch {
      // A journal without a step is useless.
      unlink(path)
      throw error
    }
  }

  private func forgetOldest() {
    for path in left.dropFirst(SiteJournal.mostLeft - 1) {
      guard let file = try? LockedFile(free: path) else { continue }
      unlink(path)
      file.close()
    }
  }
}

// MARK: - Going on

extension SiteJournal {
  /// What was left last; it is held until it is this shell's, or another is asked for.
  func offer() -> LeftSite? {
    withdraw()
    guard tooLarge == nil else { return nil }
    for path in left {
      do throws(StateFolder.Obstacle) {
        if let site = try offer(path) { return site }
      } catch {
        complain("a site that was left cannot be read: \(error.sentence)")
      }
    }
    return nil
  }

  private func offer(_ path: String) throws(StateFolder.Obstacle) -> LeftSite? {
    guard let file = try LockedFile(free: path) else { return nil }
    do throws(StateFolder.Obstacle) {
      let size = try file.size()
      let bytes = size <= SiteRecord.largest ? try file.read(last: size) : []
      if let site = SiteRecord.site(in: bytes) {
        state.withLock { $0.offered = file }
        return site
      }
      file.close()
      return nil
    } catch {
      file.close()
      throw error
    }
  }

  /// Where what was left last is, if it is too large for anybody to go on with it.
  var tooLarge: String? {
    guard let path = left.first, let file = try? LockedFile(free: path) else { return nil }
    defer { file.close() }
    return (try? file.size()) ?? 0 > SiteRecord.largest ? path : nil
  }

  /// Others may have it.
  func withdraw() {
    state.withLock { state in
      state.offered?.close()
      state.offered = nil
    }
  }

  /// What was offered is gone on with from now on; what this shell did before is left in its turn.
  func adopt() {
    state.withLock { state in
      guard let file = state.offered else { return }
      state.file?.close()
      state.file = file
      state.offered = nil
      state.isBroken = false
    }
  }

  /// The files, the one that was written to last first.
  private var left: [String] {
    let names = Folder.entries(of: folder) { $0.first?.isNumber == true } ?? []
    let files = names.compactMap { name -> (time: Int, path: String)? in
      var status = stat()
      let path = "\(folder)/\(name)"
      guard stat(path, &status) == 0 else { return nil }
      return (status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec, path)
    }
    return files.sorted { ($0.time, $0.path) > ($1.time, $1.path) }.map(\.path)
  }
}
