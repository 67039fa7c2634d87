/// What a person may do outside the session, given as closures by the edge.
public struct FileAccess: Sendable {
  /// The text of a file, or why it cannot be had.
  public var read: @Sendable (_ path: String) -> FileText
  /// The text of a design beside a file, for what the author of that file wrote.
  public var readDesign: @Sendable (_ name: BareName, _ besidePath: String) -> FileText
  /// Writes the whole file or leaves what was there; nil, or why it was not done.
  public var write: @Sendable (_ path: String, _ text: String, _ replacing: Replacing) -> WriteObstacle?
  /// What an earlier session left, if it did.
  public var left: @Sendable () -> LeftSite?
  /// Where progress in lessons is kept.
  public var journal: Journal

  public init(
    read: @escaping @Sendable (String) -> FileText,
    readDesign: @escaping @Sendable (BareName, String) -> FileText = { _, _ in
      .failed("there is no such file")
    },
    write: @escaping @Sendable (String, String, Replacing) -> WriteObstacle?,
    left: @escaping @Sendable () -> LeftSite? = { nil }, journal: Journal = .none
  ) {
    self.read = read
    self.readDesign = readDesign
    self.write = write
    self.left = left
    self.journal = journal
  }

  /// The same, but nothing is written or kept.
  var readOnly: FileAccess {
    FileAccess(
      read: read, readDesign: readDesign,
      write: { _, _, _ in .impossible("nothing is written by what is only tried") })
  }

  /// The same, but no progress is kept.
  public var withoutJournal: FileAccess {
    var copy = self
    copy.journal = .none
    return copy
  }

  /// The designs beside a file.
  func designs(beside path: String) -> DesignFolder {
    DesignFolder { [readDesign] name in readDesign(name, path) }
  }

  /// How a design beside a file is called where files are named by their paths.
  public static func path(of name: BareName, beside path: String) -> String {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return "\(folder)\(name.text)"
  }
}

/// The text of a file, or why it cannot be had.
public enum FileText: Sendable {
  case text(String)
  case failed(String)

  func text(of name: String) throws(Complaint) -> String {
    switch self {
    case .text(let text): return text
    case .failed(let reason): throw .file(name, reason: reason)
    }
  }
}

/// Which files may be replaced by what is written.
public enum Replacing: Sendable {
  /// Only one that Tripod wrote.
  case ownFiles
  /// Any: the person said so.
  case anyFile
}

/// Why a file was not written.
public enum WriteObstacle: Equatable, Sendable {
  case impossible(String)
  /// There is one that Tripod did not write.
  case otherFile
}
