import Course
import Shell

/// Completes the names of files.
enum FileCompletion {
  /// The most files of a folder that are listed.
  private static let most = 2_000

  /// Returns the completion with the matching files, if the command takes a file there.
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
