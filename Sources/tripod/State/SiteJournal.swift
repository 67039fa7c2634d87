import Glibc
import Shell
import Synchronization

/// Stores the commands that changed a site, so that `resume` can continue however the shell ended.
///
/// Each shell writes its own file and keeps it locked. A file without a lock is a site that was left.
final class SiteJournal: Sendable {
  /// The most sites that are kept, including the site of this shell.
  private static let mostSites = 10
  /// The most bytes of a file that is stored with the step that read it.
  private static let largestFile = 1 << 20

  private struct JournalState {
    /// The file of this shell, from its first step on.
    var file: LockedFile?
    /// The design of the site after the last step in the file.
    var design = UnfinishedSite.firstDesign
    /// The site that `resume` is about to continue: its file, which is locked, and its design.
    var lockedSite: (file: LockedFile, design: String)?
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

  /// Marks the site as the one that changed last, because the user has returned to it.
  func markAsLatest() {
    state.withLock { state in
      if let file = state.file { _ = futimens(file.descriptor, nil) }
    }
  }

  /// Stores a command that changed the site, and the site's design. Returns the reason if this fails for the
  /// first time.
  func add(_ command: String, on design: String) -> String? {
    state.withLock { state in
      let step = UnfinishedSite.RecordedStep(command, files: state.files)
      state.files = []
      guard !state.isBroken else { return nil }
      let newDesign = design == state.design ? nil : design
      let obstacle = write(SiteRecord.text(of: step, newDesign: newDesign), to: &state.file)
      state.design = design
      state.isBroken = obstacle != nil
      return obstacle
    }
  }

  /// Writes the text of a step and syncs it to the disk. Returns the reason if that fails.
  private func write(_ step: String, to file: inout LockedFile?) -> String? {
    do throws(StateFolder.StorageError) {
      if let file {
        try file.append(step, .synced)
      } else {
        file = try createFile(with: step)
      }
      return nil
    } catch {
      return error.sentence
    }
  }

  /// Creates the file of this shell with its first step.
  private func createFile(with step: String) throws(StateFolder.StorageError) -> LockedFile {
    forgetOldest()
    // A random part, because shells in containers can have the same process id and start in the same second.
    let random = String(UInt32.random(in: 0 ... .max), radix: 36)
    let path = "\(folder)/\(time(nil))-\(getpid())-\(random)"
    do throws(StateFolder.StorageError) {
      let file = try LockedFile(path)
      do throws(StateFolder.StorageError) {
        try file.append(SiteRecord.head(seed: seed) + step, .synced)
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
    var count = 0
    for path in sitePaths {
      guard let file = try? LockedFile(unlocked: path, .exclusive) else { continue }
      count += 1
      if count >= SiteJournal.mostSites { unlink(path) }
      file.close()
    }
  }
}

// MARK: - Resuming

extension SiteJournal {
  var savedSites: SavedSites {
    SavedSites(
      list: {
        self.unlockLeftSite()
        return self.leftSites
      }, open: { self.lockLeftSite($0) },
      isCurrentSiteStored: { self.state.withLock { $0.file != nil && !$0.isBroken } })
  }

  /// The stored sites, for a run that stores no site itself. They can only be listed.
  static var storedSites: SavedSites {
    SavedSites(
      list: {
        guard let folder = try? StateFolder(), let sites = try? folder.makeSites() else { return [] }
        return SiteJournal(sites, seed: nil).leftSites
      }, open: { _ in nil }, isCurrentSiteStored: { false })
  }

  /// The sites that were left, the one changed last first.
  private var leftSites: [SavedSite] {
    sitePaths.compactMap { path in
      guard let file = open(path, .shared) else { return nil }
      defer { file.close() }
      let changed = StorageTime(ofFile: path) ?? StorageTime(nanoseconds: 0, text: "")
      guard let size = try? file.size(), size <= SiteRecord.largestSize else {
        return SavedSite(
          id: path, UnfinishedSite(steps: []), changed: changed, obstacle: "\(path) is too large")
      }
      return site(in: file).map { SavedSite(id: path, $0, changed: changed) }
    }
  }

  /// Opens the file of a site, unless a shell has it locked. Reports a file that cannot be opened.
  private func open(_ path: String, _ mode: LockedFile.LockMode) -> LockedFile? {
    do throws(StateFolder.StorageError) {
      return try LockedFile(unlocked: path, mode)
    } catch {
      printError("a site that was left cannot be read: \(error.sentence)")
      return nil
    }
  }

  private func site(in file: LockedFile) -> UnfinishedSite? {
    do throws(StateFolder.StorageError) {
      let size = try file.size()
      return size <= SiteRecord.largestSize ? SiteRecord.site(in: try file.read(last: size)) : nil
    } catch {
      printError("a site that was left cannot be read: \(error.sentence)")
      return nil
    }
  }

  /// Returns the site in the file. The file stays locked until another site is locked or `continueLeftSite` is
  /// called.
  private func lockLeftSite(_ path: String) -> UnfinishedSite? {
    unlockLeftSite()
    guard let file = open(path, .exclusive) else { return nil }
    guard let site = site(in: file) else {
      file.close()
      return nil
    }
    state.withLock { $0.lockedSite = (file, site.design) }
    return site
  }

  /// Unlocks the file, so that other shells can resume the site.
  private func unlockLeftSite() {
    state.withLock { state in
      state.lockedSite?.file.close()
      state.lockedSite = nil
    }
  }

  /// Makes this shell write to the file that `lockLeftSite` locked. Its earlier file then counts as left.
  func continueLeftSite() {
    state.withLock { state in
      guard let (file, design) = state.lockedSite else { return }
      state.file?.close()
      state.file = file
      state.design = design
      state.lockedSite = nil
      state.isBroken = false
    }
  }

  /// The paths of all stored sites, the one changed last first.
  private var sitePaths: [String] {
    let names = Folder.entries(of: folder) { $0.first?.isNumber == true } ?? []
    let files = names.compactMap { name -> (time: Int64, path: String)? in
      let path = "\(folder)/\(name)"
      return StorageTime(ofFile: path).map { ($0.nanoseconds, path) }
    }
    return files.sorted { ($0.time, $0.path) > ($1.time, $1.path) }.map(\.path)
  }
}

extension StorageTime {
  /// The time at which a file changed last; nil if there is no such file.
  init?(ofFile path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    var (seconds, parts) = (status.st_mtim.tv_sec, tm())
    localtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    strftime(&text, text.count, "%Y-%m-%d %H:%M", &parts)
    self.init(
      nanoseconds: Int64(seconds) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
      text: String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }
}
