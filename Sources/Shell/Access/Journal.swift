import Course

/// Where progress in lessons is kept: a file that only grows, a line an event.
public struct Journal: Sendable {
  /// What it holds behind a place up to which it was read before, or all of it.
  public var read: @Sendable (_ after: Mark?) -> Reading
  /// Adds a line, which is safe when this returns; or why it is not.
  public var append: @Sendable (_ line: String) -> String?
  /// A word that no other session writes into it.
  public var run: String

  public init(
    read: @escaping @Sendable (Mark?) -> Reading, append: @escaping @Sendable (String) -> String?, run: String
  ) {
    self.read = read
    self.append = append
    self.run = run
  }

  /// Nothing is kept.
  public static let none = Journal(read: { _ in .all("", nil) }, append: { _ in nil }, run: "none")

  /// Up to where a file was read, by whole lines.
  public struct Mark: Equatable, Sendable {
    /// Which file it was: another one may have taken its place.
    public let file: UInt64
    public let bytes: Int

    public init(file: UInt64, bytes: Int) {
      self.file = file
      self.bytes = bytes
    }
  }

  public enum Reading: Sendable {
    /// The whole journal, and the mark behind its last whole line; nil if it must be read whole again.
    case all(String, Mark?)
    /// What came behind the mark, and the mark behind that.
    case more(String, Mark)
    case failed(String)
  }
}

/// What the journal tells, read only as far as it is not known yet.
struct KnownProgress: Sendable {
  private(set) var progress = Progress()
  /// Why the journal could not be read, if so.
  private(set) var obstacle: String?
  private var mark: Journal.Mark?

  mutating func catchUp(with journal: Journal) {
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

extension Journal {
  /// All that it holds; or why it cannot be had.
  var text: FileText {
    switch read(nil) {
    case .all(let text, _), .more(let text, _): .text(text)
    case .failed(let reason): .failed(reason)
    }
  }
}
