import Blueprint

/// One request of a user, from the first packet to the last, as its user and its balancer see it.
struct Request: BitwiseCopyable, Equatable {
  var number: Int32 = 0
  var kind = CallKind.read
  var phase = Phase.free
  /// Whether its timer has ended while haproxy was frozen.
  var isOverdue = false
  /// Changes whenever older timers of the balancer no longer count.
  var turn: UInt32 = 0
  var source: UInt32 = 0
  var path = ID<URLPath>.none
  var user = RequestUser()
  var recording = RequestRecording()
  var balancer = ID<Balancer>.none
  var server = ServerAttempts()
  /// The call to the server.
  var child = ID<ServiceCall>.none
  var queueing = RequestQueueing()
  var times = RequestTimes()
  /// The answer that came while haproxy was frozen.
  var pending = Response(code: .ok)

  /// Begins a new request in a place that may have had another. The turns go on, so that old timers no longer count.
  mutating func begin(number: Int32, _ kind: CallKind, source: UInt32, path: ID<URLPath>, now: Int64) {
    self.number = number
    self.kind = kind
    self.source = source
    self.path = path
    phase = .connectingToSite
    isOverdue = false
    user = RequestUser(isWaiting: true, timeoutTurn: user.timeoutTurn)
    recording = RequestRecording()
    balancer = .none
    server = ServerAttempts()
    child = .none
    queueing.position = 0
    queueing.wasForOneServer = false
    times.started = now
    times.connected = -1
  }

  /// Whether it waits for a slot.
  var isQueued: Bool {
    switch phase {
    case .queuedForAny, .queuedForOne: true
    case .free, .connectingToSite, .atBalancer, .connecting, .pausing, .answering, .held, .answered,
      .unheard:
      false
    }
  }

  enum Phase: UInt8, BitwiseCopyable {
    case free
    /// The user's computer is trying to connect to the site.
    case connectingToSite
    /// haproxy reads it.
    case atBalancer
    case queuedForAny, queuedForOne
    /// haproxy is trying to connect to the server.
    case connecting
    /// haproxy waits before the next attempt.
    case pausing
    /// A server has it.
    case answering
    /// It is connected to a server, but the user has not sent the last byte yet.
    case held
    /// It was answered, but haproxy is frozen.
    case answered
    /// The balancer has finished with it, but nothing has reached the user, who still waits.
    case unheard
  }
}

/// The user of a request.
struct RequestUser: BitwiseCopyable, Equatable {
  /// Whether the user still waits. The balancer does not notice when a user has given up.
  var isWaiting = false
  /// Whether the user holds the request open.
  var isHeld = false
  /// Whether the user's computer and the balancer have agreed on a key.
  var hasHandshake = false
  /// How often the user's computer has tried to connect without an answer.
  var connectAttempts: Int32 = 0
  /// Changes whenever the timer of the user's patience no longer counts.
  var timeoutTurn: UInt32 = 0
}

/// What is recorded of a request.
struct RequestRecording: BitwiseCopyable, Equatable {
  /// The number of its row; -1 if there is none.
  var row: Int32 = -1
  /// Whether its steps are recorded.
  var isTraced = false
  /// Whether it is one of the requests that the running command waits for.
  var isCounted = false
  /// Whether a primary has stored what it sent.
  var isStored = false

  var isRecorded: Bool { row >= 0 }
}

/// The attempts of a balancer to give a request to a server.
struct ServerAttempts: BitwiseCopyable, Equatable {
  /// The server that it is given to or queues for.
  var entry = ID<BalancerEntry>.none
  /// The server that a retry avoids.
  var avoided = ID<BalancerEntry>.none
  var count: Int32 = 0
  /// The incarnation of the component that it is connected to.
  var incarnation: Int32 = 0
  /// Whether a server that came back took it from the queue without counting it.
  var isUncounted = false
}

/// The place of a request in a balancer's queue.
struct RequestQueueing: BitwiseCopyable, Equatable {
  /// The next request in the queue, or in the list of free places.
  var next = ID<Request>.none
  /// The running number at which it joined the queue.
  var joined: UInt64 = 0
  /// How many were before it.
  var position: Int32 = 0
  var wasForOneServer = false
}

/// When the balancer accepted a request, when it chose a server, and when it was connected to that (-1: not yet).
struct RequestTimes: BitwiseCopyable, Equatable {
  var started: Int64 = 0
  var accepted: Int64 = 0
  var picked: Int64 = 0
  var connected: Int64 = 0
}
