extension Array where Element: Equatable {
  /// The elements without repetition, in order of first occurrence.
  public var unique: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

extension Array where Element: Hashable {
  /// The elements without repetition, in order of first occurrence.
  public var unique: [Element] {
    // For a few elements, comparing is faster than hashing.
    guard count > 16 else { return reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
