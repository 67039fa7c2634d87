import Glibc

/// Lists and syncs folders, and takes paths apart.
enum Folder {
  /// Returns the sorted names of the files that are not hidden, or nil if the folder cannot be read.
  static func files(in path: String) -> [String]? { entries(of: path) { !$0.hasPrefix(".") } }

  /// Returns at most `most` sorted names that fulfil the condition, or nil if the folder cannot be read.
  static func entries(of path: String, most: Int = .max, where isWanted: (String) -> Bool) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while names.count < most, let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != "..", isWanted(name) { names.append(name) }
    }
    return names.sorted()
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Syncs the file names in a folder to the disk. Returns the error number if this fails. A folder without
  /// read permission cannot be opened, so it is skipped.
  static func sync(_ path: String) -> Int32? {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return errno == EACCES ? nil : errno }
    defer { close(descriptor) }
    return Descriptors.sync(descriptor)
  }

  /// Returns the path without a slash at its end.
  static func withoutTrailingSlash(_ path: String) -> String {
    path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Returns the path of the folder that contains the file.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
