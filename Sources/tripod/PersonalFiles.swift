import Glibc
import Shell

extension FileAccess {
  /// Gives access to the files and the progress of the person who runs the program. The text of each file that a command
  /// reads is noted in the site's journal, so that the site can be rebuilt even after the file has changed.
  init(_ patience: Patience, notingIn journal: SiteJournal?) {
    self.init(
      read: { path in
        let text = Files.read(path) { patience.allowsMore() }
        if case .text(let text) = text { journal?.note(Document(name: path, text: text)) }
        return text
      },
      readDesign: { name, path in
        let text = AuthorFolder(holding: path).design(name)
        if case .text(let text) = text {
          journal?.note(Document(name: FileAccess.path(of: name, beside: path), text: text))
        }
        return text
      },
      write: { path, text, replacing in
        if replacing == .ownFiles, FileAccess.isOfAnother(path) { return .otherFile }
        return Files.write(path, text) { patience.allowsMore() }.map { .impossible($0) }
      },
      left: { journal?.offer() }, journal: JournalFile.journal)
  }

  /// Whether the path names an ordinary file that is not empty and that Tripod did not write.
  private static func isOfAnother(_ path: String) -> Bool {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size > 0
    else { return false }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return true }
    defer { close(file) }
    var ending = [UInt8](repeating: 0, count: 4_096)
    lseek(file, max(0, status.st_size - off_t(ending.count)), SEEK_SET)
    guard let count = Descriptors.read(file, into: &ending) else { return true }
    return !Written.isOwn(fileEnding: String(decoding: ending[..<count], as: UTF8.self))
  }
}
