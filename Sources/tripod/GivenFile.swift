import Shell

/// A file that was given by its path, or that is in a folder that was given.
struct GivenFile: Sendable {
  let path: String
  let read: @Sendable () -> FileText

  init(at path: String) {
    self.path = path
    read = { Shelf.read(path) }
  }

  init(_ name: String, in folder: AuthorFolder, within inner: String? = nil) {
    path = "\(folder.path)/\(inner.map { "\($0)/" } ?? "")\(name)"
    read = { folder.text(of: name, in: inner) }
  }
}
