import Blueprint

/// The application server: runs the code base, and asks the database.
enum AppServer {
  /// The application's timeouts for connecting to a database node, and for its answer.
  private static let databaseTimeout = Span.seconds(1)

  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    let release = site[site[component].host].release
    let kind = site[call].kind
    if !site[component].settings.keepsWorker { Workers.freeWorker(of: component, in: &site) }
    // Without an nginx, the balancer asks the application for static files too.
    if kind == .static {
      return answer(call, Response(code: release.lacksFiles ? .notFound : .ok), in: &site)
    }
    guard !fails(kind, release) else { return answer(call, Response(code: .serverError), in: &site) }
    switch kind {
    case .read, .write, .checkDatabase:
      site[call].phase = .waiting
      askDatabase(call, in: &site)
    case .static, .checkNginx, .checkApp: answer(call, Response(code: .ok), in: &site)
    }
  }

  /// The database has answered.
  static func received(_ response: Response, for call: ID<ServiceCall>, in site: inout SiteState) {
    switch response.code {
    case .ok: answer(call, response, in: &site)
    case .reset, .readOnly, .tooMany, .tableFull, .notFound, .serverError, .badGateway, .gatewayTimeout:
      databaseFailed(call, in: &site)
    }
  }

  static func timedOut(_ call: ID<ServiceCall>, in site: inout SiteState) {
    Workers.abandonChild(of: call, in: &site)
    site.trace(.timedOut, of: call)
    databaseFailed(call, in: &site)
  }

  static func configure(_ component: ID<Component>, from host: Host, in site: inout SiteState) {
    site[component].connectTimer = site.timerQueue(databaseTimeout)
    site[component].answerTimer = site.timerQueue(databaseTimeout)
    site[component].settings.keepsWorker = host.app?.isBlocking == true
  }

  /// The most that a bad release needs: it fails early.
  private static let costOfFailing: Int64 = 1_000_000

  @inline(__always)
  static func cost(of call: ID<ServiceCall>, in site: SiteState) -> Int64 {
    let kind = site[call].kind
    let component = site[call].component
    let cost = site[component].settings.cost
    let isFailure = kind != .static && fails(kind, site[site[component].host].release)
    return isFailure ? min(cost, costOfFailing) : cost
  }

  /// Returns whether a release answers a call of this kind with 500.
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

  private static func askDatabase(_ call: ID<ServiceCall>, in site: inout SiteState) {
    guard let node = chooseNode(for: call, in: &site) else {
      site.trace(.foundNone, of: call)
      return answer(call, Response(code: .serverError), in: &site)
    }
    ask(node, for: call, in: &site)
  }

  /// A function of its own, because the compiler inlines less into a long function.
  @inline(never)
  private static func ask(_ node: ID<DatabaseNode>, for call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    site[call].targetNode = node
    site[call].child = .none
    let target = site.cluster[node].component
    let host = site[component].host
    let contact = site.contact(target, from: host)
    site.trace(.asked(target, contact), of: call)
    switch contact {
    case .accepted:
      let child = Workers.newCall(at: target, for: call, in: &site)
      site.clock.start(.call, call, turn: site[call].turn, in: site[component].answerTimer)
      Workers.enter(child, in: &site)
    case .refused: databaseFailed(call, in: &site)
    case .silence: site.clock.start(.call, call, turn: site[call].turn, in: site[component].connectTimer)
    }
  }

  /// Asks another node, if the site allows it for reads.
  private static func databaseFailed(_ call: ID<ServiceCall>, in site: inout SiteState) {
    site[call].turn &+= 1
    site[call].tried |= 1 << UInt64(min(site[call].targetNode.index, 63))
    let mayAskAnother = site[call].kind == .read && site.topology.database.fallback
    if mayAskAnother, site.cluster.untried(site[call].tried) != nil {
      askDatabase(call, in: &site)
    } else {
      answer(call, Response(code: .serverError), in: &site)
    }
  }

  /// Returns the node that `reads` or `writes` names. After a failure it is the next one that was not tried.
  private static func chooseNode(for call: ID<ServiceCall>, in site: inout SiteState) -> ID<DatabaseNode>? {
    let component = site[call].component
    let host = site[component].host
    if site[call].kind == .write {
      return site.topology.database.writes == .local
        ? ownNode(on: host, in: site) : primary(for: host, in: site)
    }
    if site[call].tried != 0 { return site.cluster.untried(site[call].tried) }
    switch site.topology.database.reads {
    case .local: return ownNode(on: host, in: site)
    case .primary: return primary(for: host, in: site)
    case .replica:
      let turn = nextReadTurn(of: component, in: &site)
      return site.cluster.replicas.isEmpty
        ? primary(for: host, in: site) : site.cluster.replica(turn: turn, near: host)
    case .any: return site.cluster.any(turn: nextReadTurn(of: component, in: &site), near: host)
    }
  }

  @inline(__always)
  private static func nextReadTurn(of component: ID<Component>, in site: inout SiteState) -> Int {
    site[component].readTurn &+= 1
    return Int(site[component].readTurn) - 1
  }

  /// Returns the node on the application's own host; if there is none, the primary.
  @inline(__always)
  private static func ownNode(on host: ID<HostState>, in site: SiteState) -> ID<DatabaseNode>? {
    site.cluster.node(on: host) ?? primary(for: host, in: site)
  }

  /// Returns the node that an application on this host writes to: the primary; of two, the one on its side.
  @inline(__always)
  private static func primary(for host: ID<HostState>, in site: SiteState) -> ID<DatabaseNode>? {
    site.cluster.primaries.count == 1 ? site.cluster.newestPrimary : primaryInReach(of: host, in: site)
  }

  /// Returns the newest primary that the host reaches. While there is none, applications go on asking the last one.
  @inline(__always)
  private static func primaryInReach(of host: ID<HostState>, in site: SiteState) -> ID<DatabaseNode>? {
    if let own = site.cluster.node(on: host), site.cluster[own].role == .primary { return own }
    let reached = site.cluster.primaries.filter { site.network.reaches(host, site.cluster[$0].host) }
    if let newest = site.cluster.newest(of: reached.isEmpty ? site.cluster.primaries : reached) {
      return newest
    }
    return site.topology.primaries.first.flatMap { site.cluster.node(on: site.network.hostAt[$0]) }
  }
}
