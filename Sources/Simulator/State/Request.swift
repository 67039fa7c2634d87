import Blueprint

/// The state of one request for its user and its balancer, from the first packet to the last.
struct Request: BitwiseCopyable, Equatable {
  var number: Int32 = 0
  var kind = CallKind.read
  var phase = Phase.free
  /// Whether its timer has ended while haproxy was frozen.
  var isOverdue = false
  /// A number that changes to invalidate the balancer's older timers for the request.
  var generation: UInt32 = 0
  var source: UInt32 = 0
  var path = ID<URLPath>.none
  var user = RequestUser()
  var recording = RequestRecording()
  var balancer = ID<Balancer>.none
  var server = ServerAttempts()
  /// The call to the server.
  var pendingCall = ID<ServiceCall>.none
  var queueing = RequestQueueing()
  var times = RequestTimes()
  /// The answer that arrived while haproxy was frozen.
  var pending = Response(code: .ok)

  /// Resets this element for a new request. The generations are kept, so that timers of an earlier request
  /// stay invalid.
  mutating func begin(number: Int32, _ kind: CallKind, source: UInt32, path: ID<URLPath>, now: Int64) {
    self.number = number
    self.kind = kind
    self.source = source
    self.path = path
    phase = .connectingToSite
    isOverdue = false
    user = RequestUser(isWaiting: true, timeoutGeneration: user.timeoutGeneration)
    recording = RequestRecording()
    balancer = .none
    server = ServerAttempts()
    pendingCall = .none
    queueing.position = 0
    queueing.wasForOneServer = false
    times.started = now
    times.connected = -1
  }

  /// Whether the request waits for a slot.
  var isQueued: Bool {
    switch phase {
    case .queuedForAny, .queuedForOne: true
    case .free, .connectingToSite, .atBalancer, .connecting, .pausing, .answering, .held, .answered,
      .responseNotDelivered:
      false
    }
  }

  enum Phase: UInt8, BitwiseCopyable {
    case free
    /// The user's computer is trying to connect to the site.
    case connectingToSite
    /// haproxy is reading the request.
    case atBalancer
    case queuedForAny, queuedForOne
    /// haproxy is trying to connect to the server.
    case connecting
    /// haproxy is pausing before the next attempt.
    case pausing
    /// A server is handling the request.
    case answering
    /// The request is connected to a server, but the user has not sent its last byte yet.
    case held
    /// The server has answered, but haproxy is frozen.
    case answered
    /// The balancer has finished the request, but no answer has reached the user, who still waits.
    case responseNotDelivered
  }
}

/// The state of a request's user.
struct RequestUser: BitwiseCopyable, Equatable {
  /// Whether the user still waits. The balancer gets no message when a user gives up.
  var isWaiting = false
  /// Whether the request is held open by `hold`.
  var isHeld = false
  /// Whether the TLS handshake with the balancer is complete.
  var hasHandshake = false
  /// How often the user's computer has tried to connect without an answer.
  var connectAttempts: Int32 = 0
  /// A number that changes to invalidate the user's older timers.
  var timeoutGeneration: UInt32 = 0
}

/// How a request is recorded and counted.
struct RequestRecording: BitwiseCopyable, Equatable {
  /// The number of its row; -1 if there is none.
  var row: Int32 = -1
  /// Whether its steps are recorded.
  var isTraced = false
  /// Whether the running command waits for this request.
  var isCounted = false
  /// Whether a primary has stored the request's write.
  var isStored = false

  var isRecorded: Bool { row >= 0 }
}

/// A balancer's attempts to give a request to a server.
struct ServerAttempts: BitwiseCopyable, Equatable {
  /// The server that the request is given to, or whose queue it is in.
  var entry = ID<BalancerEntry>.none
  /// The server that a retry avoids.
  var avoided = ID<BalancerEntry>.none
  var count: Int32 = 0
  /// The incarnation of the process that the request is connected to.
  var incarnation: Int32 = 0
  /// Whether a returning server took the request from the queue without counting it as in flight.
  var isUncounted = false
}

/// The position of a request in a balancer's queue.
struct RequestQueueing: BitwiseCopyable, Equatable {
  /// The next request in the queue, or the next free element.
  var next = ID<Request>.none
  /// The sequence number at which the request joined the queue.
  var joined: UInt64 = 0
  /// How many requests were before it in the queue.
  var position: Int32 = 0
  var wasForOneServer = false
}

/// The times at which a request started, was accepted by the balancer, was given to a server, and was
/// connected to it (-1: not yet).
struct RequestTimes: BitwiseCopyable, Equatable {
  var started: Int64 = 0
  var accepted: Int64 = 0
  var picked: Int64 = 0
  var connected: Int64 = 0
}
