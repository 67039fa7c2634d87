import Blueprint
import Simulator

/// Builds the map of a site. It reads the state of all hosts at once, because looking up each host would be
/// slow.
struct SiteMapBuilder {
  private let simulation: Simulation
  private let topology: Topology
  private let traffic: Traffic?
  // The dictionaries are never iterated, because their order is random.
  private var servers: [String: ServerReport] = [:]
  private var nodes: [String: DatabaseReport] = [:]
  private var faults: [String: [InjectedFault]] = [:]
  /// The cut links, each under both of its possible names.
  private var cut: Set<String> = []
  private var requestsByServer: [String: Int] = [:]
  private var queries: [String: Int] = [:]
  private let holders: [String]
  private let firstBalancer: String?
  /// Whether applications run on separate hosts behind the web servers.
  private let hasWebTier: Bool
  /// The requests of the last run, if all of them went through a single server; otherwise nil.
  private let totalRequests: Int?
  /// Whether the standby servers are needed, because no other server can serve requests.
  private var needsBackups = false

  init(_ simulation: Simulation, traffic: Traffic?) {
    self.simulation = simulation
    self.traffic = traffic
    topology = simulation.topology
    holders = simulation.addressHolders
    firstBalancer = topology.balancers.first.map { simulation.topology.hosts[$0].name }
    hasWebTier = !topology.sharedApplications.isEmpty && topology.hosts.contains { $0.nginx != nil }
    totalRequests = topology.backends.count == 1 ? traffic?.byServer.reduce(0) { $0 + $1.count } : nil
    let reports = simulation.serverReports
    for report in reports { servers[report.name] = report }
    for report in simulation.databaseReports { nodes[report.name] = report }
    for fault in simulation.faults { add(fault) }
    for share in traffic?.byServer ?? [] { requestsByServer[share.name] = share.count }
    for share in traffic?.byDatabase ?? [] { queries[share.name] = share.count }
    needsBackups = !reports.contains { !$0.isBackup && $0.canServe }
  }

  private mutating func add(_ fault: InjectedFault) {
    switch fault.target {
    case .component(let address): faults[address.host, default: []].append(fault)
    case .link(let a, let b):
      cut.insert("\(a)--\(b)")
      cut.insert("\(b)--\(a)")
    }
  }

  // MARK: Map

  var map: SiteMap {
    var map = SiteMap()
    let jobs = jobs
    for job in [SiteMap.TierJob.balancing, .serving, .applications, .databases, .withoutRequests] {
      let boxes = topology.hosts.indices.filter { jobs[$0] == job }.map { box(of: topology.hosts[$0], job) }
      if !boxes.isEmpty { map.tiers.append(SiteMap.Tier(job: job, boxes: boxes)) }
    }
    map.replication = arrows
    return map
  }

  /// The job of each host, by the host's index.
  private var jobs: [SiteMap.TierJob] {
    let hasWeb = topology.hosts.contains { $0.nginx != nil }
    return topology.hosts.map { host in
      if host.isBalancer { return .balancing }
      if host.nginx != nil { return .serving }
      if host.app != nil { return hasWeb ? .applications : .serving }
      return host.mysql != nil ? .databases : .withoutRequests
    }
  }

  private var arrows: [SiteMap.Arrow] {
    topology.databaseNodes.compactMap { index in
      let name = topology.hosts[index].name
      guard let node = nodes["\(name).mysql"], node.role == .replica, let source = node.source else {
        return nil
      }
      let host = source.split(separator: ".").first.map { String($0) } ?? source
      return SiteMap.Arrow(
        source: host, target: name, lag: node.lag.roundWords, isConnected: node.isConnected)
    }
  }

  // MARK: Boxes

  private func box(of host: Host, _ job: SiteMap.TierJob) -> SiteMap.Box {
    var box = SiteMap.Box(name: host.name)
    box.queriesDatabases = host.app != nil
    box.notes = notes(of: host)
    var sign = Sign.serves
    switch job {
    case .balancing: (sign, box.link) = describeBalancer(&box)
    case .serving: (sign, box.link) = describeServer(&box)
    case .databases: box.requests = traffic.map { _ in queries["\(host.name).mysql"] ?? 0 }
    case .applications: box.requests = responseCount(of: host.name)
    case .withoutRequests: break
    }
    box.protections = host.protections.map { part(of: host, $0, .serves) }
    box.parts = host.parts.map { part(of: host, $0, sign) }
    if !cut.isEmpty {
      let callers = callers(of: job)
      let disconnected = callers.filter { cut.contains("\($0)--\(host.name)") }
      if disconnected.count == callers.count, !callers.isEmpty {
        box.link = .cut
      } else {
        box.notes += disconnected.map { SiteMap.BoxNote(sign: .broken, text: "cut off from \($0)") }
      }
    }
    return box
  }

