import Blueprint

/// Compares the kinds of request that a statement names with those that its fact judges.
enum RequestKindWords {
  /// Words that tell readers which kind of request is meant. A database is not asked for pictures.
  private static let words: Set<String> = [
    "static", "picture", "pictures", "image", "images", "file", "files", "upload", "uploads", "uploaded",
    "read", "reads", "reading", "page", "pages", "get", "gets",
    "write", "writes", "writing", "written", "comment", "comments", "post", "posts",
    "database", "databases", "mysql", "primary", "primaries", "replica", "replicas",
  ]

  /// Returns the reason if the fact judges only some kinds, and the statement names none.
  static func problem(with statement: String, _ fact: String) -> String? {
    let named = statement.lowercased().split { !$0.isLetter }.map(String.init)
    guard !named.contains(where: words.contains) else { return nil }
    let tokens = fact.split { !($0.isLetter || $0.isNumber || "-_".contains($0)) }.map(String.init)
    let kinds = RequestKind.allCases.map { $0.rawValue }.filter(tokens.contains)
    guard !kinds.isEmpty, kinds.count < RequestKind.allCases.count else { return nil }
    return
      "this statement names no kind of request, but its fact is judged for \(kinds.joined(separator: " and ")) only"
  }
}
