import Blueprint

/// Injects and repairs faults. The active faults determine the state of every host and component.
enum FaultInjection {
  // MARK: Injecting faults

  /// Injects a fault, or the target's default fault if `fault` is nil. It replaces a fault of the same kind.
  static func inject(
    _ fault: Fault?, into target: FaultTarget, as what: Event.What? = nil, by cause: String = "",
    in site: inout SiteState
  ) throws(Problem) {
    let fault = try checked(fault, for: target, in: site)
    let target = target.ordered
    SiteWiring.wire(&site)
    site.faults.remove(site.faults.at(target).filter { $0.fault.isSameKind(as: fault) })
    let id = site.faults.append(InjectedFault(target, fault, since: site.time))
    if let span = fault.row.endsAfter { site.clock.schedule(.faultEnd, id, in: span.nanoseconds) }
    site.report(target.text, what ?? .broke(fault), cause: cause)
    apply(to: target, in: &site)
  }

  /// Returns the fault to inject. Throws if the target cannot have it or already has it.
  @discardableResult
  static func checked(_ fault: Fault?, for target: FaultTarget, in site: SiteState) throws(Problem) -> Fault {
    let fits = try site.topology.faults(of: target)
    let fault = fault ?? fits.first ?? .crash
    guard fits.contains(where: { $0.isSameKind(as: fault) }) else {
      throw .unfitFault(fault, target, fits: fits)
    }
    let target = target.ordered
    guard !site.faults.at(target).contains(where: { $0.fault == fault }) else {
      throw .brokenAlready(target, fault)
    }
    return fault
  }

  // MARK: Repairing faults

  /// Removes the faults of the target. For a host without a fault of its own, those of its components are removed.
  static func repair(_ target: FaultTarget, in site: inout SiteState) throws(Problem) {
    remove(try faultsToRepair(at: target, in: site), at: target.ordered, in: &site)
  }

  /// The time of a fault is over. If it was repaired before, or replaced by another one, nothing happens.
  static func ended(_ id: ID<InjectedFault>, in site: inout SiteState) {
    guard let fault = site.faults[id] else { return }
    remove([fault], at: fault.target, in: &site)
  }

  private static func remove(_ repaired: [InjectedFault], at target: FaultTarget, in site: inout SiteState) {
    SiteWiring.wire(&site)
    site.faults.remove(repaired)
    for fault in repaired { site.report(fault.target.text, .repaired(fault.fault)) }
    apply(to: target, in: &site)
  }

  /// Returns the faults that `repair` removes. Throws if there are none.
  @discardableResult
  static func faultsToRepair(at target: FaultTarget, in site: SiteState) throws(Problem) -> [InjectedFault] {
    _ = try site.topology.faults(of: target)
    let target = target.ordered
    var found = site.faults.at(target)
    if found.isEmpty, case .part(let address) = target, address.part == nil {
      found = site.faults.on(address.host)
    }
    guard !found.isEmpty else { throw .notBroken(target, broken: site.faults.all.map { $0.target }) }
    return found
  }

  // MARK: Effects of faults

  /// Updates the hosts and components of the target to match the active faults.
  static func apply(to target: FaultTarget, in site: inout SiteState) {
    DatabaseReplication.settle(in: &site)
    let hosts: [String]
    switch target {
    case .part(let address): hosts = [address.host]
    case .link(let a, let b):
      hosts = [a, b]
      let link = Link(site.host(named: a), site.host(named: b))
      site.network.setCut(link, !site.faults.at(target).isEmpty)
    }
    let places = hosts.compactMap { site.topology.place(of: $0) }
    for place in places { apply(toHostAt: place, in: &site) }
    for place in places {
      if let b = site.balancers.balancer(on: site.network.hostAt[place]) {
        Protections.updateCertificate(of: b, in: &site)
      }
    }
    connectionsChanged(in: &site)
  }

  /// Updates everything that depends on connections. Call this after a change to the reachability of hosts.
  static func connectionsChanged(in site: inout SiteState) {
    DatabaseReplication.update(in: &site)
    AddressTakeover.update(in: &site)
    HealthChecker.retryAll(in: &site)
  }

  private static func apply(toHostAt place: Int, in site: inout SiteState) {
    let host = site.topology.hosts[place]
    let id = site.network.hostAt[place]
    let here = site.faults.on(host.name)
    func faults(of part: ComponentKind?) -> [Fault] {
      here.filter { $0.target == .part(Address(host.name, part)) }.map { $0.fault }
    }
    let own = faults(of: nil)
    let effects = FaultEffects(own)
    let hadPower = !site[id].isPoweredOff
    site[id].isPoweredOff = effects.isPoweredOff
    // A failed firewall drops every packet, so it has the effect of a cut.
    site[id].isCut = effects.isCut || !faults(of: .firewall).isEmpty
    site[id].release = release(
      of: host, files: FaultEffects(own + faults(of: .files)), app: FaultEffects(faults(of: .app)))
    if effects.isPoweredOff, hadPower { ProcessLifecycle.powerLost(id, in: &site) }
    for part in host.parts where site[id][part].exists {
      apply(FaultEffects(own + faults(of: part)), to: site[id][part], in: &site)
    }
  }

  private static func release(of host: Host, files: FaultEffects, app: FaultEffects) -> CodeRelease {
    guard host.hasFiles else { return .none }
    if let pagesOnly = files.badReleasePagesOnly {
      return pagesOnly && app.badReleasePagesOnly != false ? .badFilesPages : .badFiles
    }
    guard let pagesOnly = app.badReleasePagesOnly else { return .good }
    return pagesOnly ? .badPages : .bad
  }

  /// Updates a component to match the combined effects of its own faults and its host's faults.
  private static func apply(_ effects: FaultEffects, to component: ID<Component>, in site: inout SiteState) {
    site[component].slowness = effects.slowness
    // If the whole host is cut off, the host's own `isCut` records that.
    site[component].isMuted = effects.isCut && !site[site[component].host].isCut
    site[component].isDiskFull = effects.isDiskFull
    guard site[component].condition != .removed else { return }
    ProcessLifecycle.change(component, to: effects.condition, in: &site)
    if !effects.isDiskFull, site[component].node.exists {
      DatabaseServer.diskHasRoom(at: component, in: &site)
    }
  }
}
