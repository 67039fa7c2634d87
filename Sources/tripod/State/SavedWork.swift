import Shell

/// The typed lines and the site of an interactive run, stored for the next one.
struct SavedWork {
  private var history: HistoryFile?
  private(set) var journal: SiteJournal?
  /// The reason why nothing can be stored, or nil.
  private(set) var obstacle: String?

  init(seed: UInt64?) {
    do throws(StateFolder.StorageError) {
      let folder = try StateFolder()
      history = HistoryFile(folder.history)
      journal = SiteJournal(try folder.makeSites(), seed: seed)
    } catch {
      obstacle = error.sentence
    }
  }

  /// The line of the greeting about a site that was left.
  var resumeHint: Line? {
    guard let journal else { return nil }
    defer { journal.unlockLeftSite() }
    if let path = journal.oversizedSitePath {
      return Line("The site that was left is too large to go on with: \(path).", .faint)
    }
    guard let left = journal.lockLeftSite(), let last = left.steps.last?.command else { return nil }
    let count = left.steps.count == 1 ? "1 step" : "\(left.steps.count) steps, the last"
    let command = last.count <= 24 ? last : last.prefix(23) + "…"
    return Line("A site was left: \(count) “\(command)”. ") + Line("resume", .accent)
      + Line(" goes on with it.")
  }

  /// Returns the lines of earlier runs, and the reason if they cannot be read.
  mutating func loadHistory() -> ([String], obstacle: String?) {
    do throws(StateFolder.StorageError) {
      return (try history?.load() ?? [], nil)
    } catch {
      history = nil
      return ([], error.sentence)
    }
  }

  /// Stores a line. Returns the reason if this fails for the first time.
  mutating func remember(_ line: String) -> String? {
    do throws(StateFolder.StorageError) {
      try history?.add(line)
      return nil
    } catch {
      history = nil
      return error.sentence
    }
  }

  /// Stores a command that changed the site. Returns the reason if this fails for the first time.
  func store(_ command: String) -> String? { journal?.add(command) }
}
