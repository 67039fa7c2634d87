import Blueprint

/// The recorded steps of traced requests.
struct Journal: Equatable, Sendable {
  private var entries = PagedArray<JournalEntry>()

  /// At least this many of the latest steps are kept.
  private static let retentionLimit = 40_000

  mutating func append(_ entry: JournalEntry) {
    if entries.count >= 2 * Journal.retentionLimit {
      entries.removeFirst(entries.count - Journal.retentionLimit)
    }
    entries.append(entry)
  }

  func entries(of request: Int32) -> [JournalEntry] {
    entries.indices.lazy.map { entries[$0] }.filter { $0.request == request }
  }

  /// Calls `body` with each entry whose request has this number or a higher number, in the order of
  /// recording.
  func forEachEntry(from request: Int32, _ body: (JournalEntry) -> Void) {
    for i in entries.indices where entries[i].request >= request { body(entries[i]) }
  }
}

/// One step of a request in compact form. `RequestStep` is the same step with names.
struct JournalEntry: BitwiseCopyable, Equatable {
  var time: Int64
  var request: Int32
  /// The component that took the step; none for the user.
  var component: ID<Component>
  var step: JournalStep
}

/// The kinds of step, with identifiers in place of names.
enum JournalStep: BitwiseCopyable, Equatable {
  /// The user's computer got no answer to an attempt to connect, after `before` earlier attempts.
  case connectFailed(before: Int32)
  case gaveUp
  case ended(code: Int32)
  /// The TLS handshake between the user's computer and a balancer succeeded.
  case handshakeCompleted(with: ID<Component>)
  case connectionRejected(from: ID<Component>)
  /// The balancer chose a server.
  case picked(ID<HostState>, usable: Int32, load: Int32)
  case queuedForSlot(before: Int32)
  case slotAssigned
  case pausedBeforeRetry
  case contacted(ID<Component>, Contact)
  case timedOut
  /// The component found no server, application or database node that could handle the request.
  case noServerFound
  case arrived(waiting: Int32)
  case started
  case answered(code: Int32)
}
