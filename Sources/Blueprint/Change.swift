/// A change to the topology.
public enum Change: Equatable, Sendable {
  case addBalancer(name: String?)
  case addServer(NewServer)
  case remove(Address)
  case set(Setting, at: Target, to: Setting.Value)
  case algorithm(Algorithm, isConsistent: Bool)
  /// Makes all servers active, or only the first, with the others as standbys.
  case setServerSharing(Sharing)
  /// Gives each balancer its own address, or all of them one shared address, which one balancer holds at a
  /// time.
  case setBalancerSharing(Sharing)
  /// Adds a firewall to one host, or to every host if `host` is nil. Without openings, the firewall allows
  /// the connections that the site needs.
  case addFirewall(host: String?, [Firewall.Opening], denying: [Source])
  /// Adds TLS to one balancer, or to all of them if `balancer` is nil.
  case addTLS(balancer: String?, TLS.Reach)
  case addMonitor(host: String?, Monitor)
}

extension Change {
  /// Whether the change sets a property of a server in the running balancers.
  public var changesServerSetting: Bool {
    if case .set(let setting, _, _) = self { setting.owner == .server } else { false }
  }
}

/// The server that `add server` adds.
public struct NewServer: Equatable, Sendable {
  public var name: String?
  public var weight = 1
  public var isBackup = false
  public var maxconn: Int?
  public var isDisabled = false
  public var components: [ComponentKind]
  /// The start of the generated name for a server without a name: `server` in `server-1`.
  public var stem = "server"

  public init(name: String? = nil, components: [ComponentKind] = ComponentKind.serverDefaults) {
    self.name = name
    self.components = components
  }
}

extension Topology {
  /// The most hosts that a site can have. The limit keeps a script from using up all memory.
  public static let hostLimit = 100_000

  /// Applies the change, and returns the indices of the hosts that it affects.
  public mutating func apply(_ change: Change) throws(Problem) -> [Int] {
    switch change {
    case .addBalancer(let name): try addBalancer(name)
    case .addServer(let server): try addServer(server)
    case .remove(let address): try remove(address)
    case .set(let setting, let target, let value): try set(setting, at: target, to: value)
    case .algorithm(let algorithm, let isConsistent): try setAlgorithm(algorithm, isConsistent)
    case .setServerSharing(let sharing): setServerSharing(sharing)
    case .setBalancerSharing(let sharing): try setBalancerSharing(sharing)
    case .addFirewall(let host, let openings, let sources):
      try addFirewall(host, openings, denying: sources)
    case .addTLS(let balancer, let reach): try addTLS(balancer, reach)
    case .addMonitor(let host, let monitor): try addMonitor(host, monitor)
    }
  }

  private mutating func addBalancer(_ name: String?) throws(Problem) -> [Int] {
    let name = try availableName(name, stem: "lb")
    guard let first = balancers.first else {
      var host = Host(name: name)
      host.install(.haproxy)
      append(host)
      return [hosts.count - 1]
    }
    // All balancers have the same configuration.
    append(Host(name: name, like: hosts[first]))
    return [hosts.count - 1]
  }

  private mutating func addServer(_ server: NewServer) throws(Problem) -> [Int] {
    guard !server.components.isEmpty else { throw .noComponents }
    if let unsuitable = server.components.first(where: { !ComponentKind.installableOnServers.contains($0) }) {
      throw .unsuitableForServer(unsuitable)
    }
    var host = Host(name: try availableName(server.name, stem: server.stem))
    for component in server.components {
      host.install(component, as: hasDatabase ? .replica : .primary)
      hasDatabase = hasDatabase || component == .mysql
    }
    host.serverSettings.initialWeight = server.weight
    host.serverSettings.weight = server.weight
    host.serverSettings.isBackup = server.isBackup
    host.serverSettings.maxconn = server.maxconn
    host.serverSettings.state = server.isDisabled ? .maint : .ready
    append(host)
    return [hosts.count - 1]
  }

  private func availableName(_ requested: String?, stem: String) throws(Problem) -> String {
    guard hosts.count < Topology.hostLimit else { throw .tooManyHosts(Topology.hostLimit) }
    guard let requested else {
      // Use the lowest free number. In a large site, start at the number of hosts, because looking for gaps
      // would be slow.
      var number = hosts.count > 1_000 ? hosts.count : 1
      while index(of: "\(stem)-\(number)") != nil { number += 1 }
      return "\(stem)-\(number)"
    }
    guard Topology.isValid(name: requested) else { throw .invalidName(requested) }
    guard index(of: requested) == nil else { throw .nameTaken(requested) }
    return requested
  }

