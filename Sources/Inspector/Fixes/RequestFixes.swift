import Blueprint
import Simulator

/// A change that would have let a failed request succeed.
public enum RequestFix: Equatable, Sendable {
  /// No change: the same request now succeeds.
  case none
  /// Waiting for a while.
  case wait
  case fix(Fix)
  /// Repairing all faults, and then waiting for a while.
  case repairs(Fix)

  /// The wait in which a site can recover.
  fileprivate static let pause = FixStep.wait(.seconds(30))

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

  /// Whether the request succeeds without any command except a wait.
  var needsNoAction: Bool {
    switch self {
    case .none, .wait: true
    case .fix, .repairs: false
    }
  }
}

extension Simulation {
  /// Returns the first fix that would have let a failed request succeed. If waiting alone helps, it also
  /// returns the first change that helps.
  ///
  /// Each fix is tried on a copy, with two requests of the same kind per server. A fix is left out if it makes
  /// another kind of request fail, or leads to several primaries.
  public func fixes(for record: Record, shouldContinue: ContinueCheck = { _ in true }) throws(Problem)
    -> [RequestFix]
  {
    var sending = SendOptions(count: 2 * max(1, topology.backends.count), mix: .only(record.kind))
    sending.sources = [record.source]
    sending.paths = [record.path]
    var first: RequestFix?
    let all = requestFixes
    for (i, fix) in all.enumerated() {
      guard shouldContinue(Double(i) / Double(all.count)) else { throw .interrupted }
      // Once it is known that waiting helps, only changes are of interest.
      if first != nil, fix.needsNoAction { continue }
      guard try allSucceed(sending, after: fix.fix, shouldContinue) else { continue }
      guard let known = first else {
        if fix != .wait { return [fix] }
        first = fix
        continue
      }
      return [known, fix]
    }
    return first.map { [$0] } ?? []
  }

  /// Returns whether all these requests succeed after the fix, and nothing is worse than before. The result is
  /// false if the fix cannot be applied.
  private func allSucceed(_ sending: SendOptions, after fix: Fix, _ shouldContinue: ContinueCheck)
    throws(Problem)
    -> Bool
  {
    do {
      let fixed = try after(fix.steps, shouldContinue: shouldContinue)
      guard fixed.primaryNames.count <= max(1, primaryNames.count),
        try fixed.allSucceed(sending, shouldContinue)
      else { return false }
      for kind in RequestKind.allCases where sending.mix.onlyKind != kind {
        var others = sending
        others.mix = .only(kind)
        if try !fixed.allSucceed(others, shouldContinue), try allSucceed(others, shouldContinue) {
          return false
        }
      }
      return true
    } catch {
      guard error != .interrupted else { throw error }
      return false
    }
  }

  /// Returns whether all these requests succeed on a copy of the site.
  private func allSucceed(_ sending: SendOptions, _ shouldContinue: ContinueCheck) throws(Problem) -> Bool {
    var copy = self
    return try copy.perform(.send(sending), shouldContinue: shouldContinue).traffic?.failed == 0
  }

  /// The fixes to try, in order: none, a wait, settings and operations, then repairs.
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
    for index in topology.databaseNodes where topology.hosts[index].mysql?.role == .replica {
      fixes.append(.fix(.promote(topology.hosts[index].name)))
    }
    fixes.append(.fix(.setServerSharing(.activeActive)))
    fixes += topology.backends.prefix(Simulation.mostHostsFixed).flatMap { servingFixes(topology.hosts[$0]) }
    fixes += topology.hosts.prefix(Simulation.mostHostsFixed).flatMap { protectionFixes($0) }
    if topology.databaseNodes.isEmpty { fixes.append(.fix(.addReplica)) }
    if topology.balancers.count > 1 { fixes.append(.fix(.setBalancerSharing(.activePassive))) }
    if topology.backends.isEmpty { fixes.append(.fix(.addServer(with: ComponentKind.serverDefaults))) }
    let repairs = faults.map { $0.target }.unique.map { FixStep.repair($0) }
    fixes += repairs.map { .fix($0) }
    if !repairs.isEmpty { fixes.append(.repairs(Fix(repairs))) }
    return fixes
  }

  /// The most hosts for which changes of their own settings are tried.
  private static let mostHostsFixed = 20

  /// Returns changes of settings that let a server receive more requests.
  private func servingFixes(_ host: Host) -> [RequestFix] {
    var fixes: [RequestFix] = []
    if host.serverSettings.state != .ready { fixes.append(.fix(.set(host.name, "state", .word("ready")))) }
    if host.serverSettings.weight == 0 { fixes.append(.fix(.set(host.name, "weight", .number(1)))) }
    if host.serverSettings.maxconn != nil { fixes.append(.fix(.set(host.name, "maxconn", .none))) }
    return fixes
  }

  /// Returns changes to the certificate and the firewall. Components with a fault are left out, because they
  /// need a repair.
  private func protectionFixes(_ host: Host) -> [RequestFix] {
    func isHealthy(_ component: ComponentKind) -> Bool {
      !faults.contains { $0.target == .component(Address(host.name, component)) }
    }
    var fixes: [RequestFix] = []
    if host.tls != nil, isHealthy(.certificate) {
      let certificate = Address(host.name, .certificate).text
      fixes.append(.fix(.set(certificate, "validity", .span(.seconds(90 * 86_400)))))
    }
    if host.firewall != nil, isHealthy(.firewall) {
      let rules = topology.neededRules(of: host.name)
      if !rules.isEmpty { fixes.append(.fix(Fix(rules + [RequestFix.pause]))) }
    }
    return fixes
  }
}
