import Blueprint

/// A component that serves requests: its settings, its condition, its queue and its counters.
struct Component: BitwiseCopyable, Equatable {
  let kind: ComponentKind
  let traits: ServiceTraits
  let host: ID<HostState>
  var settings: ServiceSettings
  var condition = Condition.running
  /// The time that a fault adds to serving each call, in nanoseconds.
  var slowness: Int64 = 0
  /// Whether the component's port is cut off: no packet reaches or leaves it.
  var isCutOff = false
  var isDiskFull = false
  /// The number of times that its process has ended. A connection belongs to one incarnation of the process.
  var incarnation: Int32 = 0
  /// For nginx: its list of applications; none if it has fewer than two.
  var upstream = ID<Upstream>.none
  /// For MySQL: its database node.
  var node = ID<DatabaseNode>.none
  /// The timer queues for connecting to another component, and for waiting for its answer.
  var connectTimer = ID<TimerQueue>.none
  var answerTimer = ID<TimerQueue>.none
  /// For the application: the number of reads for which it has chosen a database node in turn.
  var readCount: Int32 = 0
  var queue = WorkQueue()
  var counts = ServiceCounts()

  enum Condition: UInt8, BitwiseCopyable {
    case running
    /// There is no process: connections are refused.
    case crashed
    /// The process is frozen: the kernel accepts connections, but no call is answered.
    case hung
    /// The component was removed from the site.
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

  /// Whether the queue has no room for a new call.
  @inline(__always)
  var isFull: Bool {
    queue.waiting >= settings.queueLimit && (queue.busy >= settings.workers || condition == .hung)
  }

  /// How many calls the component served without a failure.
  var successCount: Int { traits.countsFailuresAsServed ? counts.served - counts.failed : counts.served }

  /// How many requests a worker of the component has taken, without health checks.
  var arrivals: Int {
    traits.countsFailuresAsServed ? counts.served : counts.started - Int(counts.healthChecks)
  }
}

/// How many calls a component serves at once, how long each takes, and how many may wait.
struct ServiceSettings: BitwiseCopyable, Equatable {
  var workers: Int32
  var cost: Int64
  var queueLimit: Int32
  /// Whether a worker stays busy until its call is answered, even while it waits for another component.
  var keepsWorker = false

  init(_ work: Work, keepsWorker: Bool = false) {
    workers = Int32(clamping: work.workers)
    cost = work.cost.nanoseconds
    queueLimit = Int32(clamping: work.queue)
    self.keepsWorker = keepsWorker
  }
}

/// The counters of a component since the start of the site.
struct ServiceCounts: BitwiseCopyable, Equatable {
  var served = 0
  var failed = 0
  /// How many calls workers have taken.
  var started = 0
  /// The total time that these calls waited, in nanoseconds.
  var waitTime = 0.0
  /// How many calls were health checks.
  var healthChecks: Int32 = 0
}

/// What a component's program does with connections, from the profile of its kind. It is stored, because
/// every hop needs it.
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
