/// What a session may ask of the world around it, given as closures by the edge.
public struct World: Sendable {
  /// The text of a file, or why it cannot be had.
  public var read: @Sendable (_ path: String) -> Outcome
  /// Writes the whole file or leaves what was there; nil, or why it cannot be done.
  public var write: @Sendable (_ path: String, _ text: String) -> String?
  /// Asked now and then during long work, with the share that is done; false stops it.
  public var goOn: @Sendable (_ done: Double) -> Bool
  /// What an earlier session left, if it did.
  public var left: @Sendable () -> LeftSite?

  /// Where progress in lessons is kept.
  public var journal = Journal.none

  /// A file that only grows, a line an event.
  public struct Journal: Sendable {
    public var read: @Sendable () -> Outcome
    /// Adds a line, which is safe when this returns; or why it is not.
    public var append: @Sendable (_ line: String) -> String?
    /// A word that no other session writes into it.
    public var run: String

    public init(
      read: @escaping @Sendable () -> Outcome, append: @escaping @Sendable (String) -> String?, run: String
    ) {
      self.read = read
      self.append = append
      self.run = run
    }

    /// Nothing is kept.
    public static let none = Journal(read: { .text("") }, append: { _ in nil }, run: "none")
  }

  public enum Outcome: Sendable {
    case text(String)
    case failed(String)

    func text(of name: String) throws(Complaint) -> String {
      switch self {
      case .text(let text): return text
      case .failed(let reason): throw .file(name, reason: reason)
      }
    }
  }

  public init(
    read: @escaping @Sendable (String) -> Outcome, write: @escaping @Sendable (String, String) -> String?,
    goOn: @escaping @Sendable (Double) -> Bool = { _ in true },
    left: @escaping @Sendable () -> LeftSite? = { nil }
  ) {
    self.read = read
    self.write = write
    self.goOn = goOn
    self.left = left
  }

  /// The same, but nothing is written.
  var readOnly: World {
    World(read: read, write: { _, _ in "nothing is written by what is only tried" }, goOn: goOn)
  }

  /// No files, no interruption.
  public static let closed = World(
    read: { _ in .failed("no files here") }, write: { _, _ in "no files here" })
}

/// A design or script that is built in: its name, and its text.
public struct Document: Equatable, Sendable {
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// What it says of itself in its first comment.
  public var summary: String {
    let line = text.split(whereSeparator: { $0.isNewline }).first { $0.hasPrefix("#") } ?? ""
    return String(line.drop { $0 == "#" || $0 == " " })
  }
}

/// Remembers for the rest of a command that the user has had enough: what has been stopped in one place does not go on in
/// another.
final class Stop: @unchecked Sendable {
  private(set) var isCalled = false
  private let ask: @Sendable (Double) -> Bool

  init(_ ask: @escaping @Sendable (Double) -> Bool) { self.ask = ask }

  func goesOn(_ share: Double) -> Bool {
    if !isCalled, !ask(share) { isCalled = true }
    return !isCalled
  }
}
