extension Setting {
  /// All settings, in the order in which help lists them.
  ///
  /// Each has one row: its name, its allowed values, its meaning, and the property that it reads and writes.
  /// The property holds the default.
  public static let all: [Setting] =
    server + balancer + nginx + work + database + protections + site + reliability

  /// Returns the first setting with this name.
  public static func named(_ name: Name) -> Setting {
    guard let setting = all.first(where: { $0.name == name }) else {
      preconditionFailure("no setting \(name.rawValue)")
    }
    return setting
  }

  private static let anySpans = Span.zero...Span.longest
  private static let positiveSpans = Span.microseconds(1)...Span.longest

  private static let server: [Setting] = [
    .server(.weight, .weight, "its share of the requests: 0 to 256, or a percentage of its first weight") {
      let initial = $0.initialWeight
      return $0.weight.exchange($1.map { .number($0.weight(of: initial)) })
    },
    .server(
      .state, .words(ServerState.self),
      "ready; drain: no new requests; maint: no requests and no health checks"
    ) {
      $0.state.exchange($1)
    },
    .server(.maxconn, .limit(1...1_000_000), "the most requests in flight at it") { $0.maxconn.exchange($1) },
    .server("backup", .flag, "whether it is a standby: used only when no other server is left") {
      $0.isBackup.exchange($1)
    },
    .server(
      "slowstart", .span(anySpans), "how long its weight takes to grow to its full value after a return"
    ) {
      $0.slowstart.orZero.exchange($1)
    },
  ]

  private static let balancer: [Setting] = [
    .balancer(.redispatch, .flag, "whether a retry may go to another server") { $0.redispatch.exchange($1) },
    .balancer("retries", .number(0...100), "how often it retries a failed connection") {
      $0.retries.exchange($1)
    },
    .balancer("allbackups", .flag, "whether all standby servers are used, not only the first") {
      $0.allBackups.exchange($1)
    },
    .balancer(.check, .words(CheckKind.self), "how it checks the health of a server") {
      $0.check.exchange($1)
    },
    .balancer(.checkPath, .words(CheckPath.self), "how deep an http check goes") {
      $0.checkPath.exchange($1)
    },
    .balancer(.inter, .span(.milliseconds(1)...Span.longest), "the time between two health checks") {
      $0.inter.exchange($1)
    },
    .balancer("fall", .number(1...1_000), "how many failed checks in a row mark a server DOWN") {
      $0.fall.exchange($1)
    },
    .balancer("rise", .number(1...1_000), "how many passed checks in a row mark a server UP") {
      $0.rise.exchange($1)
    },
    .balancer("timeout-connect", .span(positiveSpans), "how long it waits for a connection") {
      $0.timeoutConnect.exchange($1)
    },
    .balancer("timeout-queue", .optionalSpan(positiveSpans), "how long a request may wait for a slot") {
      $0.timeoutQueue.exchange($1)
    },
    .balancer("timeout-server", .span(positiveSpans), "how long it waits for an answer") {
      $0.timeoutServer.exchange($1)
    },
    .balancer(.track, .flag, "whether a pair's address moves when only haproxy fails") {
      $0.tracksProcess.exchange($1)
    },
  ]

  private static let nginx: [Setting] = [
    .nginx(
      "timeout-connect", .optionalSpan(positiveSpans), "how long it waits for a connection to an application"
    ) {
      $0.timeoutConnect.exchange($1)
    },
    .nginx("timeout-read", .optionalSpan(positiveSpans), "how long it waits for an application's answer") {
      $0.timeoutRead.exchange($1)
    },
    .nginx("max-fails", .number(0...1_000), "how many failures make it skip an application") {
      $0.maxFails.exchange($1)
    },
    .nginx("fail-timeout", .span(positiveSpans), "how long it skips the application then") {
      $0.failTimeout.exchange($1)
    },
  ]

  private static let work: [Setting] =
    ComponentKind.allCases.filter { $0.hasWorkers }.flatMap { kind in
      [
        .work(.workers, kind, .number(1...1_000_000), "how many requests it serves in parallel") {
          $0.workers.exchange($1)
        },
        .work(.cost, kind, .span(anySpans), "the mean time to serve one request") { $0.cost.exchange($1) },
        .work(.queue, kind, .number(0...100_000_000), "how many requests may wait for a worker") {
          $0.queue.exchange($1)
        },
      ]
    } + [
      row("blocking", .component(.app), .flag, "whether a worker is busy while it waits for the database") {
        $0.hosts[$1].app
      } write: {
        $0[$1].app = $2
      } exchange: {
        $0.isBlocking.exchange($1)
      }
    ]

