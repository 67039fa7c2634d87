import Blueprint

/// One request of a user, from the first packet to the last, as its user and its balancer see it.
///
/// What begins with the same value stands together, so that it is written at once.
struct Visit: BitwiseCopyable, Equatable {
  var number: Int32 = 0
  var kind = Call.Kind.read
  var phase = Phase.free
  /// Whether the user still waits; the balancer does not notice when one has given up.
  var hasUser = false
  var isHeld = false
  /// Whether its row is kept, and whether its steps are.
  var isRecorded = false
  var isTraced = false
  /// Whether this is one of the requests that the running command waits for.
  var isCounted = false
  /// Whether a server that came back took it from the queue, uncounted.
  var isGrabbed = false
  /// What it sent is stored in a primary.
  var isStored = false
  /// Whether its user and the balancer have agreed on a key.
  var isGreeted = false
  var waitedForOne = false
  /// Its timer has run out while haproxy was frozen.
  var isOverdue = false
  var source: UInt32 = 0
  var path: Int32 = 0
  var balancer: Int32 = -1
  /// The server's place in the balancer's list, and the one that a retry avoids; -1 for none.
  var server: Int32 = -1
  var avoided: Int32 = -1
  var child: Int32 = -1
  var record: Int32 = -1
  var attempts: Int32 = 0
  /// How often the user's machine has tried to connect.
  var knocks: Int32 = 0
  /// How many were before it in a queue.
  var queuePlace: Int32 = 0
  var next: Int32 = -1
  /// Which life of the server it is connected to.
  var life: Int32 = 0
  var turn: UInt32 = 0
  var patience: UInt32 = 0
  var startedAt: Int64 = 0
  /// When the balancer had it, when it left the queue, and when it was connected to a server.
  var acceptedAt: Int64 = 0
  var pickedAt: Int64 = 0
  var connectedAt: Int64 = 0
  /// When it joined a queue, by running number.
  var joined: UInt64 = 0
  /// What came back while haproxy was frozen.
  var pending = Answer(code: .ok)

  /// A new visit in a place that may have had another; the turns go on, so that old timers stay stale.
  mutating func begin(number: Int32, _ kind: Call.Kind, source: UInt32, path: Int32, now: Int64) {
    self.number = number
    self.kind = kind
    self.source = source
    self.path = path
    startedAt = now
    phase = .knocking
    hasUser = true
    isHeld = false
    isRecorded = false
    isTraced = false
    isCounted = false
    isGrabbed = false
    isStored = false
    isGreeted = false
    isOverdue = false
    balancer = -1
    server = -1
    avoided = -1
    attempts = 0
    child = -1
    knocks = 0
    connectedAt = -1
    waitedForOne = false
    queuePlace = 0
    record = -1
  }

  /// Whether it waits for a slot.
  var isQueued: Bool {
    switch phase {
    case .queuedForAny, .queuedForOne: true
    case .free, .knocking, .atBalancer, .connecting, .pausing, .answering, .held, .answered, .unheard: false
    }
  }

  enum Phase: UInt8, BitwiseCopyable {
    case free
    /// The user's packets have met silence so far.
    case knocking
    /// haproxy works on it.
    case atBalancer
    case queuedForAny, queuedForOne
    case connecting
    /// Before the next attempt.
    case pausing
    /// A server has it.
    case answering
    /// A server has its connection; the user has not sent the last byte yet.
    case held
    /// Answered, but haproxy is frozen.
    case answered
    /// Answered or given up by the balancer, but the user, who heard nothing, still waits.
    case unheard
  }
}
