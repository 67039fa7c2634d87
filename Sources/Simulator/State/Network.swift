/// The hosts, the links between them, and their firewalls.
struct Network: Equatable, Sendable {
  private(set) var hosts = Slab<HostState>()
  private var names: [String] = []
  /// The host at each index of the topology.
  private(set) var hostIDs: [ID<HostState>] = []
  private var cutLinks: Set<Link> = []
  var firewalls = Firewalls()

  mutating func makeUnique() { hosts.makeUnique() }

  /// Adds a host as the last host of the topology.
  mutating func add(_ host: HostState, name: String) {
    hostIDs.append(hosts.nextID)
    hosts.append(host)
    names.append(name)
  }

  mutating func removeHost(at index: Int) {
    let host = hostIDs.remove(at: index)
    hosts[host].isRemoved = true
    if !cutLinks.isEmpty { cutLinks = cutLinks.filter { !$0.hasEnd(host) } }
  }

  func name(of host: ID<HostState>) -> String { names[host.index] }

  // MARK: Links

  mutating func setCut(_ link: Link, _ isCut: Bool) {
    if isCut { cutLinks.insert(link) } else { cutLinks.remove(link) }
  }

  // These functions are called at every hop. They are inlined because a call from a mutating function would
  // copy the whole value.

  @inline(__always)
  func isCut(_ link: Link) -> Bool { !cutLinks.isEmpty && cutLinks.contains(link) }

  /// Returns whether packets from one host reach another.
  @inline(__always)
  func reaches(_ from: ID<HostState>, _ to: ID<HostState>) -> Bool {
    if from == to { return !hosts[to].isPoweredOff }
    return hosts[from].isOnline && hosts[to].isOnline && !isCut(Link(from, to))
  }

  /// Returns whether packets from the internet reach a host, and the host's answers reach the internet.
  @inline(__always)
  func reachesFromInternet(_ to: ID<HostState>) -> Bool {
    hosts[to].isOnline && !isCut(Link(.none, to))
  }
}

/// The link between two hosts, the same in both directions. The identifier `none` represents the internet.
struct Link: Hashable, Sendable {
  private let low: Int32
  private let high: Int32

  @inline(__always)
  init(_ a: ID<HostState>, _ b: ID<HostState>) {
    low = min(a.raw, b.raw)
    high = max(a.raw, b.raw)
  }

  func hasEnd(_ host: ID<HostState>) -> Bool { low == host.raw || high == host.raw }
}