  /// The words that no host can have as its name, because commands use them for other things.
  public static let reservedNames = [
    "site", "database", "internet", "topology", "servers", "server", "balancers", "balancer", "clock",
    "facts", "replica",
    "web-servers", "applications", "databases", "operator", "firewall", "tls", "monitor", "until", "link",
    "last", "all", "on", "off",
  ]

  /// Returns whether a host may have this name: a lower-case letter, then lower-case letters, digits,
  /// underscores and single hyphens. It has at most 63 characters, does not end in a hyphen and is not
  /// reserved.
  ///
  /// A double hyphen is not allowed, so the link `a--b` cannot be confused with a host.
  public static func isValid(name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let hyphen = UInt8(ascii: "-")
    guard letters.contains(first), last != hyphen else { return false }
    guard
      bytes.allSatisfy({
        letters.contains($0) || digits.contains($0) || $0 == hyphen || $0 == UInt8(ascii: "_")
      })
    else { return false }
    let doubled = zip(bytes, bytes.dropFirst()).contains { $0 == hyphen && $1 == hyphen }
    return !doubled && !reservedNames.contains(name)
  }

  private mutating func remove(_ address: Address) throws(Problem) -> [Int] {
    guard let index = index(of: address.host) else { throw .unknownHost(address.host) }
    let host = hosts[index]
    guard let component = address.component else {
      if host.isBalancer, balancers.count == 1 { throw .lastBalancer(host.name) }
      try checkPrimaryIsRemovable(host)
      remove(at: index)
      endSharing()
      return [index]
    }
    guard host.has(component) else { throw .missingComponent(component, host: host.name) }
    guard component.isProtection || host.parts.count > 1 else { throw .lastComponent(address) }
    if component == .haproxy, balancers.count == 1 { throw .lastBalancer(host.name) }
    if component == .mysql { try checkPrimaryIsRemovable(host) }
    self[index].remove(component)
    updateComponents()
    endSharing()
    return [index]
  }

  /// Clears the sharing mode if fewer than two balancers are left.
  private mutating func endSharing() {
    if balancers.count < 2 { sharing = nil }
  }

  private func checkPrimaryIsRemovable(_ host: Host) throws(Problem) {
    guard host.mysql?.role == .primary else { return }
    let others = databaseNodes.filter { hosts[$0].name != host.name }
    guard others.isEmpty else { throw .primaryInUse(host.name, replicas: others.map { hosts[$0].name }) }
  }

  private mutating func set(_ setting: Setting, at target: Target, to value: Setting.Value) throws(Problem)
    -> [Int]
  {
    let index = try index(of: setting, at: target)
    if setting.name == .weight { try checkWeightCanChange(at: index, to: value) }
    guard setting.accepts(value) else { throw .invalidValue(setting.name, given: "", wanted: setting.values) }
    setting.write(&self, index, value)
    return index >= 0 ? [index] : []
  }

  /// Throws if an algorithm with a fixed table would get a weight other than 0 or the server's initial
  /// weight.
  private func checkWeightCanChange(at index: Int, to value: Setting.Value) throws(Problem) {
    let initial = hosts[index].serverSettings.initialWeight
    let weight = value.weight(of: initial)
    guard weight != 0, weight != initial else { return }
    for balancer in balancers {
      guard let haproxy = hosts[balancer].haproxy else { continue }
      if !haproxy.algorithm.isDynamic(consistent: haproxy.isConsistent) {
        throw .fixedWeights(haproxy.algorithm)
      }
    }
  }

  private mutating func setAlgorithm(_ algorithm: Algorithm, _ isConsistent: Bool) throws(Problem) -> [Int] {
    if isConsistent, algorithm.traits.hashInput == nil { throw .notHashed(algorithm) }
    if algorithm == .uri,
      let passthrough = balancers.first(where: { hosts[$0].tls?.isReadByBalancer == false })
    {
      throw .cannotReadPaths(hosts[passthrough].name)
    }
    for index in balancers {
      self[index].haproxy?.algorithm = algorithm
      self[index].haproxy?.isConsistent = isConsistent
    }
    // A new algorithm is a new configuration: the weights that were set at run time become the initial
    // weights.
    for index in hosts.indices where hosts[index].serverSettings.weight > 0 {
      self[index].serverSettings.initialWeight = hosts[index].serverSettings.weight
    }
    return balancers
  }

  private mutating func setServerSharing(_ sharing: Sharing) -> [Int] {
    let servers = backends
    for (rank, index) in servers.enumerated() {
      self[index].serverSettings.isBackup = sharing == .activePassive && rank > 0
    }
    return servers
  }

  private mutating func setBalancerSharing(_ sharing: Sharing) throws(Problem) -> [Int] {
    guard balancers.count > 1 else { throw .onlyOneBalancer }
    self.sharing = sharing
    return balancers
  }
}
