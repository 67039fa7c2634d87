import Glibc
import Shell
import Synchronization

/// Stores the commands that changed a site, so that `resume` can continue however the shell ended.
///
/// Each shell writes its own file and keeps it locked. A file without a lock is a site that was left.
final class SiteJournal: Sendable {
  /// The most sites that are kept after they were left.
  private static let mostLeftSites = 8
  /// The most bytes of a file that is stored with the step that read it.
  private static let largestFile = 1 << 20

  private struct JournalState {
    /// The file of this shell, from its first step on.
    var file: LockedFile?
    /// The file that `resume` would continue, kept locked for it.
    var lockedSite: LockedFile?
    /// The files that the running command has read.
    var files: [Document] = []
    /// Whether writing has failed, so that nothing more is stored.
    var isBroken = false
  }

  private let state = Mutex(JournalState())
  private let folder: String
  private let seed: UInt64?

  init(_ folder: String, seed: UInt64?) {
    self.folder = folder
    self.seed = seed
  }
}

// MARK: - Writing

extension SiteJournal {
  /// Notes that the running command has read a file.
  func note(_ document: Document) {
    guard document.text.utf8.count <= SiteJournal.largestFile else { return }
    state.withLock { $0.files.append(document) }
  }

  /// Forgets the files that the running command has read, because it did not change the site.
  func discardFiles() { state.withLock { $0.files = [] } }

  /// Stores a command that changed the site. Returns the reason if this fails for the first time.
  func add(_ command: String) -> String? {
    state.withLock { state in
      let step = UnfinishedSite.RecordedStep(command, files: state.files)
      state.files = []
      guard !state.isBroken else { return nil }
      let obstacle = write(step, to: &state.file)
      state.isBroken = obstacle != nil
      return obstacle
    }
  }

  /// Writes a step and syncs it to the disk. Returns the reason if that fails.
  private func write(_ step: UnfinishedSite.RecordedStep, to file: inout LockedFile?) -> String? {
    do throws(StateFolder.StorageError) {
      if let file {
        try file.append(SiteRecord.text(of: step), .synced)
      } else {
        file = try createFile(with: step)
      }
      return nil
    } catch {
      return error.sentence
    }
  }

  /// Creates the file of this shell with its first step.
  private func createFile(with step: UnfinishedSite.RecordedStep) throws(StateFolder.StorageError)
    -> LockedFile
  {
    forgetOldest()
    // A random part, because shells in containers can have the same process id and start in the same second.
    let random = String(UInt32.random(in: 0 ... .max), radix: 36)
    let path = "\(folder)/\(time(nil))-\(getpid())-\(random)"
    do throws(StateFolder.StorageError) {
      let file = try LockedFile(path)
      do throws(StateFolder.StorageError) {
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

  /// Deletes the oldest sites that were left, to make room for a new one.
  private func forgetOldest() {
    for path in leftSitePaths.dropFirst(SiteJournal.mostLeftSites - 1) {
      guard let file = try? LockedFile(unlocked: path) else { continue }
      unlink(path)
      file.close()
    }
  }
}

// MARK: - Resuming

extension SiteJournal {
  /// Returns the site that was left last. Its file stays locked until `unlockLeftSite` or `continueLeftSite`
  /// is called.
  func lockLeftSite() -> UnfinishedSite? {
    unlockLeftSite()
    guard oversizedSitePath == nil else { return nil }
    for path in leftSitePaths {
      do throws(StateFolder.StorageError) {
        if let site = try lockLeftSite(path) { return site }
      } catch {
        printError("a site that was left cannot be read: \(error.sentence)")
      }
    }
    return nil
  }

  private func lockLeftSite(_ path: String) throws(StateFolder.StorageError) -> UnfinishedSite? {
    guard let file = try LockedFile(unlocked: path) else { return nil }
    do throws(StateFolder.StorageError) {
      let size = try file.size()
      let bytes = size <= SiteRecord.largestSize ? try file.read(last: size) : []
      if let site = SiteRecord.site(in: bytes) {
        state.withLock { $0.lockedSite = file }
        return site
      }
      file.close()
      return nil
    } catch {
      file.close()
      throw error
    }
  }

  /// The path of the site that was left last, if it is too large to resume.
  var oversizedSitePath: String? {
    guard let path = leftSitePaths.first, let file = try? LockedFile(unlocked: path) else { return nil }
    defer { file.close() }
    return (try? file.size()) ?? 0 > SiteRecord.largestSize ? path : nil
  }

  /// Unlocks the file of the site that was left last, so that other shells can resume the site.
  func unlockLeftSite() {
    state.withLock { state in
      state.lockedSite?.close()
      state.lockedSite = nil
    }
  }

  /// Makes this shell write to the file that `lockLeftSite` locked. Its earlier file then counts as left.
  func continueLeftSite() {
    state.withLock { state in
      guard let file = state.lockedSite else { return }
      state.file?.close()
      state.file = file
      state.lockedSite = nil
      state.isBroken = false
    }
  }

  /// The paths of all stored sites, the one changed last first.
  private var leftSitePaths: [String] {
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
