import Glibc
import Shell

/// A folder of lessons and designs, which may be another person's. Only its own regular files can be read:
/// names that contain a path, and links that lead out of the folder, are refused.
struct AuthorFolder {
  /// The most bytes of a file. A design with ten thousand servers is less than half as large.
  private static let largestSize = 1 << 20
  private static let tooLargeMessage = "it is larger than 1 MiB"
  /// The inner folder for designs; they may also be beside the lesson.
  static let designs = "Designs"

  let path: String

  init(_ path: String) { self.path = path }

  init(containing file: String) { path = Folder.folder(of: file) }

  /// Returns the text of a file in the folder, or in the given inner folder.
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

  /// Returns the text of the design. Its name can be given with or without the extension.
  func design(_ name: BareName) -> FileText {
    let file = name.text.hasSuffix(".tripod") ? name.text : "\(name.text).tripod"
    if case .text(let text) = text(of: file) { return .text(text) }
    return text(of: file, in: AuthorFolder.designs)
  }

  private static func text(of name: String, in folder: Int32, isLinked: Bool = false) -> FileText {
    guard BareName(name) != nil else { return .failed("it is not a plain file name") }
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

  /// Follows a link to another file in the same folder.
  private static func text(behindLink name: String, in folder: Int32) -> FileText {
    let target = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer -> String? in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlinkat(folder, name, start, buffer.count)
      return count > 0
        ? String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self) : nil
    }
    guard let target else { return .failed(reason(errno)) }
    guard BareName(target) != nil else { return .failed("it is a link that leads out of the folder") }
    guard ending(of: target) == ending(of: name) else {
      return .failed("it is a link to a file of another kind")
    }
    return text(of: target, in: folder, isLinked: true)
  }

  private static func ending(of name: String) -> Substring? { name.split(separator: ".").last }

  private static func contents(of name: String, in folder: Int32) -> FileText {
    let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { return .failed(reason(errno)) }
    defer { close(file) }
    // The file may have been replaced since the check.
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .failed("it is not an ordinary file")
    }
    guard status.st_size <= largestSize else { return .failed(tooLargeMessage) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= largestSize {
      guard let count = Descriptors.read(file, into: &chunk) else { return .failed(reason(errno)) }
      if count == 0 { return .text(String(decoding: bytes, as: UTF8.self)) }
      bytes += chunk[..<count]
    }
    return .failed(tooLargeMessage)
  }
}

extension DesignFolder {
  init(_ folder: AuthorFolder) {
    self.init { name in folder.design(name) }
  }
}
