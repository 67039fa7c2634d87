import Blueprint

/// The application server: runs the code base, and queries the database.
enum AppServer {
  /// The application's timeout for connecting to a database node, and for waiting for its answer.
  private static let databaseTimeout = Span.seconds(1)

  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    let release = site[site[component].host].release
    let kind = site[call].kind
    // If the site has no nginx, the balancer requests static files from the application.
    if kind == .static {
      return answer(call, Response(code: release.lacksFiles ? .notFound : .ok), in: &site)
    }
    guard !fails(kind, release) else { return answer(call, Response(code: .serverError), in: &site) }
    switch kind {
    case .read, .write, .checkDatabase:
      site[call].phase = .waiting
      queryDatabase(call, in: &site)
    case .static, .checkNginx, .checkApp: answer(call, Response(code: .ok), in: &site)
    }
  }

  /// Handles the answer of a database node.
  static func received(_ response: Response, for call: ID<ServiceCall>, in site: inout SiteState) {
    switch response.code {
    case .ok: answer(call, response, in: &site)
    case .reset, .readOnly, .tooMany, .tableFull, .notFound, .serverError, .badGateway, .gatewayTimeout:
      databaseFailed(call, in: &site)
    }
  }

  static func timedOut(_ call: ID<ServiceCall>, in site: inout SiteState) {
    Workers.abandonPendingCall(of: call, in: &site)
    site.trace(.timedOut, of: call)
    databaseFailed(call, in: &site)
  }

  static func configure(_ component: ID<Component>, from host: Host, in site: inout SiteState) {
    site[component].connectTimer = site.timerQueue(databaseTimeout)
    site[component].answerTimer = site.timerQueue(databaseTimeout)
    site[component].settings.keepsWorker = host.app?.isBlocking == true
  }

  /// The longest time that a failing page takes: a bad release fails early.
  private static let failureCost: Int64 = 1_000_000

  @inline(__always)
  static func cost(of call: ID<ServiceCall>, in site: SiteState) -> Int64 {
    let kind = site[call].kind
    let component = site[call].component
    let cost = site[component].settings.cost
    let isFailure = kind != .static && fails(kind, site[site[component].host].release)
    return isFailure ? min(cost, failureCost) : cost
  }

  /// Returns whether this release answers calls of this kind with 500.
  @inline(__always)
  private static func fails(_ kind: CallKind, _ release: CodeRelease) -> Bool {
    kind.isHealthCheck ? release.failsHealth : release.failsPages
  }

  @inline(__always)
  private static func answer(_ call: ID<ServiceCall>, _ response: Response, in site: inout SiteState) {
    let component = site[call].component
    let keepsWorker = site[component].settings.keepsWorker
    var response = response
    response.server = site[component].host
    Workers.answer(call, response, in: &site)
    if keepsWorker { Workers.freeWorker(of: component, in: &site) }
  }

  // MARK: Database

  private static func queryDatabase(_ call: ID<ServiceCall>, in site: inout SiteState) {
    guard let node = chooseNode(for: call, in: &site) else {
      site.trace(.noServerFound, of: call)
      return answer(call, Response(code: .serverError), in: &site)
    }
    query(node, for: call, in: &site)
  }

  /// Sends the call to a database node. This is a separate function because the compiler inlines less into a
  /// long function.
  @inline(never)
  private static func query(_ node: ID<DatabaseNode>, for call: ID<ServiceCall>, in site: inout SiteState) {
    site[call].targetNode = node
    let contact = Workers.send(call, to: site.cluster[node].component, in: &site)
    if contact == .refused { databaseFailed(call, in: &site) }
  }

  /// Tries another node if the call is a read and the `fallback` setting is on. Otherwise answers 500.
  private static func databaseFailed(_ call: ID<ServiceCall>, in site: inout SiteState) {
    site[call].generation &+= 1
    site[call].tried |= 1 << UInt64(min(site[call].targetNode.index, 63))
    let canQueryAnother = site[call].kind == .read && site.topology.database.fallback
    if canQueryAnother, site.cluster.untriedNode(site[call].tried) != nil {
      queryDatabase(call, in: &site)
    } else {
      answer(call, Response(code: .serverError), in: &site)
    }
  }

  /// Returns the node that the `reads` or `writes` setting selects. After a failed read, returns the next
  /// node that was not tried.
  private static func chooseNode(for call: ID<ServiceCall>, in site: inout SiteState) -> ID<DatabaseNode>? {
    let component = site[call].component
    let host = site[component].host
    if site[call].kind == .write {
      return site.topology.database.writes == .local
        ? localNode(on: host, in: site) : primary(for: host, in: site)
    }
    if site[call].tried != 0 { return site.cluster.untriedNode(site[call].tried) }
    switch site.topology.database.reads {
    case .local: return localNode(on: host, in: site)
    case .primary: return primary(for: host, in: site)
    case .replica:
      let count = nextReadCount(of: component, in: &site)
      return site.cluster.replicas.isEmpty
        ? primary(for: host, in: site) : site.cluster.replica(count: count, near: host)
    case .any: return site.cluster.any(count: nextReadCount(of: component, in: &site), near: host)
    }
  }

  @inline(__always)
  private static func nextReadCount(of component: ID<Component>, in site: inout SiteState) -> Int {
    site[component].readCount &+= 1
    return Int(site[component].readCount) - 1
  }

  /// Returns the node on the application's own host, or the primary if there is no such node.
  @inline(__always)
  private static func localNode(on host: ID<HostState>, in site: SiteState) -> ID<DatabaseNode>? {
    site.cluster.node(on: host) ?? primary(for: host, in: site)
  }

  /// Returns the node that an application on this host writes to: the primary. If there are several, it is
  /// one that this host reaches.
  @inline(__always)
  private static func primary(for host: ID<HostState>, in site: SiteState) -> ID<DatabaseNode>? {
    site.cluster.primaries.count == 1 ? site.cluster.newestPrimary : primaryInReach(of: host, in: site)
  }

  /// Returns the primary on this host, or else the newest primary that the host reaches.
  ///
  /// If the host reaches none, returns the newest of all. If there is no primary, returns the node that was
  /// the primary last.
  @inline(__always)
  private static func primaryInReach(of host: ID<HostState>, in site: SiteState) -> ID<DatabaseNode>? {
    if let local = site.cluster.node(on: host), site.cluster[local].role == .primary { return local }
    let reachable = site.cluster.primaries.filter { site.network.reaches(host, site.cluster[$0].host) }
    if let newest = site.cluster.newest(of: reachable.isEmpty ? site.cluster.primaries : reachable) {
      return newest
    }
    return site.topology.primaries.first.flatMap { site.cluster.node(on: site.network.hostIDs[$0]) }
  }
}
