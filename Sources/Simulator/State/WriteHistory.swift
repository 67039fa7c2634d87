/// A position in the history of writes: a number of writes in a term.
struct WritePosition: BitwiseCopyable, Equatable, Sendable {
  var term: ID<WriteTerm>
  /// How many writes of the term are included.
  var count: Int64

  static let start = WritePosition(term: ID(0), count: 0)
}

/// A term: the writes of one node in its time as the primary.
struct WriteTerm: Equatable, Sendable {
  /// The position of its primary when the term began.
  let parent: WritePosition
  /// How many writes there were before the term.
  let before: Int64
  /// How many writes the term has.
  var count: Int64 = 0
  /// The writes of the term that are still kept, from number `firstKept` on.
  var kept = Slab<StoredWrite>()
  var firstKept: Int64 = 1
}

/// A write: the time at which it was stored, and the number of its request.
struct StoredWrite: BitwiseCopyable, Equatable {
  var time: Int64
  var request: Int32
  var isAcknowledged = false
}

/// The history of all writes, as a tree of terms.
///
/// Writes are numbered within a term, and each term begins at a position of an earlier term. A node's data is
/// therefore one position in the tree. Of two nodes, either one has all writes of the other, or they have
/// diverged.
struct WriteHistory: Equatable, Sendable {
  private var terms: [WriteTerm] = []

  /// Begins the first term, if there is none.
  mutating func begin() {
    if terms.isEmpty { terms = [WriteTerm(parent: .start, before: 0)] }
  }

  /// Begins a term after this position, and returns the term's start.
  mutating func beginTerm(at parent: WritePosition) -> WritePosition {
    terms.append(WriteTerm(parent: parent, before: total(parent)))
    return WritePosition(term: ID(terms.count - 1), count: 0)
  }

  /// Returns the total number of writes at a position, in all terms.
  func total(_ position: WritePosition) -> Int64 {
    terms.isEmpty ? 0 : terms[position.term].before + position.count
  }

  /// Returns whether `a` includes all writes of `b`.
  func contains(_ a: WritePosition, _ b: WritePosition) -> Bool {
    guard a.term != b.term else { return a.count >= b.count }
    let last = lastWrite(at: b)
    return common(a, last) == last
  }

  /// Returns the same data as a position that does not begin a term. A new term adds no write by itself.
  private func lastWrite(at position: WritePosition) -> WritePosition {
    var position = position
    while position.count == 0, position.term.raw > 0 { position = terms[position.term].parent }
    return position
  }

  /// Returns the last position that is common to both.
  private func common(_ a: WritePosition, _ b: WritePosition) -> WritePosition {
    var a = a
    var b = b
    while a.term != b.term {
      // A term's identifier is larger than its parent's.
      if a.term.raw > b.term.raw { a = terms[a.term].parent } else { b = terms[b.term].parent }
    }
    return WritePosition(term: a.term, count: min(a.count, b.count))
  }

  /// Returns the child of a term on the path to `target`; nil if the path does not lead through the term.
  private func next(after term: ID<WriteTerm>, towards target: ID<WriteTerm>) -> ID<WriteTerm>? {
    var at = target
    while at.raw > term.raw {
      let parent = terms[at].parent.term
      if parent == term { return at }
      at = parent
    }
    return nil
  }

  // MARK: Writes

  func count(of term: ID<WriteTerm>) -> Int64 { terms[term].count }

  static let minimumKept = 32_768

  /// Returns whether a term keeps too many writes, so that the oldest should be dropped.
  func isLong(_ term: ID<WriteTerm>) -> Bool { terms[term].kept.count >= 2 * WriteHistory.minimumKept }

  /// Appends a write to a term, and returns its position.
  mutating func append(to term: ID<WriteTerm>, request: Int32, now: Int64) -> WritePosition {
    terms[term].count += 1
    terms[term].kept.makeUnique()
    terms[term].kept.append(StoredWrite(time: now, request: request))
    return WritePosition(term: term, count: terms[term].count)
  }

  /// Drops the old writes of a term that every connected replica has, and all but the latest million. At
  /// least `minimumKept` writes stay, because a promotion may need them to report lost writes.
  mutating func trim(_ term: ID<WriteTerm>, receivedByAll: Int64?) {
    let t = term.index
    let needed = max(
      min(receivedByAll ?? terms[t].count, terms[t].count - Int64(WriteHistory.minimumKept)),
      terms[t].count - 1_000_000)
    guard needed >= terms[t].firstKept else { return }
    var kept = Slab<StoredWrite>()
    for k in Int(needed + 1 - terms[t].firstKept)..<terms[t].kept.count { kept.append(terms[t].kept[k]) }
    terms[t].kept = kept
    terms[t].firstKept = needed + 1
  }

  mutating func acknowledge(_ position: WritePosition) {
    let t = position.term.index
    let i = position.count - terms[t].firstKept
    guard i >= 0 else { return }
    terms[t].kept.makeUnique()
    terms[t].kept[Int(i)].isAcknowledged = true
  }

  // MARK: Replication

  /// Returns the position of a node after it has applied the writes from `position` towards `target` that
  /// were stored by this time.
  func advance(_ position: WritePosition, to target: WritePosition, storedBy time: Int64) -> WritePosition {
    var at = position
    while at != target {
      if at.term != target.term {
        guard let next = next(after: at.term, towards: target.term) else { break }
        let branch = terms[next].parent.count
        if at.count >= branch {
          at = WritePosition(term: next, count: 0)
          continue
        }
        guard advance(&at, to: branch, storedBy: time) else { break }
      } else if !advance(&at, to: target.count, storedBy: time) {
        break
      }
    }
    return at
  }

  /// Advances within a term over the writes that were stored by this time. Returns whether the limit is
  /// reached.
  private func advance(_ at: inout WritePosition, to limit: Int64, storedBy time: Int64) -> Bool {
    let t = at.term.index
    let firstKept = terms[t].firstKept
    // Dropped writes are old enough to have arrived.
    if at.count + 1 < firstKept { at.count = min(limit, firstKept - 1) }
    while at.count < limit, terms[t].kept[Int(at.count + 1 - firstKept)].time <= time { at.count += 1 }
    return at.count >= limit
  }

  /// Returns the request numbers of the acknowledged writes in `lost` but not in `kept`. Writes that are no
  /// longer stored are left out.
  func acknowledgedRequests(in lost: WritePosition, missingIn kept: WritePosition) -> [Int32] {
    let shared = common(lost, kept)
    var requests: [Int32] = []
    var at = lost
    while at != shared {
      let term = terms[at.term]
      let from = at.term == shared.term ? shared.count : 0
      var number = max(from + 1, term.firstKept)
      while number <= at.count {
        let stored = term.kept[Int(number - term.firstKept)]
        if stored.isAcknowledged { requests.append(stored.request) }
        number += 1
      }
      at = at.term == shared.term ? shared : term.parent
    }
    return requests.sorted()
  }
}
