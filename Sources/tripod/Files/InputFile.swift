import Shell

/// A file that was given by its path or is in a given folder.
struct InputFile: Sendable {
  let path: String
  let read: @Sendable () -> FileText

  init(at path: String) {
    self.path = path
    read = { InputFile.text(at: path) }
  }

  init(_ name: String, in folder: AuthorFolder, within inner: String? = nil) {
    path = "\(folder.path)/\(inner.map { "\($0)/" } ?? "")\(name)"
    read = { folder.text(of: name, in: inner) }
  }

  /// Reads a file by its path. Waits for a pipe, but at most 10 s.
  static func text(at path: String) -> FileText {
    let end = MonotonicClock.now + 10_000_000_000
    return WholeFile.read(path) { MonotonicClock.now < end }
  }
}
