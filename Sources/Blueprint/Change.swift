/// A change to the topology.
public enum Change: Equatable, Sendable {
  case addBalancer(name: String?)
  case addServer(NewServer)
  case remove(Address)
  case set(Setting, at: Target, to: Setting.Value)
  case algorithm(Algorithm, isConsistent: Bool)
  /// Makes all servers active, or only the first, with the others as standbys.
  case serveServers(Sharing)
  /// Gives each balancer its own address, or all of them one shared address, which one balancer holds at a
  /// time.
  case serveBalancers(Sharing)
  /// Adds a firewall to one host, or to every host if `host` is nil. Without openings, it allows what the
  /// site needs there.
  case addFirewall(host: String?, [Firewall.Opening], denying: [Source])
  /// Adds TLS to one balancer, or to all of them if `balancer` is nil.
  case addTLS(balancer: String?, TLS.Reach)
  case addMonitor(host: String?, Monitor)
}

extension Change {
  /// Whether the change sets a property of a server in the running balancers.
  public var isSetOnServers: Bool {
    if case .set(let key, _, _) = self { key.owner == .server } else { false }
  }
}

/// The server that `add server` adds.
public struct NewServer: Equatable, Sendable {
  public var name: String?
  public var weight = 1
  public var isBackup = false
  public var maxconn: Int?
  public var isDisabled = false
  public var parts: [ComponentKind]
  /// The first part of the name that a nameless server gets; a hyphen and a number follow.
  public var stem = "server"

  public init(name: String? = nil, parts: [ComponentKind] = ComponentKind.usualOfServers) {
    self.name = name
    self.parts = parts
  }
}

extension Topology {
  /// The most hosts that a site can have. The limit keeps a script from using up all memory.
  public static let mostHosts = 100_000

  /// Makes the change, and returns the indices of the hosts that it affects.
  public mutating func apply(_ change: Change) throws(Problem) -> [Int] {
    switch change {
    case .addBalancer(let name): try addBalancer(name)
    case .addServer(let server): try addServer(server)
    case .remove(let address): try remove(address)
    case .set(let key, let target, let value): try set(key, at: target, to: value)
    case .algorithm(let algorithm, let isConsistent): try balance(algorithm, isConsistent)
    case .serveServers(let sharing): serveServers(sharing)
    case .serveBalancers(let sharing): try serveBalancers(sharing)
    case .addFirewall(let host, let openings, let sources):
      try addFirewall(host, openings, denying: sources)
    case .addTLS(let balancer, let reach): try addTLS(balancer, reach)
    case .addMonitor(let host, let monitor): try addMonitor(host, monitor)
    }
  }

  private mutating func addBalancer(_ name: String?) throws(Problem) -> [Int] {
    let name = try freeName(name, stem: "lb")
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
    guard !server.parts.isEmpty else { throw .noComponents }
    if let misfit = server.parts.first(where: { !ComponentKind.ofServers.contains($0) }) {
      throw .unfitForServer(misfit)
    }
    var host = Host(name: try freeName(server.name, stem: server.stem))
    for part in server.parts {
      host.install(part, as: hasDatabase ? .replica : .primary)
      hasDatabase = hasDatabase || part == .mysql
    }
    host.serving.initialWeight = server.weight
    host.serving.weight = server.weight
    host.serving.isBackup = server.isBackup
    host.serving.maxconn = server.maxconn
    host.serving.state = server.isDisabled ? .maint : .ready
    append(host)
    return [hosts.count - 1]
  }

  private func freeName(_ wanted: String?, stem: String) throws(Problem) -> String {
    guard hosts.count < Topology.mostHosts else { throw .tooManyHosts(Topology.mostHosts) }
    guard let wanted else {
      // Use the lowest free number. In a large site, start at the number of hosts, because looking for gaps
      // would be slow.
      var number = hosts.count > 1_000 ? hosts.count : 1
      while place(of: "\(stem)-\(number)") != nil { number += 1 }
      return "\(stem)-\(number)"
    }
    guard Topology.isFit(name: wanted) else { throw .unfitName(wanted) }
    guard place(of: wanted) == nil else { throw .nameTaken(wanted) }
    return wanted
  }