  private static let database: [Setting] = [
    .database(
      "replication", .words(Replication.self),
      "whether a write is acknowledged only after a replica has received it"
    ) {
      $0.replication.exchange($1)
    },
    Setting(
      name: .lag, owner: .database, values: .span(anySpans),
      summary: "how soon a replica shows a write of its primary",
      read: { .span($0.lag(at: $1)) },
      write: { if let lag = Span(setting: $2) { $0.setLag(lag, at: $1) } }),
    .database(
      "semi-sync-timeout", .span(positiveSpans), "how long a write waits for a replica that does not answer"
    ) { $0.semiSyncTimeout.exchange($1) },
    .database("writes", .words(WriteRouting.self), "which node the application writes to") {
      $0.writes.exchange($1)
    },
    .database("reads", .words(ReadRouting.self), "which node the application reads from") {
      $0.reads.exchange($1)
    },
    .database("fallback", .flag, "whether a failed read is retried at another node") {
      $0.fallback.exchange($1)
    },
    .database("failover", .words(Failover.self), "whether a replica is promoted automatically") {
      $0.failover.exchange($1)
    },
    .database("fencing", .flag, "whether an automatic failover first switches off the old primary") {
      $0.fencing.exchange($1)
    },
    .database("tls", .flag, "whether applications and database nodes encrypt their connections") {
      $0.tls.exchange($1)
    },
  ]

  private static let protections: [Setting] = [
    row(
      .validity, .component(.certificate), .span(positiveSpans),
      "how long it is valid, counted from the start of the site"
    ) {
      $0.hosts[$1].tls
    } write: {
      $0[$1].tls = $2
    } exchange: {
      $0.validity.exchange($1)
    },
    .monitor(
      "way", .words(Monitor.Direction.self),
      "whether it sends its metrics (push) or is polled for them (pull)"
    ) {
      $0.direction.exchange($1)
    },
    .monitor("interval", .span(.milliseconds(100)...Span.longest), "how often it reports its metrics") {
      $0.interval.exchange($1)
    },
  ]

  private static let site: [Setting] = [
    .site(
      "service", .words(ServiceDistribution.self),
      "whether service times are constant or drawn around their mean"
    ) {
      $0.service.exchange($1)
    },
    .site("patience", .span(positiveSpans), "how long a user waits before giving up") {
      $0.patience.exchange($1)
    },
    .site(
      .seed, .number(0...(Int.max - 1)), "the start of the random numbers: the same seed gives the same run"
    ) { $0.seed.exchange($1) },
  ]

  /// The mean times between failures and to repair, for a host and for each kind of component that can fail.
  private static let reliability: [Setting] =
    meanTimes(of: nil, .host)
    + ComponentKind.allCases.flatMap { kind in kind.profile.reliability.map { meanTimes(of: kind, $0) } ?? []
    }

  private static let longestMean = Span.seconds(100_000 * 86_400)

  private static func meanTimes(of kind: ComponentKind?, _ row: ReliabilityRow) -> [Setting] {
    let word = kind?.rawValue ?? "host"
    return [
      .site(
        Name("mtbf-\(word)"), .span(.seconds(1)...longestMean),
        "the mean time until \(row.subject) fails", origin: row.mtbfSource
      ) { $0.reliability[kind].mtbf.exchange($1) },
      .site(
        Name("mttr-\(word)"), .span(.zero...longestMean),
        "the mean time until \(row.subject) is repaired", origin: row.mttrSource
      ) { $0.reliability[kind].mttr.exchange($1) },
    ]
  }
}

// MARK: Rows

extension Setting {
  /// A function that sets a property to the new value, if there is one, and returns the resulting value.
  fileprivate typealias Exchange<Settings> = @Sendable (inout Settings, Value?) -> Value?

