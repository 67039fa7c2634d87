import Blueprint

/// A component that serves requests: its settings, what is wrong with it, its queue and its counters.
struct Component: BitwiseCopyable, Equatable {
  let kind: ComponentKind
  let traits: ServiceTraits
  let host: ID<HostState>
  var settings: ServiceSettings
  var condition = Condition.running
  /// Added to the time of every service.
  var slowness: Int64 = 0
  /// Whether no packet reaches its port and none leaves it.
  var isMuted = false
  var isDiskFull = false
  /// How often its process has ended. A connection belongs to one incarnation of the process.
  var incarnation: Int32 = 0
  /// nginx: its applications, if there are several.
  var upstream = ID<Upstream>.none
  /// MySQL: its node.
  var node = ID<DatabaseNode>.none
  /// The timers for a connection to another component, and for its answer.
  var connectTimer = ID<TimerQueue>.none
  var answerTimer = ID<TimerQueue>.none
  /// The application: its turn to read from the database nodes.
  var readTurn: Int32 = 0
  var queue = WorkQueue()
  var counts = ServiceCounts()

  enum Condition: UInt8, BitwiseCopyable {
    case running
    /// There is no process: a connection is refused.
    case crashed
    /// The process is frozen: the kernel accepts connections, but nothing is answered.
    case hung
    /// It was removed from the site.
    case removed
  }

  init(kind: ComponentKind, host: ID<HostState>, work: Work) {
    self.kind = kind
    traits = ServiceTraits(kind.profile)
    self.host = host
    settings = ServiceSettings(work)
  }

  var isRunning: Bool { condition == .running }

  @inline(__always)
  var hasFreeWorker: Bool { queue.busy < settings.workers && condition == .running }

  /// Whether a new call would find no place in the queue.
  @inline(__always)
  var isFull: Bool {
    queue.waiting >= settings.queueLimit && (queue.busy >= settings.workers || condition == .hung)
  }

  /// How many calls it answered well.
  var answeredWell: Int { traits.countsFailuresAsServed ? counts.served - counts.failed : counts.served }

  /// How many requests have reached it, without health checks.
  var arrivals: Int {
    traits.countsFailuresAsServed ? counts.served : counts.started - Int(counts.healthChecks)
  }
}

/// How many calls a component serves at once, how long one takes, and how many may wait.
struct ServiceSettings: BitwiseCopyable, Equatable {
  var workers: Int32
  var cost: Int64
  var queueLimit: Int32
  /// Whether a worker stays busy until its call is answered, even while another component works on it.
  var keepsWorker = false

  init(_ work: Work, keepsWorker: Bool = false) {
    workers = Int32(clamping: work.workers)
    cost = work.cost.nanoseconds
    queueLimit = Int32(clamping: work.queue)
    self.keepsWorker = keepsWorker
  }
}

/// What a component has done since the site was started.
struct ServiceCounts: BitwiseCopyable, Equatable {
  var served = 0
  var failed = 0
  /// How many calls a worker has taken.
  var started = 0
  /// How long these calls waited, in nanoseconds.
  var waitTime = 0.0
  /// How many calls were health checks.
  var healthChecks: Int32 = 0
}

/// What a component's program does with connections, from the profile of its kind. It is stored because hops need it.
struct ServiceTraits: BitwiseCopyable, Equatable {
  let port: Port
  let encryptedPort: Port
  let refusesWhenFull: Bool
  let countsFailuresAsServed: Bool

  init(_ profile: ComponentProfile) {
    port = profile.port ?? .http
    encryptedPort = profile.encryptedPort ?? port
    refusesWhenFull = profile.refusesWhenFull
    countsFailuresAsServed = profile.countsFailuresAsServed
  }
}
