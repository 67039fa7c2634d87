extension Key {
  /// Everything that can be set, in the order in which help lists it.
  public static let all: [Key] =
    server + balancer + nginx + work + database + protections + site + reliability

  private static let spans = Span.zero...Span.longest
  private static let someTime = Span(nanoseconds: 1_000)...Span.longest

  static let server: [Key] = [
    Key(
      name: .weight, owner: .server, values: .weight,
      summary: "its share, 0 to 256, or a percentage of the first one",
      read: { .number($0[$1].serving.weight) },
      write: { $0[$1].serving.weight = $2.weight(of: $0[$1].serving.initialWeight) }),
    Key(
      name: .state, owner: .server, values: .words(ServerState.allCases.map { $0.rawValue }),
      summary: "ready; drain: no new requests; maint: none at all",
      read: { .word($0[$1].serving.state.rawValue) },
      write: { $0[$1].serving.state = $2.word.flatMap(ServerState.init) ?? .ready }),
    Key(
      name: .maxconn, owner: .server, values: .limit(1...1_000_000), summary: "the most requests in flight",
      read: { $0[$1].serving.maxconn.map { .number($0) } ?? Value.none },
      write: { $0[$1].serving.maxconn = $2.number }),
    Key(
      name: .backup, owner: .server, values: .flag,
      summary: "whether it stands by until no other server is left",
      read: { .flag($0[$1].serving.isBackup) },
      write: { $0[$1].serving.isBackup = $2.flag }),
    Key(
      name: .slowstart, owner: .server, values: .span(spans),
      summary: "how long its weight grows after it came back",
      read: { .span($0[$1].serving.slowstart ?? .zero) },
      write: { $0[$1].serving.slowstart = $2.span > .zero ? $2.span : nil }),
  ]

  static let balancer: [Key] = [
    .balancer(.redispatch, .flag, "whether a retry may go to another server") {
      .flag($0.redispatch)
    } write: {
      $0.redispatch = $1.flag
    },
    .balancer(.retries, .number(0...100), "how often a failed connection is tried again") {
      .number($0.retries)
    } write: {
      $0.retries = $1.number ?? 3
    },
    .balancer(.allbackups, .flag, "whether all backups serve, not only the first") {
      .flag($0.allBackups)
    } write: {
      $0.allBackups = $1.flag
    },
    .balancer(
      .check, .words(CheckKind.allCases.map { $0.rawValue }), "how it finds out that a server is dead"
    ) {
      .word($0.check.rawValue)
    } write: {
      $0.check = $1.word.flatMap(CheckKind.init) ?? .off
    },
    .balancer(.checkPath, .words(CheckPath.allCases.map { $0.rawValue }), "how far an http check goes") {
      .word($0.checkPath.rawValue)
    } write: {
      $0.checkPath = $1.word.flatMap(CheckPath.init) ?? .app
    },
    .balancer(.inter, .span(.milliseconds(1)...Span.longest), "the time between two checks") {
      .span($0.inter)
    } write: {
      $0.inter = $1.span
    },
    .balancer(.fall, .number(1...1_000), "failed checks in a row until a server is DOWN") {
      .number($0.fall)
    } write: {
      $0.fall = $1.number ?? 3
    },
    .balancer(.rise, .number(1...1_000), "passed checks in a row until a server is UP") {
      .number($0.rise)
    } write: {
      $0.rise = $1.number ?? 2
    },
    .balancer(.timeoutConnect, .span(someTime), "how long it waits for a connection") {
      .span($0.timeoutConnect)
    } write: {
      $0.timeoutConnect = $1.span
    },
    .balancer(.timeoutQueue, .usualSpan(someTime), "how long a request may wait for a slot") {
      $0.timeoutQueue.map { .span($0) }
    } write: {
      $0.timeoutQueue = $1.optionalSpan
    },
    .balancer(.timeoutServer, .span(someTime), "how long it waits for an answer") {
      .span($0.timeoutServer)
    } write: {
      $0.timeoutServer = $1.span
    },
    .balancer(.track, .flag, "whether a pair's address moves when haproxy alone dies") {
      .flag($0.tracksProcess)
    } write: {
      $0.tracksProcess = $1.flag
    },
  ]

  static let nginx: [Key] = [
    .nginx(.timeoutConnect, .usualSpan(someTime), "how long it waits for a connection to an application") {
      $0.timeoutConnect.map { .span($0) }
    } write: {
      $0.timeoutConnect = $1.optionalSpan
    },
    .nginx(.timeoutRead, .usualSpan(someTime), "how long it waits for an application's answer") {
      $0.timeoutRead.map { .span($0) }
    } write: {
      $0.timeoutRead = $1.optionalSpan
    },
    .nginx(.maxFails, .number(0...1_000), "failures until it passes over an application") {
      .number($0.maxFails)
    } write: {
      $0.maxFails = $1.number ?? 1
    },
    .nginx(.failTimeout, .span(someTime), "for how long it passes over it") {
      .span($0.failTimeout)
    } write: {
      $0.failTimeout = $1.span
    },
  ]

  static let work: [Key] =
    ComponentKind.allCases.filter { $0.works }.flatMap { kind in
      [
        Key(
          name: .workers, owner: .part(kind), values: .number(1...1_000_000),
          summary: "how many it serves at once",
          read: { $0[$1][work: kind].map { .number($0.workers) } },
          write: { $0[$1][work: kind]?.workers = $2.number ?? 1 }),
        Key(
          name: .cost, owner: .part(kind), values: .span(spans), summary: "the mean time of one service",
          read: { $0[$1][work: kind].map { .span($0.cost) } },
          write: { $0[$1][work: kind]?.cost = $2.span }),
        Key(
          name: .queue, owner: .part(kind), values: .number(0...100_000_000), summary: "how many may wait",
          read: { $0[$1][work: kind].map { .number($0.queue) } },
          write: { $0[$1][work: kind]?.queue = $2.number ?? 0 }),
      ]
    } + [
      Key(
        name: .blocking, owner: .part(.app), values: .flag,
        summary: "whether a worker waits for the database",
        read: { $0[$1].app.map { .flag($0.isBlocking) } },
        write: { $0[$1].app?.isBlocking = $2.flag })
    ]

  static let database: [Key] = [
    .database(
      .replication, .words(Replication.allCases.map { $0.rawValue }), "whether a write waits for a replica"
    ) {
      .word($0.replication.rawValue)
    } write: {
      $0.replication = $1.word.flatMap(Replication.init) ?? .async
    },
    Key(
      name: .lag, owner: .database, values: .span(spans),
      summary: "how long a write is on its way to a replica",
      read: { .span($0.hosts.indices.contains($1) ? $0[$1].mysql?.lag ?? $0.database.lag : $0.database.lag) },
      write: { topology, place, value in topology.setLag(value.span, at: place) }),
    .database(.semiSyncTimeout, .span(someTime), "how long a write waits for a replica that does not answer")
    {
      .span($0.semiSyncTimeout)
    } write: {
      $0.semiSyncTimeout = $1.span
    },
    .database(
      .writes, .words(WriteRouting.allCases.map { $0.rawValue }), "which node the application writes to"
    ) {
      .word($0.writes.rawValue)
    } write: {
      $0.writes = $1.word.flatMap(WriteRouting.init) ?? .primary
    },
    .database(
      .reads, .words(ReadRouting.allCases.map { $0.rawValue }), "which node the application reads from"
    ) {
      .word($0.reads.rawValue)
    } write: {
      $0.reads = $1.word.flatMap(ReadRouting.init) ?? .local
    },
    .database(.fallback, .flag, "whether a failed read is tried at another node") {
      .flag($0.fallback)
    } write: {
      $0.fallback = $1.flag
    },
    .database(
      .failover, .words(Failover.allCases.map { $0.rawValue }), "whether a replica is promoted by itself"
    ) {
      .word($0.failover.rawValue)
    } write: {
      $0.failover = $1.word.flatMap(Failover.init) ?? .manual
    },
    .database(.fencing, .flag, "whether an automatic failover switches the old primary off first") {
      .flag($0.fencing)
    } write: {
      $0.fencing = $1.flag
    },
    .database(.tls, .flag, "whether applications and nodes encrypt what they say to each other") {
      .flag($0.tls)
    } write: {
      $0.tls = $1.flag
    },
  ]

  static let protections: [Key] = [
    Key(
      name: .validity, owner: .part(.certificate), values: .span(someTime),
      summary: "how long it is good, counted from the start of the site",
      read: { $0[$1].tls.map { .span($0.validity) } },
      write: { $0[$1].tls?.validity = $2.span }),
    Key(
      name: .way, owner: .part(.monitor), values: .words(Monitor.Way.allCases.map { $0.rawValue }),
      summary: "whether it sends its numbers or is asked for them",
      read: { $0[$1].monitor.map { .word($0.way.rawValue) } },
      write: { $0[$1].monitor?.way = $2.word.flatMap(Monitor.Way.init) ?? .push }),
    Key(
      name: .interval, owner: .part(.monitor), values: .span(.milliseconds(100)...Span.longest),
      summary: "how often its numbers travel",
      read: { $0[$1].monitor.map { .span($0.interval) } },
      write: { $0[$1].monitor?.interval = $2.span }),
  ]

  static let site: [Key] = [
    Key(
      name: .service, owner: .site, values: .words(Service.allCases.map { $0.rawValue }),
      summary: "whether a cost is always the same or drawn around its mean",
      read: { topology, _ in .word(topology.site.service.rawValue) },
      write: { $0.site.service = $2.word.flatMap(Service.init) ?? .constant }),
    Key(
      name: .patience, owner: .site, values: .span(someTime),
      summary: "how long a user waits before giving up",
      read: { topology, _ in .span(topology.site.patience) },
      write: { $0.site.patience = $2.span }),
    Key(
      name: .seed, owner: .site, values: .number(0...(Int.max - 1)),
      summary: "where the drawing of chances starts",
      read: { topology, _ in .number(Int(clamping: topology.site.seed)) },
      write: { $0.site.seed = UInt64($2.number ?? 1) }),
  ]

  private static func balancer(
    _ name: Name, _ values: Values, _ summary: String, read: @escaping @Sendable (HAProxy) -> Value?,
    write: @escaping @Sendable (inout HAProxy, Value) -> Void
  ) -> Key {
    Key(
      name: name, owner: .part(.haproxy), values: values, summary: summary,
      read: { $0[$1].haproxy.flatMap(read) },
      write: { topology, place, value in
        guard var haproxy = topology[place].haproxy else { return }
        write(&haproxy, value)
        topology[place].haproxy = haproxy
      })
  }

  private static func nginx(
    _ name: Name, _ values: Values, _ summary: String, read: @escaping @Sendable (Nginx) -> Value?,
    write: @escaping @Sendable (inout Nginx, Value) -> Void
  ) -> Key {
    Key(
      name: name, owner: .part(.nginx), values: values, summary: summary,
      read: { $0[$1].nginx.flatMap(read) },
      write: { topology, place, value in
        guard var nginx = topology[place].nginx else { return }
        write(&nginx, value)
        topology[place].nginx = nginx
      })
  }

  private static func database(
    _ name: Name, _ values: Values, _ summary: String, read: @escaping @Sendable (Database) -> Value,
    write: @escaping @Sendable (inout Database, Value) -> Void
  ) -> Key {
    Key(
      name: name, owner: .database, values: values, summary: summary,
      read: { topology, _ in read(topology.database) },
      write: { topology, _, value in write(&topology.database, value) })
  }
}

/// What a value says; the table asks only after `accepts` has said that it fits.
extension Key.Value {
  var number: Int? { if case .number(let n) = self { n } else { nil } }
  var span: Span { if case .span(let span) = self { span } else { .zero } }
  var optionalSpan: Span? { if case .span(let span) = self { span } else { nil } }
  var flag: Bool { self == .flag(true) }
  var word: String? { if case .word(let word) = self { word } else { nil } }

  /// A percentage is taken of the first weight, rounded down, and never above 256.
  func weight(of initial: Int) -> Int {
    switch self {
    case .number(let n): n
    case .percent(let p): min(256, initial * p / 100)
    case .none, .span, .flag, .word: initial
    }
  }
}

extension Topology {
  /// On a node: its own lag. On the database as a whole (no place): the lag of every node.
  mutating func setLag(_ lag: Span, at place: Int) {
    if hosts.indices.contains(place) {
      let isUsual = lag == database.lag
      self[place].mysql?.lag = isUsual ? nil : lag
    } else {
      database.lag = lag
      for place in databaseNodes { self[place].mysql?.lag = nil }
    }
  }
}