  fileprivate static func server(
    _ name: Name, _ values: Values, _ summary: String, exchange: @escaping Exchange<ServerSettings>
  ) -> Setting {
    row(
      name, .server, values, summary, read: { $0.hosts[$1].serverSettings },
      write: { $0[$1].serverSettings = $2 },
      exchange: exchange)
  }

  fileprivate static func balancer(
    _ name: Name, _ values: Values, _ summary: String, exchange: @escaping Exchange<HAProxy>
  ) -> Setting {
    row(
      name, .component(.haproxy), values, summary, read: { $0.hosts[$1].haproxy },
      write: { $0[$1].haproxy = $2 },
      exchange: exchange)
  }

  fileprivate static func nginx(
    _ name: Name, _ values: Values, _ summary: String, exchange: @escaping Exchange<Nginx>
  ) -> Setting {
    row(
      name, .component(.nginx), values, summary, read: { $0.hosts[$1].nginx }, write: { $0[$1].nginx = $2 },
      exchange: exchange)
  }

  fileprivate static func work(
    _ name: Name, _ kind: ComponentKind, _ values: Values, _ summary: String,
    exchange: @escaping Exchange<Work>
  ) -> Setting {
    row(
      name, .component(kind), values, summary, read: { $0.hosts[$1][work: kind] },
      write: { $0[$1][work: kind] = $2 }, exchange: exchange)
  }

  fileprivate static func monitor(
    _ name: Name, _ values: Values, _ summary: String, exchange: @escaping Exchange<Monitor>
  ) -> Setting {
    row(
      name, .component(.monitor), values, summary, read: { $0.hosts[$1].monitor },
      write: { $0[$1].monitor = $2 },
      exchange: exchange)
  }

  fileprivate static func database(
    _ name: Name, _ values: Values, _ summary: String, exchange: @escaping Exchange<Database>
  ) -> Setting {
    row(
      name, .database, values, summary, read: { topology, _ in topology.database },
      write: { topology, _, database in topology.database = database }, exchange: exchange)
  }

  fileprivate static func site(
    _ name: Name, _ values: Values, _ summary: String, origin: String = "",
    exchange: @escaping Exchange<Site>
  ) -> Setting {
    var setting = row(
      name, .site, values, summary, read: { topology, _ in topology.site },
      write: { topology, _, site in topology.site = site }, exchange: exchange)
    setting.origin = origin
    return setting
  }

  /// Returns a setting for a property of one part of the topology. A change reads that part, edits the copy
  /// and writes it back.
  fileprivate static func row<Settings>(
    _ name: Name, _ owner: Owner, _ values: Values, _ summary: String,
    read: @escaping @Sendable (Topology, Int) -> Settings?,
    write: @escaping @Sendable (inout Topology, Int, Settings) -> Void, exchange: @escaping Exchange<Settings>
  ) -> Setting {
    Setting(
      name: name, owner: owner, values: values, summary: summary,
      read: { topology, index in
        guard var settings = read(topology, index) else { return nil }
        return exchange(&settings, nil)
      },
      write: { topology, index, value in
        guard var settings = read(topology, index) else { return }
        _ = exchange(&settings, value)
        write(&topology, index, settings)
      })
  }
}

extension Setting.Value {
  /// Returns the weight for this value. A percentage refers to the initial weight; the result is rounded down
  /// and is at most 256.
  func weight(of initial: Int) -> Int {
    switch self {
    case .number(let n): n
    case .percent(let p): min(256, initial * p / 100)
    case .none, .span, .flag, .word: initial
    }
  }
}

extension Span? {
  /// The same time, with zero in place of nil.
  fileprivate var orZero: Span {
    get { self ?? .zero }
    set { self = newValue > .zero ? newValue : nil }
  }
}

extension Topology {
  /// Returns the lag of the node on the host at this index, or of the whole database if there is no such
  /// host.
  fileprivate func lag(at index: Int) -> Span {
    hosts.indices.contains(index) ? hosts[index].mysql?.lag ?? database.lag : database.lag
  }

  fileprivate mutating func setLag(_ lag: Span, at index: Int) {
    if hosts.indices.contains(index) {
      let isUsual = lag == database.lag
      self[index].mysql?.lag = isUsual ? nil : lag
    } else {
      database.lag = lag
      for index in databaseNodes { self[index].mysql?.lag = nil }
    }
  }
}
