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

  /// Stores a command that changed the site, and the site's design. Returns the reason if this fails for the
  /// first time.
  func store(_ command: String, on design: String) -> String? { journal?.add(command, on: design) }
}
