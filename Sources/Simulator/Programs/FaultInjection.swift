import Blueprint

/// Injects and repairs faults. The active faults determine the state of every host and component.
enum FaultInjection {
  // MARK: Injecting faults

  /// Injects a fault, or the target's default fault if `fault` is nil. The new fault replaces a fault of the
  /// same kind. A crash also replaces a restart.
  static func inject(
    _ fault: Fault?, into target: FaultTarget, as kind: Event.Kind? = nil, by cause: String = "",
    in site: inout SiteState
  ) throws(Problem) {
    let fault = try validated(fault, for: target, in: site)
    let target = target.normalised
    SiteConfiguration.configure(&site)
    let replaced = site.faults.at(target).filter { old in
      old.fault.isSameKind(as: fault) || fault.excludes(old.fault)
    }
    site.faults.remove(replaced)
    let id = site.faults.append(InjectedFault(target, fault, since: site.time))
    if let span = fault.row.endsAfter { site.clock.schedule(.faultEnd, id, in: span.nanoseconds) }
    site.report(target.text, kind ?? .broke(fault), cause: cause)
    apply(to: target, in: &site)
  }

  /// Returns the fault to inject. Throws if the target cannot have it or already has it.
  @discardableResult
  static func validated(_ fault: Fault?, for target: FaultTarget, in site: SiteState) throws(Problem) -> Fault
  {
    let applicable = try site.topology.faults(of: target)
    let fault = fault ?? applicable.first ?? .crash
    guard applicable.contains(where: { $0.isSameKind(as: fault) }) else {
      throw .inapplicableFault(fault, target, fits: applicable)
    }
    let target = target.normalised
    let present = site.faults.at(target).first { $0.fault == fault || $0.fault.excludes(fault) }
    if let present { throw .alreadyFailed(target, present.fault) }
    return fault
  }

  // MARK: Repairing faults

  /// Removes the faults of the target. If a host has no fault of its own, the faults of its components are
  /// removed.
  static func repair(_ target: FaultTarget, in site: inout SiteState) throws(Problem) {
    remove(try faultsToRepair(at: target, in: site), at: target.normalised, in: &site)
  }

  /// Removes a fault that ends by itself. Does nothing if the fault was already repaired or replaced.
  static func ended(_ id: ID<InjectedFault>, in site: inout SiteState) {
    guard let fault = site.faults[id] else { return }
    remove([fault], at: fault.target, in: &site)
  }

  private static func remove(_ repaired: [InjectedFault], at target: FaultTarget, in site: inout SiteState) {
    SiteConfiguration.configure(&site)
    site.faults.remove(repaired)
    for fault in repaired { site.report(fault.target.text, .repaired(fault.fault)) }
    apply(to: target, in: &site)
  }

  /// Returns the faults that `repair` removes. Throws if there are none.
  @discardableResult
  static func faultsToRepair(at target: FaultTarget, in site: SiteState) throws(Problem) -> [InjectedFault] {
    _ = try site.topology.faults(of: target)
    let target = target.normalised
    var found = site.faults.at(target)
    if found.isEmpty, case .component(let address) = target, address.component == nil {
      found = site.faults.on(address.host)
    }
    guard !found.isEmpty else { throw .nothingToRepair(target, broken: site.faults.all.map { $0.target }) }
    return found
  }

  // MARK: Effects of faults

  /// Updates the hosts and components of the target to match the active faults.
  static func apply(to target: FaultTarget, in site: inout SiteState) {
    DatabaseReplication.settle(in: &site)
    let hosts: [String]
    switch target {
    case .component(let address): hosts = [address.host]
    case .link(let a, let b):
      hosts = [a, b]
      let link = Link(site.host(named: a), site.host(named: b))
      site.network.setCut(link, !site.faults.at(target).isEmpty)
    }
    let indices = hosts.compactMap { site.topology.index(of: $0) }
    for index in indices { apply(toHostAt: index, in: &site) }
    for index in indices {
      if let b = site.balancers.balancer(on: site.network.hostIDs[index]) {
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

  private static func apply(toHostAt index: Int, in site: inout SiteState) {
    let host = site.topology.hosts[index]
    let id = site.network.hostIDs[index]
    let here = site.faults.on(host.name)
    func faults(of component: ComponentKind?) -> [Fault] {
      here.filter { $0.target == .component(Address(host.name, component)) }.map { $0.fault }
    }
    let hostFaults = faults(of: nil)
    let effects = FaultEffects(hostFaults)
    let hadPower = !site[id].isPoweredOff
    site[id].isPoweredOff = effects.isPoweredOff
    // A failed firewall drops every packet, so it has the effect of a cut.
    site[id].isCut = effects.isCut || !faults(of: .firewall).isEmpty
    site[id].release = release(
      of: host, files: FaultEffects(hostFaults + faults(of: .files)), app: FaultEffects(faults(of: .app)))
    if effects.isPoweredOff, hadPower { ProcessLifecycle.powerLost(id, in: &site) }
    for component in host.parts where site[id][component].exists {
      apply(FaultEffects(hostFaults + faults(of: component)), to: site[id][component], in: &site)
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
    site[component].isCutOff = effects.isCut && !site[site[component].host].isCut
    site[component].isDiskFull = effects.isDiskFull
    guard site[component].condition != .removed else { return }
    ProcessLifecycle.change(component, to: effects.condition, in: &site)
    if !effects.isDiskFull, site[component].node.exists {
      DatabaseServer.diskFreed(at: component, in: &site)
    }
  }
}
