import Blueprint

/// A running haproxy: its settings, its servers, and the requests that wait for one.
struct Balancer: Equatable, Sendable {
  var settings: HAProxy
  /// Which server gets which request. The servers are in the order of the entries.
  var farm: Farm
  /// What `random` draws from. Each haproxy process starts with the same numbers.
  var draws = Xorshift32()
  let component: ID<Component>
  let host: ID<HostState>
  let firstEntry: ID<BalancerEntry>
  let entryCount: Int
  /// The first of its health checks, one for each entry; none if it does not check.
  var firstCheck = ID<HealthCheck>.none
  var certificate = ServedCertificate()
  /// The requests that wait for any server.
  var queue = RequestQueue()
  var timers = BalancerTimers()

  /// Its entries, in the order of the farm.
  var entries: IDs<BalancerEntry> { IDs(from: firstEntry, count: entryCount) }

  /// Returns the place of an entry in the farm.
  @inline(__always)
  func place(of entry: ID<BalancerEntry>) -> Int { Int(entry.raw &- firstEntry.raw) }

  @inline(__always)
  func entry(at place: Int) -> ID<BalancerEntry> { ID(firstEntry.raw &+ Int32(truncatingIfNeeded: place)) }

  @inline(__always)
  func server(_ entry: ID<BalancerEntry>) -> Farm.Server { farm.servers[place(of: entry)] }

  func mayServe(_ entry: ID<BalancerEntry>) -> Bool { farm.isAllowed(place(of: entry)) }

  func check(of entry: ID<BalancerEntry>) -> ID<HealthCheck>? {
    firstCheck.exists ? ID(firstCheck.raw + Int32(place(of: entry))) : nil
  }

  @inline(__always)
  mutating func pick(hash: UInt32, avoiding avoided: ID<BalancerEntry>) -> Farm.ServerChoice {
    farm.pick(hash: hash, avoiding: avoided.exists ? place(of: avoided) : nil, draws: &draws)
  }

  static func makeFarm(_ settings: HAProxy, of servers: [Serving]) -> Farm {
    Farm(
      servers: servers.map { Farm.Server($0) }, algorithm: settings.algorithm,
      consistent: settings.isConsistent, allBackups: settings.allBackups)
  }
}

/// The certificate of a balancer.
struct ServedCertificate: BitwiseCopyable, Equatable {
  /// Whether users speak TLS to the balancer.
  var speaksTLS = false
  /// Whether what it sends to servers is encrypted.
  var encryptsInside = false
  /// Whether it cannot read what it passes on.
  var isBlind = false
  /// When the certificate expires.
  var expires = Int64.max
}

/// The timers of a balancer.
struct BalancerTimers: BitwiseCopyable, Equatable {
  var connect = ID<TimerQueue>.none
  var server = ID<TimerQueue>.none
  var queue = ID<TimerQueue>.none
  /// Between two attempts to connect to the same server.
  var pause = ID<TimerQueue>.none
  var check = ID<TimerQueue>.none
}

/// A server in a balancer's list.
struct BalancerEntry: BitwiseCopyable, Equatable {
  let host: ID<HostState>
  /// What the balancer connects to: nginx, or the application if there is no nginx.
  let front: ID<Component>
  /// The requests that wait for this server alone.
  var queue = RequestQueue()
  /// How many requests it was given.
  var total = 0
}

/// A queue of requests, which are linked to each other.
struct RequestQueue: BitwiseCopyable, Equatable {
  private(set) var head = ID<Request>.none
  private var tail = ID<Request>.none
  private(set) var count: Int32 = 0

  mutating func append(_ request: ID<Request>, in requests: Slab<Request>) {
    requests[request].queueing.next = .none
    if tail.exists { requests[tail].queueing.next = request } else { head = request }
    tail = request
    count += 1
  }

  mutating func remove(_ request: ID<Request>, in requests: Slab<Request>) {
    var before = ID<Request>.none
    var at = head
    while at.exists, at != request {
      before = at
      at = requests[at].queueing.next
    }
    guard at == request else { return }
    let after = requests[request].queueing.next
    if before.exists { requests[before].queueing.next = after } else { head = after }
    if !after.exists { tail = before }
    count -= 1
  }
}

extension Farm.Server {
  init(_ serving: Serving) {
    self.init(
      weight: serving.weight, initialWeight: serving.initialWeight, isBackup: serving.isBackup,
      state: serving.state,
      maxconn: serving.maxconn ?? 0)
  }

  /// Whether the balancer knows that it cannot be used at all.
  var isOut: Bool { isDown || state == .maint }
}
