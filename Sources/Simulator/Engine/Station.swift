import Blueprint

/// A component at work: so many workers, a queue before them, and what is wrong with it.
struct Station: BitwiseCopyable, Equatable {
  let kind: ComponentKind
  let machine: Int32
  var workers: Int32
  var cost: Int64
  var queueLimit: Int32
  var condition = Condition.running
  /// Added to every service.
  var slowness: Int64 = 0
  /// No packet reaches its port, and none leaves it.
  var isMuted = false
  var isDiskFull = false
  /// Counts its deaths, so that a connection to an earlier life is known.
  var life: Int32 = 0
  var holdsWorker = false
  /// nginx: its list of applications, where it has a choice. MySQL: its node. Otherwise -1.
  var extra: Int32 = -1
  /// The timers that it sets for a connection and for an answer.
  var connectLane: Int32 = -1
  var answerLane: Int32 = -1
  /// The application's turn over the database nodes.
  var readTurn: Int32 = 0

  private(set) var busy: Int32 = 0
  private(set) var queued: Int32 = 0
  var head: Int32 = -1
  var tail: Int32 = -1

  // What it has done since the site was started. A balancer's `served` are all that it took, those that it failed included.
  var served = 0
  var failed = 0
  var waitTime = 0.0
  /// How many calls a worker has taken.
  var started = 0
  var peak: Int32 = 0
  /// Since the last run began.
  var longestQueue: Int32 = 0
  /// How many of the calls were questions of the balancers.
  var checks: Int32 = 0
  /// The moments at which somebody was done less those at which somebody began to be served, and the same for being here
  /// at all: with whoever is still there counted as done by now, the sum of all these times. So nothing has to be
  /// reckoned between two changes, and nothing is rounded. May be less than nothing in between, and so wraps.
  private var doneLessBegun: UInt128 = 0
  private var goneLessCome: UInt128 = 0

  enum Condition: UInt8, BitwiseCopyable {
    /// Serves.
    case running
    /// No process: a connection is refused.
    case crashed
    /// A frozen process: the kernel accepts, nobody answers.
    case hung
    /// Taken out of the site.
    case removed
  }

  init(kind: ComponentKind, machine: Int32, work: Work) {
    self.kind = kind
    self.machine = machine
    workers = Int32(clamping: work.workers)
    cost = work.cost.nanoseconds
    queueLimit = Int32(clamping: work.queue)
  }

  /// Whether whoever comes now finds no place.
  var isFull: Bool { queued >= queueLimit && (busy >= workers || condition == .hung) }

  /// So many more are served, or wait.
  @inline(__always)
  mutating func change(busy more: Int32 = 0, queued moreQueued: Int32 = 0, at now: Int64) {
    busy += more
    queued += moreQueued
    doneLessBegun &-= Station.times(more, now)
    goneLessCome &-= Station.times(more + moreQueued, now)
  }

  /// Nobody is served here any more, and nobody waits.
  mutating func empty(at now: Int64) {
    change(busy: -busy, queued: -queued, at: now)
    head = -1
    tail = -1
  }

  /// The library takes thousands of steps for such wide numbers, and hardly any is.
  private static func number(_ wide: UInt128) -> Double {
    wide >> 64 == 0 ? Double(UInt64(truncatingIfNeeded: wide)) : Double(wide)
  }

  @inline(__always)
  private static func times(_ count: Int32, _ now: Int64) -> UInt128 {
    UInt128(truncatingIfNeeded: count) &* UInt128(UInt64(bitPattern: now))
  }

  /// How many it served well.
  var goodOnes: Int { kind == .haproxy ? served - failed : served }

  /// How long its workers have been busy, in nanoseconds.
  func busyTime(at now: Int64) -> Double { Station.number(doneLessBegun &+ Station.times(busy, now)) }

  /// The sum over time of all that were here, waiting or served; divided by time it is the mean number.
  func presence(at now: Int64) -> Double {
    Station.number(goneLessCome &+ Station.times(busy + queued, now))
  }
}

/// One call to a station: an nginx passes a request on, an application asks its database. It lives until it is answered,
/// also when nobody waits for the answer any more: that is how a write is stored after its user saw an error.
///
/// What begins with the same value stands together, so that it is written at once.
struct Call: BitwiseCopyable, Equatable {
  /// The next one in the station's queue, or in the list of free places.
  var next: Int32 = -1
  /// Counts every change after which an older timer or service means nothing.
  var turn: UInt32 = 0
  var station: Int32 = -1
  var parent: Int32 = -1
  /// The request that it belongs to: its place, which may have another tenant by now, and its number.
  var visit: Int32 = -1
  var request: Int32 = 0
  var child: Int32 = -1
  /// The database node that answered, by machine.
  var database: Int32 = -1
  /// What is being asked: by nginx an application's station, by an application a database node.
  var target: Int32 = -1
  var kind = Kind.read
  var parentKind = Parent.nobody
  var phase = Phase.free
  var isTraced = false
  var isStale = false
  /// What came back while its process was frozen, and from which host.
  var pending = Answer.Code.ok
  var pendingServer: Int32 = -1
  var since: Int64 = 0
  /// The databases or applications that were tried.
  var tried: UInt64 = 0
  /// A stored write: its running number among those of the primary.
  var position: Int64 = 0

  /// A new call in a place that may have had another; its turn goes on, so that old timers stay stale.
  mutating func begin(
    at station: Int32, _ kind: Kind, parent: Int32, _ parentKind: Parent, isTraced: Bool, now: Int64
  ) {
    self.station = station
    self.kind = kind
    self.parent = parent
    self.parentKind = parentKind
    self.isTraced = isTraced
    since = now
    phase = .queued
    tried = 0
    child = -1
    database = -1
    position = 0
    isStale = false
  }

  enum Parent: UInt8, BitwiseCopyable {
    case nobody, visit, call, check
  }

  /// The user's kinds, and the balancer's own questions by how far they go.
  enum Kind: UInt8, BitwiseCopyable {
    case `static`, read, write, checkNginx, checkApp, checkDatabase

    init(_ kind: RequestKind) {
      switch kind {
      case .static: self = .static
      case .read: self = .read
      case .write: self = .write
      }
    }

    var isCheck: Bool {
      switch self {
      case .static, .read, .write: false
      case .checkNginx, .checkApp, .checkDatabase: true
      }
    }
  }

  enum Phase: UInt8, BitwiseCopyable {
    case free, queued, serving, waiting
    /// Its service is over, but its process is frozen.
    case frozen
    /// Somebody has answered it, or its timer has run out, but its process is frozen.
    case answered, overdue
    /// A write that waits for a free disk.
    case stalled
    /// A write that is stored and waits for a replica to have received it.
    case unconfirmed
  }
}

/// How an attempt to connect ends.
enum Contact: Equatable {
  case accepted, refused, silence
}

/// What comes back for a call.
struct Answer: BitwiseCopyable, Equatable {
  var code: Code
  /// The database node that was asked, by machine; -1 for none.
  var database: Int32 = -1
  var isStale = false
  var position: Int64 = 0
  /// The host that answered: the application's, or nginx's where nginx itself had something to say.
  var server: Int32 = -1

  enum Code: Int16, BitwiseCopyable {
    case ok = 200
    case notFound = 404
    case serverError = 500
    case badGateway = 502
    case gatewayTimeout = 504
    /// The connection was closed without an answer.
    case reset = 0
    /// MySQL: the node is read only.
    case readOnly = 1290
    /// MySQL: too many connections.
    case tooMany = 1040
    case tableFull = 1114
  }
}
