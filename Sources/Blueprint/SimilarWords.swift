/// Returns how many typing errors separate the two words. A result above `most` means only that there are
/// more than `most`.
public func distance(_ a: String, _ b: String, most: Int = 3) -> Int {
  let a = Array(a.utf8.prefix(64))
  let b = Array(b.utf8.prefix(64))
  guard abs(a.count - b.count) <= most else { return most + 1 }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1] + Array(repeating: 0, count: b.count)
    for j in b.indices {
      row[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
      }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

/// Returns the only choice that the word abbreviates, as `rr` abbreviates `roundrobin`; nil if there is none,
/// or more than one.
public func abbreviated(_ word: String, among choices: [String]) -> String? {
  guard word.count >= 2 else { return nil }
  let matches = choices.filter { choice in
    var rest = Array(word.lowercased().utf8)[...]
    guard choice.utf8.first == rest.first else { return false }
    for byte in choice.utf8 where byte == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }
  return matches.count == 1 ? matches[0] : nil
}

/// Returns the choice most similar to the word; nil if none is similar enough.
public func nearest(to word: String, among choices: [String]) -> String? {
  let word = word.lowercased()
  let prefixMatches = choices.filter { $0.lowercased().hasPrefix(word) }
  if let first = prefixMatches.first,
    word.count >= 3 || (word.count == 2 && prefixMatches.allSatisfy { $0.hasPrefix(first) })
  {
    return first
  }
  let allowed = word.count <= 1 ? 0 : word.count <= 4 ? 1 : word.count <= 7 ? 2 : 3
  var best: (choice: String, distance: Int, shared: Int)?
  for choice in choices {
    let d = distance(word, choice.lowercased(), most: allowed)
    guard d <= allowed, d <= best?.distance ?? .max else { continue }
    // Of two choices at the same distance, take the one that shares more letters: `brake` means `break`, not
    // `trace`.
    let shared = sharedLetters(word, choice.lowercased())
    if d < best?.distance ?? .max || shared > best?.shared ?? -1 { best = (choice, d, shared) }
  }
  return best?.choice
}

/// Returns how many letters two words have in common, in any order.
private func sharedLetters(_ a: String, _ b: String) -> Int {
  var left = Array(b.utf8)
  return a.utf8.count { letter in
    guard let index = left.firstIndex(of: letter) else { return false }
    left.remove(at: index)
    return true
  }
}
