import Blueprint

/// How the processes of components end, freeze, resume and start.
enum ProcessLifecycle {
  /// Changes the condition of a component that has not been removed.
  static func change(
    _ component: ID<Component>, to condition: Component.Condition, in site: inout SiteState
  ) {
    let before = site[component].condition
    site[component].condition = condition
    switch (before, condition) {
    case (.running, .crashed), (.hung, .crashed):
      // If the host has no power, `powerLost` handles the end: the other ends of the connections receive
      // nothing.
      if !site[site[component].host].isPoweredOff { end(component, in: &site) }
    case (.hung, .running): resume(component, in: &site)
    case (.crashed, .running), (.crashed, .hung): Dispatcher.processStarted(component, in: &site)
    case (.running, .running), (.running, .hung), (.hung, .hung), (.crashed, .crashed), (_, .removed),
      (.removed, _):
      break
    }
  }

  /// Stops a component that is removed from the site, and closes its connections.
  static func remove(_ component: ID<Component>, in site: inout SiteState) {
    site[component].condition = .removed
    end(component, in: &site)
  }

  /// Ends a process: the kernel closes its connections.
  private static func end(_ component: ID<Component>, in site: inout SiteState) {
    for call in clear(component, in: &site) where site[call].phase != .free {
      Workers.abandonPendingCall(of: call, in: &site)
      Workers.answer(call, Response(code: .reset), in: &site)
    }
    Dispatcher.processEnded(component, in: &site)
  }

  /// Handles the loss of power at a host: the callers of its components get no answer.
  static func powerLost(_ host: ID<HostState>, in site: inout SiteState) {
    for kind in ComponentKind.allCases {
      let component = site[host][kind]
      guard component.exists, site[component].condition != .removed else { continue }
      for call in clear(component, in: &site) where site[call].phase != .free { discard(call, in: &site) }
      Dispatcher.powerLost(component, in: &site)
    }
  }

  /// Empties the queue of a component, and returns all calls that were at the component.
  private static func clear(_ component: ID<Component>, in site: inout SiteState) -> [ID<ServiceCall>] {
    site[component].queue.removeAll(at: site.clock.now)
    site[component].incarnation += 1
    let upstream = site[component].upstream
    if upstream.exists { site.upstreams[upstream].reset() }
    return site.inFlight.calls(at: component)
  }

  /// Ends a call without an answer.
  private static func discard(_ call: ID<ServiceCall>, in site: inout SiteState) {
    Workers.abandonPendingCall(of: call, in: &site)
    let caller = site[call].caller
    site.inFlight.free(call)
    switch caller {
    case .call(let call): site[call].pendingCall = .none
    case .request(let request): site[request].pendingCall = .none
    case .check(let check): site[check].pendingCall = .none
    case .none: break
    }
  }

  /// Resumes a frozen process: it continues with its calls.
  private static func resume(_ component: ID<Component>, in site: inout SiteState) {
    for call in site.inFlight.calls.ids where site[call].component == component {
      switch site[call].phase {
      case .frozen:
        site[call].phase = .serving
        site.clock.schedule(.served, call, generation: site[call].generation, in: 0)
      case .answered: Dispatcher.received(site[call].pending, for: call, in: &site)
      case .overdue: Dispatcher.timedOut(call, in: &site)
      case .free, .queued, .serving, .waiting, .stalled, .unconfirmed: break
      }
    }
    Dispatcher.processResumed(component, in: &site)
    Workers.startWaiting(at: component, in: &site)
  }
}
