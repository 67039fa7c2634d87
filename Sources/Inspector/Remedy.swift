import Blueprint
import Simulator

/// A command that takes something wrong away, as it is typed and as it is done.
public struct Remedy: Equatable, Sendable {
  public let text: String
  let action: Action

  init(_ text: String, _ action: Action) {
    self.text = text
    self.action = action
  }

  init(_ text: String, _ change: Change) { self.init(text, .change(change)) }

  static func set(_ name: String, _ key: Key.Name, _ value: Key.Value) -> Remedy {
    Remedy(
      "set \(name) \(key.rawValue) \(value.command)",
      .set(.named(key), at: .at(Address(named: name) ?? Address(name)), to: value))
  }

  static func setDatabase(_ key: Key.Name, _ value: Key.Value) -> Remedy {
    Remedy("set database \(key.rawValue) \(value.command)", .set(.named(key), at: .database, to: value))
  }

  static func addFirewall(_ host: String) -> Remedy {
    Remedy("add firewall \(host)", .addFirewall(host: host, [], denying: []))
  }

  static func removeFirewall(_ host: String) -> Remedy {
    Remedy("remove \(host).firewall", .remove(Address(host, .firewall)))
  }

  static func addTLS(_ balancer: String, _ reach: TLS.Reach) -> Remedy {
    let words = reach == .balancer ? "" : " \(reach.rawValue)"
    return Remedy("add tls \(balancer)\(words)", .addTLS(balancer: balancer, reach))
  }

  static func addMonitor(_ host: String) -> Remedy {
    Remedy("add monitor \(host)", .addMonitor(host: host, Monitor()))
  }

  static var addReplica: Remedy { addition("add replica", [.mysql], stem: "replica") }

  static func addition(_ words: String, _ parts: [ComponentKind], stem: String) -> Remedy {
    var server = NewServer(parts: parts)
    server.stem = stem
    return Remedy(words, .addServer(server))
  }

  static func repair(_ target: Breakable) -> Remedy { Remedy("repair \(target.text)", .repair(target)) }

  static func rebuild(_ node: String) -> Remedy {
    let host = node.split(separator: ".").first.map(String.init) ?? node
    return Remedy("rebuild \(node)", .rebuild(Address(host, .mysql)))
  }
}

extension Remedy {
  var isMending: Bool {
    switch action {
    case .repair, .rebuild: true
    default: false
    }
  }

  /// Whether it sets what the other one sets.
  func setsAnew(_ other: Remedy) -> Bool {
    guard case .change(.set(let key, let target, _)) = action,
      case .change(.set(let otherKey, let otherTarget, _)) = other.action
    else { return false }
    return target == otherTarget && key == otherKey
  }
}

extension Simulation {
  /// The site after those; nil where one cannot be done.
  func after(_ remedies: [Remedy]) -> Simulation? {
    var copy = self
    for remedy in remedies where (try? copy.perform(remedy.action)) == nil { return nil }
    return copy
  }
}
