extension Array where Element: Equatable {
  /// Each once, in the order in which they come first.
  public var unique: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

extension Array where Element: Hashable {
  /// Each once, in the order in which they come first.
  public var unique: [Element] {
    // A few are compared faster than they are hashed.
    guard count > 16 else { return reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
