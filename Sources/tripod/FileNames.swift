import Glibc
import Shell

/// The names of files, as ways to go on with a line.
enum FileNames {
  private static let most = 2_000

  /// With the files that begin as the line ends, where one is welcome there.
  static func added(to completion: Completion, of line: String) -> Completion {
    guard completion.wantsFile else { return completion }
    var completion = completion
    completion.candidates += names(beginningWith: String(line.suffix(completion.typed))).map { name in
      let isPlain = !name.contains { " ;#,".contains($0) }
      let isFolder = name.hasSuffix("/")
      return .init(isPlain ? name : isFolder ? "\"\(name)" : "\"\(name)\"", isFolder ? "folder" : "file")
    }
    return completion
  }

  private static func names(beginningWith path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let begun = path.dropFirst(folder.count)
    guard let listing = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing), names.count < most {
      let name = name(of: entry)
      guard name.hasPrefix(begun), !name.hasPrefix(".") || begun.hasPrefix("."), name != ".", name != "..",
        !name.unicodeScalars.contains(where: { $0.value < 32 || (127..<160).contains($0.value) || $0 == "\"" }
        )
      else { continue }
      names.append(folder + name + (isFolder(folder + name) ? "/" : ""))
    }
    return names.sorted()
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