  /// The words that no host can have as its name, because commands use them for other things.
  public static let reservedNames = [
    "site", "database", "internet", "topology", "servers", "server", "balancers", "balancer", "clock",
    "facts", "replica",
    "web-servers", "applications", "databases", "operator", "firewall", "tls", "monitor", "until", "link",
    "last", "all", "on", "off",
  ]

  /// Returns whether a host may have this name: a small letter, then small letters, digits, underscores and
  /// single hyphens.
  ///
  /// A double hyphen is not allowed, so the link `a--b` cannot be confused with a host.
  public static func isFit(name: String) -> Bool {
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
    guard let place = place(of: address.host) else { throw .unknownHost(address.host) }
    let host = hosts[place]
    guard let part = address.part else {
      if host.isBalancer, balancers.count == 1 { throw .lastBalancer(host.name) }
      try checkPrimaryCanGo(host)
      remove(at: place)
      endSharing()
      return [place]
    }
    guard host.has(part) else { throw .missingComponent(part, host: host.name) }
    guard part.isProtection || host.parts.count > 1 else { throw .lastPart(address) }
    if part == .haproxy, balancers.count == 1 { throw .lastBalancer(host.name) }
    if part == .mysql { try checkPrimaryCanGo(host) }
    self[place].remove(part)
    settleComponents()
    endSharing()
    return [place]
  }

  /// Clears the sharing mode if fewer than two balancers are left.
  private mutating func endSharing() {
    if balancers.count < 2 { sharing = nil }
  }

  private func checkPrimaryCanGo(_ host: Host) throws(Problem) {
    guard host.mysql?.role == .primary else { return }
    let others = databaseNodes.filter { hosts[$0].name != host.name }
    guard others.isEmpty else { throw .primaryInUse(host.name, replicas: others.map { hosts[$0].name }) }
  }

  private mutating func set(_ key: Setting, at target: Target, to value: Setting.Value) throws(Problem)
    -> [Int]
  {
    let place = try place(of: key, at: target)
    if key.name == .weight { try checkWeightCanChange(at: place, to: value) }
    try set(key, at: place, to: value)
    return place >= 0 ? [place] : []
  }

  /// Throws if an algorithm with a fixed table would get a weight other than 0 or the server's initial
  /// weight.
  private func checkWeightCanChange(at place: Int, to value: Setting.Value) throws(Problem) {
    let initial = hosts[place].serving.initialWeight
    let weight = value.weight(of: initial)
    guard weight != 0, weight != initial else { return }
    for balancer in balancers {
      guard let haproxy = hosts[balancer].haproxy else { continue }
      if !haproxy.algorithm.isDynamic(consistent: haproxy.isConsistent) {
        throw .fixedWeights(haproxy.algorithm)
      }
    }
  }

  private mutating func balance(_ algorithm: Algorithm, _ isConsistent: Bool) throws(Problem) -> [Int] {
    if isConsistent, algorithm.traits.hashes == nil { throw .notHashed(algorithm) }
    if algorithm == .uri, let blind = balancers.first(where: { hosts[$0].tls?.isReadByBalancer == false }) {
      throw .blindToPaths(hosts[blind].name)
    }
    for place in balancers {
      self[place].haproxy?.algorithm = algorithm
      self[place].haproxy?.isConsistent = isConsistent
    }
    // A new algorithm is a new configuration: the weights that were set at run time become the initial
    // weights.
    for place in hosts.indices where hosts[place].serving.weight > 0 {
      self[place].serving.initialWeight = hosts[place].serving.weight
    }
    return balancers
  }

  private mutating func serveServers(_ sharing: Sharing) -> [Int] {
    let servers = backends
    for (rank, place) in servers.enumerated() {
      self[place].serving.isBackup = sharing == .activePassive && rank > 0
    }
    return servers
  }

  private mutating func serveBalancers(_ sharing: Sharing) throws(Problem) -> [Int] {
    guard balancers.count > 1 else { throw .onlyOneBalancer }
    self.sharing = sharing
    return balancers
  }
}
