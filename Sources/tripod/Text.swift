extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

/// The candidate that was probably meant: one that the word begins, or one that is a slip or two away.
func nearest(to word: String, among candidates: [String]) -> String? {
  if word.count > 2, let longer = candidates.first(where: { $0.hasPrefix(word) }) { return longer }
  let distances = candidates.map { ($0, distance(Array(word), Array($0))) }
  guard let best = distances.min(by: { $0.1 < $1.1 }) else { return nil }
  return best.1 <= max(1, best.0.count / 3) ? best.0 : nil
}

/// How many letters to change, add, leave out or swap with their neighbour.
private func distance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
      row.append(least)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
