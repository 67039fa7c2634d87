/// The hosts of a site, in the order in which they were added, with their components and settings.
public struct Topology: Equatable, Sendable {
  public private(set) var hosts: [Host] = []
  /// The index in `hosts` of each name. The dictionary is never iterated.
  private var indexByName: [String: Int] = [:]
  public var database = Database()
  public var site = Site()
  /// How several balancers share the site's name; nil if users reach only the first balancer.
  public var sharing: Sharing?

  /// Whether any host has a database node. It is stored so that adding a host does not take a search through
  /// all hosts.
  var hasDatabase = false

  /// The indices of the hosts with haproxy, in ascending order. The list is stored because nearly every
  /// change needs it.
  public private(set) var balancers: [Int] = []

  public init() {}

  public static let siteName = "www.foobar.com"

  /// A site with one balancer and no servers.
  public static var new: Topology { new(balancer: "lb-1") }

  public static func new(balancer name: String) -> Topology {
    var topology = Topology()
    var balancer = Host(name: name)
    balancer.install(.haproxy)
    topology.append(balancer)
    return topology
  }

  public func index(of name: String) -> Int? { indexByName[name] }

  public func host(named name: String) -> Host? { indexByName[name].map { hosts[$0] } }

  public subscript(index: Int) -> Host {
    get { hosts[index] }
    _modify { yield &hosts[index] }
  }

  mutating func append(_ host: Host) {
    indexByName[host.name] = hosts.count
    if host.isBalancer { balancers.append(hosts.count) }
    hosts.append(host)
  }

  mutating func remove(at index: Int) {
    let removed = hosts.remove(at: index)
    indexByName[removed.name] = nil
    for later in index..<hosts.count { indexByName[hosts[later].name] = later }
    forget([removed.name])
  }

  /// Updates the stored properties that depend on the components. Call this after a component has been
  /// removed.
  mutating func updateComponents() {
    hasDatabase = hosts.contains { $0.mysql != nil }
    balancers = hosts.indices.filter { hosts[$0].isBalancer }
  }

  /// Returns the topology with only the hosts at these indices.
  public func keeping(_ kept: [Int]) -> Topology {
    var rest = self
    rest.hosts = kept.map { hosts[$0] }
    rest.indexByName = [:]
    for (index, host) in rest.hosts.enumerated() { rest.indexByName[host.name] = index }
    rest.forget(hosts.map { $0.name }.filter { rest.indexByName[$0] == nil })
    return rest
  }

  /// Removes the firewall rules about hosts that no longer exist.
  private mutating func forget(_ names: [String]) {
    let removed = Set(names)
    for index in hosts.indices where hosts[index].firewall != nil {
      hosts[index].firewall?.removeRules(hosts: removed)
    }
    updateComponents()
  }

  // MARK: Roles

  /// The hosts that the balancers choose among: those with nginx, or, if no host has nginx, those with an
  /// application.
  public var backends: [Int] {
    let web = hosts.indices.filter { hosts[$0].nginx != nil }
    return web.isEmpty ? hosts.indices.filter { hosts[$0].app != nil } : web
  }

  public var databaseNodes: [Int] { hosts.indices.filter { hosts[$0].mysql != nil } }

  public var primaries: [Int] { hosts.indices.filter { hosts[$0].mysql?.role == .primary } }

  /// Makes the node on the host at this index the only primary.
  public mutating func setPrimary(at primary: Int) {
    for index in databaseNodes { hosts[index].mysql?.role = index == primary ? .primary : .replica }
  }

  /// Makes every node a replica. The topology then no longer shows which node is the primary.
  public mutating func clearRoles() { setPrimary(at: -1) }

  /// The hosts whose application every nginx may use: those with an application but no nginx.
  public var sharedApplications: [Int] {
    hosts.indices.filter { hosts[$0].app != nil && hosts[$0].nginx == nil }
  }

  // MARK: Addresses

  /// The addresses that the site's name resolves to: one address, or in active-active mode one for each
  /// balancer.
  public var resolvedAddresses: [IPv4] {
    switch sharing {
    case nil: balancers.prefix(1).map { address(of: $0) }
    case .activePassive: [Topology.floatingAddress]
    case .activeActive: balancers.map { address(of: $0) }
    }
  }

  static let floatingAddress = IPv4(203, 0, 113, 100)

  /// The addresses of all hosts, in the order of `hosts`.
  public var addresses: [IPv4] {
    var (balancer, server) = (IPv4(203, 0, 113, 10).number, IPv4(10, 0, 0, 1).number)
    return hosts.map { host in
      defer { if host.isBalancer { balancer &+= 1 } else { server &+= 1 } }
      return IPv4(host.isBalancer ? balancer : server)
    }
  }

  public func address(of index: Int) -> IPv4 {
    let isBalancer = hosts[index].isBalancer
    var rank: UInt32 = 0
    for host in hosts[..<index] where host.isBalancer == isBalancer { rank += 1 }
    return isBalancer ? IPv4(IPv4(203, 0, 113, 10).number &+ rank) : IPv4(IPv4(10, 0, 0, 1).number &+ rank)
  }
}
