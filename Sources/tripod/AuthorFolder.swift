import Glibc
import Shell

/// A folder with lessons and designs that another person may have written. Only ordinary files in it can be read, by
/// name: neither a path nor a link can lead out of it.
struct AuthorFolder {
  /// The most bytes that a file may have. A design with ten thousand servers needs less than half of this.
  private static let largest = 1 << 20
  private static let tooLarge = "it is larger than 1 MiB"
  /// The name of the inner folder for designs. They can also be beside the lesson.
  static let designs = "Designs"

  let path: String

  init(_ path: String) { self.path = path }

  init(holding file: String) { path = Folder.folder(of: file) }

  /// Returns the text of a file in this folder, or in the inner folder if one is named.
  func text(of name: String, in inner: String? = nil) -> FileText {
    let outer = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard outer >= 0 else { return .failed(reason(errno)) }
    defer { close(outer) }
    guard let inner else { return AuthorFolder.text(of: name, in: outer) }
    let folder = openat(outer, inner, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { return .failed(reason(errno == ELOOP ? ENOTDIR : errno)) }
    defer { close(folder) }
    return AuthorFolder.text(of: name, in: folder)
  }

  /// Returns the text of the design with this name, which may omit `.tripod`.
  func design(_ name: BareName) -> FileText {
    let file = name.text.hasSuffix(".tripod") ? name.text : "\(name.text).tripod"
    if case .text(let text) = text(of: file) { return .text(text) }
    return text(of: file, in: AuthorFolder.designs)
  }

  private static func text(of name: String, in folder: Int32, isLinked: Bool = false) -> FileText {
    guard BareName(name) != nil else { return .failed("its name is no plain name of a file") }
    var status = stat()
    guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .failed(reason(errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return contents(of: name, in: folder)
    case S_IFDIR: return .failed(reason(EISDIR))
    case S_IFLNK where !isLinked: return text(behindLink: name, in: folder)
    case S_IFLNK: return .failed("it is a link to a link")
    default: return .failed("it is not an ordinary file")
    }
  }

  /// Returns the text of the file that a link points to. It must be in the same folder.
  private static func text(behindLink name: String, in folder: Int32) -> FileText {
    let target = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer -> String? in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlinkat(folder, name, start, buffer.count)
      return count > 0
        ? String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self) : nil
    }
    guard let target else { return .failed(reason(errno)) }
    guard BareName(target) != nil else { return .failed("it is a link that leads out of the folder") }
    return text(of: target, in: folder, isLinked: true)
  }

  private static func contents(of name: String, in folder: Int32) -> FileText {
    let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { return .failed(reason(errno)) }
    defer { close(file) }
    // Something else may have replaced the file since it was checked.
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failed("it is not an ordinary file")
    }
    guard status.st_size <= largest else { return .failed(tooLarge) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= largest {
      guard let count = Descriptors.read(file, into: &chunk) else { return .failed(reason(errno)) }
      if count == 0 { return .text(String(decoding: bytes, as: UTF8.self)) }
      bytes += chunk[..<count]
    }
    return .failed(tooLarge)
  }
}

extension DesignFolder {
  init(_ folder: AuthorFolder) {
    self.init { name in folder.design(name) }
  }
}
