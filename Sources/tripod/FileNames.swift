import Course
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
    let names = Folder.entries(of: folder.isEmpty ? "." : folder, most: most) { name in
      name.hasPrefix(begun) && (!name.hasPrefix(".") || begun.hasPrefix("."))
        && !name.unicodeScalars.contains { $0.isUnsafeToPrint || $0 == "\"" }
    }
    return (names ?? []).map { folder + $0 + (Folder.isFolder(folder + $0) ? "/" : "") }.sorted()
  }
}
