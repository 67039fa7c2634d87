@testable import Course
@testable import Shell

/// A user's files and journal in memory. They count how often they are accessed.
final class MemoryFiles: @unchecked Sendable {
  private(set) var texts: [String: String]
  private(set) var journal: String
  var left: UnfinishedSite?
  /// The number of accesses, except reading the journal.
  private(set) var calls = 0
  /// The number of times that the journal was read.
  private(set) var journalReads = 0
  /// The number of times that an existing file was read.
  private(set) var reads = 0
  /// The number of times that a file was written.
  private(set) var writes = 0

  init(_ texts: [String: String] = [:], journal: String = "", left: UnfinishedSite? = nil) {
    self.texts = texts
    self.journal = journal
    self.left = left
  }

  /// The access of the user at the keyboard.
  var userOrigin: CommandOrigin {
    .person(
      FileAccess(
        read: { self.read($0) }, readDesign: { self.read(FileAccess.path(of: $0, beside: $1)) },
        write: { self.write($1, to: $0, $2) },
        savedSites: SavedSites(
          list: { self.savedSites.list() }, open: { self.savedSites.open($0) },
          isCurrentSiteStored: { false }),
        journal: ProgressJournal(
          read: { self.journal(after: $0) }, append: { self.append($0) }, run: "run")))
  }

  /// The sites that earlier sessions left. Each use of them counts as a call.
  private var savedSites: SavedSites {
    calls += 1
    return SavedSites(left.map { [$0] } ?? [])
  }

  private func read(_ path: String) -> FileText {
    calls += 1
    guard let text = texts[path] else { return .failed("no such file") }
    reads += 1
    return .text(text)
  }

  private func write(_ text: String, to path: String, _ replacing: ReplacePolicy) -> WriteFailure? {
    calls += 1
    guard !path.isEmpty, !path.hasPrefix("/"), texts.count < 20 else { return .impossible("not here") }
    if replacing == .generatedFiles, let old = texts[path],
      !GeneratedFile.isGenerated(fileEnding: old, like: text)
    {
      return .foreignFile
    }
    writes += 1
    texts[path] = text
    return nil
  }

  /// Returns the journal after the mark. The new mark is after the last whole line, as in the program's file.
  private func journal(after mark: ProgressJournal.JournalMark?) -> ProgressJournal.ReadResult {
    journalReads += 1
    let bytes = Array(journal.utf8)
    let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    let reached = ProgressJournal.JournalMark(file: 1, bytes: whole)
    guard let mark else { return .all(journal, reached) }
    return .more(Text.decoded(Array(bytes[mark.bytes...])), reached)
  }

  private func append(_ lines: String) -> String? {
    calls += 1
    journal += lines + "\n"
    return nil
  }
}
