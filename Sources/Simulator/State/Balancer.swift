import Blueprint

/// A running haproxy: its settings, its servers, and the requests that wait for a server.
struct Balancer: Equatable, Sendable {
  var settings: HAProxy
  /// The servers and the algorithm that chooses among them. The servers are in the order of the entries.
  var pool: ServerPool
  /// The random numbers for the algorithm `random`. Each haproxy process starts with the same numbers.
  var generator = Xorshift32()
  let component: ID<Component>
  let host: ID<HostState>
  let firstEntry: ID<BalancerEntry>
  let entryCount: Int
  /// The first of its health checks, one for each entry; none if health checks are off.
  var firstCheck = ID<HealthCheck>.none
  var certificate = ServedCertificate()
  /// The common queue: the requests that wait for any server.
  var queue = RequestQueue()
  var timers = BalancerTimers()

  /// Its entries, in the order of the servers in the pool.
  var entries: IDs<BalancerEntry> { IDs(from: firstEntry, count: entryCount) }

  /// Returns the index of an entry's server in the pool.
  @inline(__always)
  func index(of entry: ID<BalancerEntry>) -> Int { Int(entry.raw &- firstEntry.raw) }

  @inline(__always)
  func entry(at index: Int) -> ID<BalancerEntry> { ID(firstEntry.raw &+ Int32(truncatingIfNeeded: index)) }

  @inline(__always)
  func server(_ entry: ID<BalancerEntry>) -> ServerPool.Server { pool.servers[index(of: entry)] }

  func canServe(_ entry: ID<BalancerEntry>) -> Bool { pool.isAllowed(index(of: entry)) }

  func check(of entry: ID<BalancerEntry>) -> ID<HealthCheck>? {
    firstCheck.exists ? ID(firstCheck.raw + Int32(index(of: entry))) : nil
  }

  @inline(__always)
  mutating func pick(hash: UInt32, avoiding avoided: ID<BalancerEntry>) -> ServerPool.ServerChoice {
    pool.pick(hash: hash, avoiding: avoided.exists ? index(of: avoided) : nil, generator: &generator)
  }

  static func makeServerPool(_ settings: HAProxy, of servers: [ServerSettings]) -> ServerPool {
    ServerPool(
      servers: servers.map { ServerPool.Server($0) }, algorithm: settings.algorithm,
      consistent: settings.isConsistent, allBackups: settings.allBackups)
  }
}

/// The TLS configuration of a balancer.
struct ServedCertificate: BitwiseCopyable, Equatable {
  /// Whether users connect to the balancer with TLS.
  var usesTLS = false
  /// Whether connections from the balancer to servers are encrypted.
  var encryptsInside = false
  /// Whether the balancer cannot read the requests that it forwards.
  var passesTLSThrough = false
  /// When the certificate expires.
  var expires = Int64.max
}

/// The timer queues of a balancer.
struct BalancerTimers: BitwiseCopyable, Equatable {
  var connect = ID<TimerQueue>.none
  var server = ID<TimerQueue>.none
  var queue = ID<TimerQueue>.none
  /// The pause between two attempts to connect to the same server.
  var pause = ID<TimerQueue>.none
  var check = ID<TimerQueue>.none
}

/// A server in a balancer's list.
struct BalancerEntry: BitwiseCopyable, Equatable {
  let host: ID<HostState>
  /// The component that the balancer connects to: nginx, or the application if there is no nginx.
  let frontComponent: ID<Component>
  /// The requests in the server's own queue.
  var queue = RequestQueue()
  /// How many requests the server has been given.
  var total = 0
}

/// A queue of requests, stored as a linked list.
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

extension ServerPool.Server {
  init(_ serverSettings: ServerSettings) {
    self.init(
      weight: serverSettings.weight, initialWeight: serverSettings.initialWeight,
      isBackup: serverSettings.isBackup,
      state: serverSettings.state,
      maxconn: serverSettings.maxconn ?? 0)
  }

  /// Whether the server is DOWN or in maintenance.
  var isUnavailable: Bool { isDown || state == .maint }
}
