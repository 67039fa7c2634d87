import Glibc
import Shell

extension FileAccess {
  /// Grants access to the files and progress of the person who runs the program. The site journal stores the
  /// files that a command reads, so that `resume` works even if they change.
  init(_ limits: RunLimits, recordingIn journal: SiteJournal?) {
    self.init(
      read: { path in
        let text = WholeFile.read(path) { limits.allowsMore() }
        if case .text(let text) = text { journal?.note(Document(name: path, text: text)) }
        return text
      },
      readDesign: { name, path in
        let text = AuthorFolder(containing: path).design(name)
        if case .text(let text) = text {
          journal?.note(Document(name: FileAccess.path(of: name, beside: path), text: text))
        }
        return text
      },
      write: { path, text, replacing in
        if replacing == .generatedFiles, FileAccess.isForeign(path, to: text) { return .foreignFile }
        return WholeFile.write(path, text) { limits.allowsMore() }.map { .impossible($0) }
      },
      savedSites: journal?.savedSites ?? SiteJournal.storedSites, journal: ProgressFile.journal)
  }

  /// Whether the path leads to a file that Tripod did not write, or to a file of another kind than the text.
  private static func isForeign(_ path: String, to text: String) -> Bool {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > 0
    else { return false }
    // Another user may have created a link.
    var link = stat()
    if lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK { return true }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return true }
    defer { close(file) }
    var ending = [UInt8](repeating: 0, count: 4_096)
    lseek(file, max(0, status.st_size - off_t(ending.count)), SEEK_SET)
    guard let count = Descriptors.read(file, into: &ending) else { return true }
    return !GeneratedFile.isGenerated(
      fileEnding: String(decoding: ending[..<count], as: UTF8.self), like: text)
  }
}
