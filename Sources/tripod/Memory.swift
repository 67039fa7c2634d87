import Shell

/// What a conversation leaves for the next one: the lines that were typed, and the site.
struct Memory {
  private var history: HistoryFile?
  private(set) var journal: SiteJournal?
  /// Why nothing is kept, if so.
  private(set) var obstacle: String?

  init(seed: UInt64?) {
    do throws(StateFolder.Obstacle) {
      let folder = try StateFolder()
      history = HistoryFile(folder.history)
      journal = SiteJournal(try folder.makeSites(), seed: seed)
    } catch {
      obstacle = error.sentence
    }
  }

  /// What the greeting says of a site that was left.
  var offer: Line? {
    guard let journal else { return nil }
    defer { journal.withdraw() }
    if let path = journal.tooLarge {
      return Line("The site that was left is too large to go on with: \(path).", .faint)
    }
    guard let left = journal.offer(), let last = left.steps.last?.command else { return nil }
    let count = left.steps.count == 1 ? "1 step" : "\(left.steps.count) steps, the last"
    let command = last.count <= 24 ? last : last.prefix(23) + "…"
    return Line("A site was left: \(count) “\(command)”. ") + Line("resume", .accent)
      + Line(" goes on with it.")
  }

  /// The lines of earlier conversations.
  mutating func recall() -> ([String], obstacle: String?) {
    do throws(StateFolder.Obstacle) {
      return (try history?.load() ?? [], nil)
    } catch {
      history = nil
      return ([], error.sentence)
    }
  }

  /// Keeps a line; why that cannot be done, the first time.
  mutating func remember(_ line: String) -> String? {
    do throws(StateFolder.Obstacle) {
      try history?.add(line)
      return nil
    } catch {
      history = nil
      return error.sentence
    }
  }

  /// Keeps what was done to the site; why that cannot be done, the first time.
  func keep(_ command: String) -> String? { journal?.add(command) }
}
