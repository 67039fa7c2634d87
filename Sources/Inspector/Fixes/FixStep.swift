import Blueprint
import Simulator

/// One command of a fix: its text, and its action.
public struct FixStep: Equatable, Sendable {
  /// The command as a user types it.
  public let text: String
  let action: Action

  init(_ text: String, _ action: Action) {
    self.text = text
    self.action = action
  }

  init(_ text: String, _ change: Change) { self.init(text, .change(change)) }
}

extension FixStep {
  // MARK: Settings

  static func set(_ name: String, _ setting: Setting.Name, _ value: Setting.Value) -> FixStep {
    FixStep(
      "set \(name) \(setting.rawValue) \(value.command)",
      .set(.named(setting), at: .at(Address(named: name) ?? Address(name)), to: value))
  }

  static func setDatabase(_ setting: Setting.Name, _ value: Setting.Value) -> FixStep {
    FixStep(
      "set database \(setting.rawValue) \(value.command)", .set(.named(setting), at: .database, to: value))
  }

  static func setServerSharing(_ sharing: Sharing) -> FixStep {
    FixStep("mode \(sharing.rawValue) servers", .setServerSharing(sharing))
  }

  static func setBalancerSharing(_ sharing: Sharing) -> FixStep {
    FixStep("mode \(sharing.rawValue) balancers", .setBalancerSharing(sharing))
  }

  // MARK: Components

  static func addFirewall(_ host: String) -> FixStep {
    FixStep("add firewall \(host)", .addFirewall(host: host, [], denying: []))
  }

  static func removeFirewall(_ host: String) -> FixStep {
    let firewall = Address(host, .firewall)
    return FixStep("remove \(firewall.text)", .remove(firewall))
  }

  static func addTLS(_ balancer: String, _ reach: TLS.Reach) -> FixStep {
    let words = reach == .balancer ? "" : " \(reach.rawValue)"
    return FixStep("add tls \(balancer)\(words)", .addTLS(balancer: balancer, reach))
  }

  static func addMonitor(_ host: String) -> FixStep {
    FixStep("add monitor \(host)", .addMonitor(host: host, Monitor()))
  }

  static func addBalancer(_ name: String) -> FixStep {
    FixStep("add balancer \(name)", .addBalancer(name: name))
  }

  static var addReplica: FixStep { addHost("add replica", [.mysql], stem: "replica") }

  /// Returns the step that adds a server with these components, under the next free name.
  static func addServer(with components: [ComponentKind]) -> FixStep {
    let isUsual = components == ComponentKind.serverDefaults
    let words = isUsual ? "" : " with \(components.map { $0.rawValue }.joined(separator: ","))"
    return addHost("add server\(words)", components, stem: "server")
  }

  private static func addHost(_ text: String, _ components: [ComponentKind], stem: String) -> FixStep {
    var server = NewServer(components: components)
    server.stem = stem
    return FixStep(text, .addServer(server))
  }

  // MARK: Operations

  static func repair(_ target: FaultTarget) -> FixStep { FixStep("repair \(target.text)", .repair(target)) }

  /// Returns the step that rebuilds the database node with this name, such as `server-2.mysql`.
  static func rebuild(_ node: String) -> FixStep {
    let host = node.split(separator: ".").first.map(String.init) ?? node
    return FixStep("rebuild \(node)", .rebuild(Address(host, .mysql)))
  }

  static func promote(_ host: String) -> FixStep {
    FixStep("promote \(host)", .promote(Address(host), now: false))
  }

  static func wait(_ span: Span) -> FixStep { FixStep("wait \(span.command)", .wait(span)) }
}

extension FixStep {
  /// Whether the step restores an earlier state and leaves the design unchanged.
  var isRepair: Bool {
    switch action {
    case .repair, .rebuild: true
    case .change, .send, .hold, .release, .wait, .waitUntil, .break, .promote, .at, .chaos: false
    }
  }

  /// Returns whether both steps change the same setting, so that only the later one has an effect.
  func changesSameSetting(as other: FixStep) -> Bool {
    guard case .change(.set(let setting, let target, _)) = action,
      case .change(.set(let otherSetting, let otherTarget, _)) = other.action
    else { return false }
    return target == otherTarget && setting == otherSetting
  }
}

extension Simulation {
  /// Returns the site after these steps have been performed.
  func after(_ steps: [FixStep], shouldContinue: ContinueCheck = { _ in true }) throws(Problem) -> Simulation
  {
    var copy = self
    for step in steps { _ = try copy.perform(step.action, shouldContinue: shouldContinue) }
    return copy
  }
}
