import Shell

/// A file given as an argument by its path, or found in a folder given as an argument.
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
