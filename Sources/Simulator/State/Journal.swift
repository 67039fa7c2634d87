import Blueprint

/// The steps of the requests that are traced.
struct Journal: Equatable, Sendable {
  private var entries = PagedArray<JournalEntry>()

  /// At least this number of steps is kept.
  private static let mostKept = 40_000

  mutating func append(_ entry: JournalEntry) {
    if entries.count >= 2 * Journal.mostKept { entries.removeFirst(entries.count - Journal.mostKept) }
    entries.append(entry)
  }

  func entries(of request: Int32) -> [JournalEntry] {
    entries.indices.lazy.map { entries[$0] }.filter { $0.request == request }
  }

  /// Calls `body` with each entry about a request with this number or a higher one, in the order of noting.
  func forEachEntry(from request: Int32, _ body: (JournalEntry) -> Void) {
    for i in entries.indices where entries[i].request >= request { body(entries[i]) }
  }
}

/// One step of a request, in numbers. `RequestStep` is the same in words.
struct JournalEntry: BitwiseCopyable, Equatable {
  var time: Int64
  var request: Int32
  /// The component whose step it is; none if it is the user's.
  var component: ID<Component>
  var step: JournalStep
}

enum JournalStep: BitwiseCopyable, Equatable {
  /// The user's computer got no answer to so many attempts before this one.
  case connectFailed(before: Int32)
  case gaveUp
  case ended(code: Int32)
  /// The user and a balancer agreed on a key, or the certificate had expired.
  case shookHands(with: ID<Component>)
  case turnedAway(from: ID<Component>)
  /// The balancer chose a server.
  case picked(ID<HostState>, usable: Int32, load: Int32)
  case waitsForSlot(before: Int32)
  case gotSlot
  case pauses
  case asked(ID<Component>, Contact)
  case timedOut
  /// The balancer has no server, nginx no application, or the application no database node that it could ask.
  case foundNone
  case arrived(waiting: Int32)
  case started
  case answered(code: Int32)
}
