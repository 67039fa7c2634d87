import Shell

/// A file given by its path, or one in a given folder.
struct InputFile: Sendable {
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
