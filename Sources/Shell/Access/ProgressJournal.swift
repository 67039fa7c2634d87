import Course

/// The journal of progress in lessons. It only grows, by one line per event.
public struct ProgressJournal: Sendable {
  /// Returns the text after the mark, or the whole journal if there is no mark.
  public var read: @Sendable (_ after: JournalMark?) -> ReadResult
  /// Appends a line durably. Returns nil, or why the line could not be written.
  public var append: @Sendable (_ line: String) -> String?
  /// Returns when the journal changed last; nil if it is empty.
  public var lastChange: @Sendable () -> StorageTime?
  /// The session's identifier, which no other session uses.
  public var run: String

  public init(
    read: @escaping @Sendable (JournalMark?) -> ReadResult, append: @escaping @Sendable (String) -> String?,
    lastChange: @escaping @Sendable () -> StorageTime? = { nil }, run: String
  ) {
    self.read = read
    self.append = append
    self.lastChange = lastChange
    self.run = run
  }

  /// A journal that stores nothing.
  public static let none = ProgressJournal(read: { _ in .all("", nil) }, append: { _ in nil }, run: "none")

  /// A position in the journal: the end of the last complete line that was read.
  public struct JournalMark: Equatable, Sendable {
    /// Identifies the file, because another file may replace it.
    public let file: UInt64
    public let bytes: Int
    /// The bytes before the mark, which reveal whether the file was overwritten.
    public let ending: [UInt8]

    public init(file: UInt64, bytes: Int, ending: [UInt8] = []) {
      self.file = file
      self.bytes = bytes
      self.ending = ending
    }
  }

  public enum ReadResult: Sendable {
    /// The whole journal, and the mark after its last complete line. If the mark is nil, the next read starts
    /// from the beginning.
    case all(String, JournalMark?)
    /// The text after the mark, and the new mark.
    case more(String, JournalMark)
    case failed(String)
  }
}

/// The progress recorded in a journal. An update reads only the new lines.
struct KnownProgress: Sendable {
  private(set) var progress = Progress()
  /// Why the journal could not be read; nil if it was read.
  private(set) var obstacle: String?
  private var mark: ProgressJournal.JournalMark?

  mutating func update(from journal: ProgressJournal) {
    obstacle = nil
    switch journal.read(mark) {
    case .all(let text, let mark):
      progress = Progress(text)
      self.mark = mark
    case .more(let text, let mark):
      progress.add(text)
      self.mark = mark
    case .failed(let reason):
      self = KnownProgress()
      obstacle = reason
    }
  }
}

extension ProgressJournal {
  /// The whole text of the journal, or why it cannot be read.
  var text: FileText {
    switch read(nil) {
    case .all(let text, _), .more(let text, _): .text(text)
    case .failed(let reason): .failed(reason)
    }
  }
}