  /// Returns the hosts that send requests to hosts with this job. Lines are drawn from them to the boxes.
  private func callers(of job: SiteMap.TierJob) -> [String] {
    switch job {
    case .balancing: return [FaultTarget.internet]
    case .serving: return servingBalancers
    case .applications: return topology.hosts.filter { $0.nginx != nil }.map { $0.name }
    case .databases: return topology.hosts.filter { $0.app != nil }.map { $0.name }
    case .withoutRequests: return []
    }
  }

  private var servingBalancers: [String] {
    switch topology.sharing {
    case nil: firstBalancer.map { [$0] } ?? []
    case .activePassive: holders
    case .activeActive: topology.balancers.map { topology.hosts[$0].name }
    }
  }

  /// Returns the faults of the host as a whole.
  private func notes(of host: Host) -> [SiteMap.BoxNote] {
    (faults[host.name] ?? []).compactMap { fault in
      fault.target == .component(Address(host.name))
        ? SiteMap.BoxNote(sign: .broken, text: fault.fault.row.note) : nil
    }
  }

  private func describeBalancer(_ box: inout SiteMap.Box) -> (Sign, SiteMap.LinkState) {
    switch topology.sharing {
    case nil:
      guard box.name != firstBalancer else { return (.serves, .open) }
      box.notes.append(SiteMap.BoxNote(sign: .standsBy, text: "not reached"))
      return (.standsBy, .unused)
    case .activePassive:
      let holds = holders.contains(box.name)
      guard holds || box.notes.isEmpty else { return (.standsBy, .unused) }
      box.notes.append(
        SiteMap.BoxNote(sign: holds ? .serves : .standsBy, text: holds ? "has the address" : "standby"))
      return holds ? (.serves, .open) : (.standsBy, .unused)
    case .activeActive:
      let index = topology.index(of: box.name) ?? 0
      box.address = topology.address(of: index).text
      return (.serves, .open)
    }
  }

  private func describeServer(_ box: inout SiteMap.Box) -> (Sign, SiteMap.LinkState) {
    guard let report = servers[box.name] else { return (.serves, .open) }
    box.weight = report.weight
    box.requests = requests(to: box.name)
    let note: SiteMap.BoxNote?
    let link: SiteMap.LinkState
    switch report.state {
    case .maintenance: (note, link) = (SiteMap.BoxNote(sign: .paused, text: "maint"), .unused)
    case .drain: (note, link) = (SiteMap.BoxNote(sign: .paused, text: "drain"), .unused)
    case .down: (note, link) = (SiteMap.BoxNote(sign: .leftOut, text: "marked DOWN"), .unused)
    case .up, .unchecked:
      guard report.isBackup else { return (.serves, report.weight > 0 ? .open : .unused) }
      note = SiteMap.BoxNote(
        sign: needsBackups ? .serves : .standsBy, text: needsBackups ? "standby, in use" : "standby")
      link = needsBackups ? .open : .unused
    }
    if let note { box.notes.append(note) }
    return (note?.sign ?? .serves, link)
  }

  /// Returns how many requests of the last run the server answered; nil if there was no run.
  private func responseCount(of name: String) -> Int? { traffic.map { _ in requestsByServer[name] ?? 0 } }

  /// Returns the number of requests on the link to a server. It is nil if several web servers share the
  /// applications, because these requests are not counted.
  private func requests(to name: String) -> Int? { hasWebTier ? totalRequests : responseCount(of: name) }

  // MARK: Components

  private func part(of host: Host, _ kind: ComponentKind, _ sign: Sign) -> SiteMap.ComponentLabel {
    let activeFaults = faults[host.name] ?? []
    let own = activeFaults.filter { $0.target == .component(Address(host.name, kind)) }
    let isHostBroken = activeFaults.contains { $0.target == .component(Address(host.name)) }
    let broken = own.isEmpty && !isHostBroken ? nil : Sign.broken
    let faultWords = own.map { $0.fault.row.note }
    guard kind == .mysql else {
      let reach = kind == .certificate ? host.tls?.reach.note : nil
      return SiteMap.ComponentLabel(
        kind: kind, sign: broken ?? sign, words: [reach].compactMap { $0 } + faultWords)
    }
    let node = nodes["\(host.name).mysql"]
    let isCutOff = node?.role == .diverged
    return SiteMap.ComponentLabel(
      kind: kind, sign: broken ?? (isCutOff ? .leftOut : .serves),
      words: (node.map { [$0.role.rawValue] } ?? []) + faultWords)
  }
}

extension ServerReport {
  /// Whether a balancer would send a request to the server.
  fileprivate var canServe: Bool { weight > 0 && (state == .up || state == .unchecked) }
}

extension TLS.Reach {
  /// How far TLS reaches; nil if it ends at the balancer.
  fileprivate var note: String? { self == .balancer ? nil : rawValue }
}
