import Blueprint
import Simulator

/// What would have let a failed request succeed.
public enum RequestFix: Equatable, Sendable {
  /// Nothing: the same request now succeeds.
  case none
  /// Some time.
  case wait
  case fix(Fix)
  /// Repairs of all faults, and some time.
  case repairs(Fix)

  /// The time that a site is given to recover.
  private static let pause = FixStep.wait(.seconds(30))

  fileprivate var fix: Fix {
    switch self {
    case .none: Fix([FixStep]())
    case .wait: Fix([RequestFix.pause])
    case .fix(let fix): fix
    case .repairs(let fix): Fix(fix.steps + [RequestFix.pause])
    }
  }

  fileprivate static func fix(_ steps: FixStep..., thenWaits: Bool = false) -> RequestFix {
    .fix(Fix(steps + (thenWaits ? [pause] : [])))
  }

  /// Whether the request succeeds without anything that is done for it.
  var needsNoAction: Bool {
    switch self {
    case .none, .wait: true
    case .fix, .repairs: false
    }
  }
}

extension Simulation {
  /// Returns what would have let a failed request succeed: the first that does, and if that is only time, the first action
  /// that does at once.
  ///
  /// Each is tried on a copy, where twice as many requests of that kind are sent as there are servers.
  public func fixes(for record: Record, goOn: GoOn = { _ in true }) throws(Problem) -> [RequestFix] {
    var sending = Sending(count: 2 * max(1, topology.backends.count), mix: .only(record.kind))
    sending.sources = [record.source]
    sending.paths = [record.path]
    var first: RequestFix?
    let all = requestFixes
    for (i, fix) in all.enumerated() {
      guard goOn(Double(i) / Double(all.count)) else { throw .interrupted }
      // Once the first is known, only an action is of interest.
      if first != nil, fix.needsNoAction { continue }
      guard try answers(sending, after: fix.fix, goOn) else { continue }
      guard let known = first else {
        if fix != .wait { return [fix] }
        first = fix
        continue
      }
      return [known, fix]
    }
    return first.map { [$0] } ?? []
  }

  /// Whether all these requests are answered after the fix. It is false if the fix cannot be applied.
  private func answers(_ sending: Sending, after fix: Fix, _ goOn: GoOn) throws(Problem) -> Bool {
    do {
      var copy = try after(fix.steps, goOn: goOn)
      return try copy.perform(.send(sending), goOn: goOn).traffic?.failed == 0
    } catch {
      guard error != .interrupted else { throw error }
      return false
    }
  }

  /// What to try, in this order: nothing, settings and operations, then repairs.
  private var requestFixes: [RequestFix] {
    let balancer = topology.balancers.first.map { topology.hosts[$0].name } ?? "lb-1"
    var fixes: [RequestFix] = [.none, .wait, .fix(.set(balancer, "redispatch", .flag(true)))]
    if topology.hosts.first(where: { $0.isBalancer })?.haproxy?.check != .http {
      fixes.append(
        .fix(
          .set(balancer, "check", .word("http")), .set(balancer, "check-path", .word("app")), thenWaits: true)
      )
    }
    fixes.append(.fix(.setDatabase("fallback", .flag(true))))
    fixes.append(.fix(.setDatabase("writes", .word("primary"))))
    for place in topology.databaseNodes where topology.hosts[place].mysql?.role == .replica {
      fixes.append(.fix(.promote(topology.hosts[place].name)))
    }
    fixes.append(.fix(.serveServers(.activeActive)))
    fixes += topology.backends.prefix(Simulation.mostHostsFixed).flatMap { servingFixes(topology.hosts[$0]) }
    fixes += topology.hosts.prefix(Simulation.mostHostsFixed).flatMap { protectionFixes($0) }
    if topology.databaseNodes.isEmpty { fixes.append(.fix(.addReplica)) }
    if topology.balancers.count > 1 { fixes.append(.fix(.serveBalancers(.activePassive))) }
    if topology.backends.isEmpty { fixes.append(.fix(.addServer(with: ComponentKind.usualOfServers))) }
    let repairs = faults.map { FixStep.repair($0.target) }
    fixes += repairs.map { .fix($0) }
    if !repairs.isEmpty { fixes.append(.repairs(Fix(repairs))) }
    return fixes
  }

  /// The most hosts whose own settings are tried.
  private static let mostHostsFixed = 20

  /// Settings with which a server gets more requests.
  private func servingFixes(_ host: Host) -> [RequestFix] {
    var fixes: [RequestFix] = []
    if host.serving.state != .ready { fixes.append(.fix(.set(host.name, "state", .word("ready")))) }
    if host.serving.weight == 0 { fixes.append(.fix(.set(host.name, "weight", .number(1)))) }
    if host.serving.maxconn != nil { fixes.append(.fix(.set(host.name, "maxconn", .none))) }
    return fixes
  }

  /// Changes of the certificate and the firewall. A component with a fault is repaired, not changed.
  private func protectionFixes(_ host: Host) -> [RequestFix] {
    func isHealthy(_ part: ComponentKind) -> Bool {
      !faults.contains { $0.target == .part(Address(host.name, part)) }
    }
    var fixes: [RequestFix] = []
    if host.tls != nil, isHealthy(.certificate) {
      let certificate = Address(host.name, .certificate).text
      fixes.append(.fix(.set(certificate, "validity", .span(.seconds(90 * 86_400)))))
    }
    if host.firewall != nil, isHealthy(.firewall) {
      fixes.append(.fix(.removeFirewall(host.name), thenWaits: true))
    }
    return fixes
  }
}
