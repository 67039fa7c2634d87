/// A person's access to files, as closures from the main program.
public struct FileAccess: Sendable {
  /// Returns the text of a file, or why it cannot be read.
  public var read: @Sendable (_ path: String) -> FileText
  /// Returns the text of a design beside a file, by the name of the design.
  public var readDesign: @Sendable (_ name: BareName, _ besidePath: String) -> FileText
  /// Writes the whole file or leaves it unchanged. Returns nil, or why it was not written.
  public var write: @Sendable (_ path: String, _ text: String, _ replacing: ReplacePolicy) -> WriteFailure?
  /// The sites that earlier sessions left.
  public var savedSites: SavedSites
  /// The journal of progress in lessons.
  public var journal: ProgressJournal

  public init(
    read: @escaping @Sendable (String) -> FileText,
    readDesign: @escaping @Sendable (BareName, String) -> FileText = { _, _ in
      .failed("there is no such file")
    },
    write: @escaping @Sendable (String, String, ReplacePolicy) -> WriteFailure?,
    savedSites: SavedSites = SavedSites([]), journal: ProgressJournal = .none
  ) {
    self.read = read
    self.readDesign = readDesign
    self.write = write
    self.savedSites = savedSites
    self.journal = journal
  }

  /// A copy that writes no files and records no progress.
  var readOnly: FileAccess {
    var copy = FileAccess(
      read: read, readDesign: readDesign,
      write: { _, _, _ in .impossible("a trial run writes no files") }, savedSites: savedSites.readOnly)
    copy.journal.read = journal.read
    copy.journal.lastChange = journal.lastChange
    return copy
  }

  /// A copy that neither reads nor records progress.
  public var withoutJournal: FileAccess {
    var copy = self
    copy.journal = .none
    return copy
  }

  /// Returns the designs beside a file.
  func designs(beside path: String) -> DesignFolder {
    DesignFolder { [readDesign] name in readDesign(name, path) }
  }

  /// Returns the path of a design beside a file.
  public static func path(of name: BareName, beside path: String) -> String {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    return "\(folder)\(name.text)"
  }
}

/// The text of a file, or why it cannot be read.
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

/// Which existing files a write may replace.
public enum ReplacePolicy: Sendable {
  /// Only files that Tripod wrote.
  case generatedFiles
  /// Any file, because `force` was given.
  case anyFile
}

/// Why a file was not written.
public enum WriteFailure: Equatable, Sendable {
  case impossible(String)
  /// The file exists, and Tripod did not write it.
  case foreignFile
}
