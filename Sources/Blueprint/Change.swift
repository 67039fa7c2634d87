/// A change of what is built.
public enum Change: Equatable, Sendable {
  case addBalancer(name: String?)
  case addServer(NewServer)
  case remove(Address)
  case set(Setting, at: Target, to: Setting.Value)
  case algorithm(Algorithm, isConsistent: Bool)
  /// Which servers serve: all of them, or the first with the others as standbys.
  case serveServers(Sharing)
  /// Which balancers serve: each with an address of its own, or one with an address that moves.
  case serveBalancers(Sharing)
  /// On one host, or on every host. Without openings, it allows what the site needs there.
  case addFirewall(host: String?, [Firewall.Opening], denying: [Source])
  /// At one balancer, or at all of them.
  case addTLS(balancer: String?, TLS.Reach)
  case addMonitor(host: String?, Monitor)
}

extension Change {
  /// Whether it changes a server in the balancers while they run.
  public var isSetOnServers: Bool {
    if case .set(let key, _, _) = self { key.owner == .server } else { false }
  }
}

/// What `add server` adds.
public struct NewServer: Equatable, Sendable {
  public var name: String?
  public var weight = 1
  public var isBackup = false
  public var maxconn: Int?
  public var isDisabled = false
  public var parts: [ComponentKind]
  /// The name of a server that was added without one, before its number.
  public var stem = "server"

  public init(name: String? = nil, parts: [ComponentKind] = ComponentKind.usualOfServers) {
    self.name = name
    self.parts = parts
  }
}

extension Topology {
  /// The most hosts that a site can have, so that no script can use up all memory.
  public static let mostHosts = 100_000

  /// Makes the change and returns the places of the hosts that it concerned.
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
    // A pair is configured alike.
    append(Host(name: name, like: hosts[first]))
    return [hosts.count - 1]
  }

  private mutating func addServer(_ server: NewServer) throws(Problem) -> [Int] {
    guard !server.parts.isEmpty else { throw .nothingCarried }
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
      // The lowest free number. In a large site, gaps are not looked for, because that would be slow.
      var number = hosts.count > 1_000 ? hosts.count : 1
      while place(of: "\(stem)-\(number)") != nil { number += 1 }
      return "\(stem)-\(number)"
    }
    guard Topology.isFit(name: wanted) else { throw .unfitName(wanted) }
    guard place(of: wanted) == nil else { throw .nameTaken(wanted) }
    return wanted
  }

  /// Words that commands use beside names, so that no host can have them as its name.
  public static let reservedNames = [
    "site", "database", "internet", "topology", "servers", "server", "balancers", "balancer", "clock",
    "facts", "replica",
    "web-servers", "applications", "databases", "operator", "firewall", "tls", "monitor", "until", "link",
    "last", "all", "on", "off",
  ]

  /// Whether it is a letter, then small letters, digits and single hyphens. A link `a--b` is therefore never a host.
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
    guard host.carries(part) else { throw .notCarried(part, host: host.name) }
    guard part.isProtection || host.parts.count > 1 else { throw .lastPart(address) }
    if part == .haproxy, balancers.count == 1 { throw .lastBalancer(host.name) }
    if part == .mysql { try checkPrimaryCanGo(host) }
    self[place].remove(part)
    settleComponents()
    endSharing()
    return [place]
  }

  /// One balancer alone shares nothing.
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

  /// A table that was made at the start can only have a server at its initial weight, or not at all.
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
    // A new algorithm is a new configuration: what was set at run time becomes what the servers start with.
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
