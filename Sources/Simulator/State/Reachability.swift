import Blueprint

// Some of these functions are called at every hop. They are inlined because a call from a mutating function
// would copy the whole state.

extension SiteState {
  /// Returns the result of connecting to a component from a host.
  @inline(__always)
  func contact(_ component: ID<Component>, from host: ID<HostState>) -> Contact {
    guard network.reaches(host, components[component].host) else { return .silence }
    if network.firewalls.hasAny, !allowsConnection(to: component, from: host) { return .silence }
    return contactOnItsHost(component)
  }

  /// Returns the result of connecting to a component after the packets have reached its host.
  @inline(__always)
  func contactOnItsHost(_ component: ID<Component>) -> Contact {
    guard !components[component].isCutOff else { return .silence }
    switch components[component].condition {
    case .crashed, .removed: return .refused
    case .running, .hung:
      guard components[component].isFull else { return .accepted }
      return components[component].traits.refusesWhenFull ? .refused : .silence
    }
  }

  /// Returns whether the firewall of a component's host allows a connection from another host.
  @inline(__always)
  func allowsConnection(to component: ID<Component>, from host: ID<HostState>) -> Bool {
    network.firewalls.allow(host, to: components[component].host, at: port(of: component, from: host))
  }

  /// Returns whether the firewall of a balancer's host allows a user to connect.
  @inline(__always)
  func allowsUser(_ address: UInt32, to b: ID<Balancer>) -> Bool {
    network.firewalls.allow(
      IPv4(address), to: balancers[b].host, at: balancers[b].certificate.usesTLS ? .https : .http)
  }

  /// Returns the port of a component that this host connects to. If either is a balancer, its TLS
  /// configuration decides whether the connection is encrypted.
  @inline(__always)
  private func port(of component: ID<Component>, from host: ID<HostState>) -> Port {
    let isEncrypted: Bool
    if let b = balancers.balancer(of: component) {
      isEncrypted = balancers[b].certificate.usesTLS
    } else {
      isEncrypted = balancers.balancer(on: host).map { balancers[$0].certificate.encryptsInside } == true
    }
    let traits = components[component].traits
    return isEncrypted ? traits.encryptedPort : traits.port
  }

  // MARK: Balancers

  /// Returns whether the balancer's answers reach its users.
  @inline(__always)
  func reachesUsers(_ b: ID<Balancer>) -> Bool {
    !components[balancers[b].component].isCutOff && network.reachesFromInternet(balancers[b].host)
  }

  /// Returns whether the balancer holds the shared address and users' packets can reach it. A balancer that
  /// is cut off may also hold the address, but receives nothing from users.
  func receivesUsers(_ b: ID<Balancer>) -> Bool {
    let host = balancers[b].host
    // A failed firewall drops IP packets, but not the ARP packet that announces the address.
    let isUnplugged = faults.at(.component(Address(name(of: b)))).contains { $0.fault == .cut }
    return pair.holdsAddress(b) && !network.hosts[host].isPoweredOff && !network.hosts[host].isRemoved
      && !network.isCut(Link(.none, host)) && !isUnplugged
  }

  /// Returns whether one balancer receives another's advertisements.
  func receivesAdvertisements(_ b: ID<Balancer>, of other: ID<Balancer>) -> Bool {
    let (from, to) = (balancers[other].host, balancers[b].host)
    return network.reaches(from, to) && network.firewalls.allow(from, to: to, at: .vrrp)
  }

  // MARK: Database nodes

  /// Returns whether one node's process receives the data that another node's process sends.
  func receives(_ node: ID<DatabaseNode>, from other: ID<DatabaseNode>) -> Bool {
    let (a, b) = (components[cluster[node].component], components[cluster[other].component])
    return a.isRunning && b.isRunning && !a.isCutOff && !b.isCutOff && !a.isDiskFull
      && network.reaches(a.host, b.host)
  }
}
