import Blueprint

/// Forwards events and calls to the programs that handle them. The kind of the event, or of the call's
/// component, decides which program.
///
/// A new kind of component needs a case in each of these functions.
enum Dispatcher {
  // MARK: Calls

  /// Handles a call after a worker of its component has served it. If the process is frozen, the call waits
  /// until it resumes.
  @inline(__always)
  static func served(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    guard site[component].isRunning else {
      site[call].phase = .frozen
      return
    }
    if !site[component].settings.keepsWorker { Workers.freeWorker(of: component, in: &site) }
    switch site[component].kind {
    case .haproxy: LoadBalancer.served(call, in: &site)
    case .nginx: WebServer.served(call, in: &site)
    case .app: AppServer.served(call, in: &site)
    case .mysql: DatabaseServer.served(call, in: &site)
    case .store: KeyValueStore.served(call, in: &site)
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it serves no calls")
    }
  }

  /// Handles the answer to a component's own call to another component. A frozen process handles it when it
  /// resumes.
  @inline(__always)
  static func received(_ response: Response, for call: ID<ServiceCall>, in site: inout SiteState) {
    site[call].pendingCall = .none
    let component = site[call].component
    guard site[component].isRunning else {
      site[call].generation &+= 1
      site[call].phase = .answered
      site[call].pending = response
      return
    }
    switch site[component].kind {
    case .nginx: WebServer.received(response, for: call, in: &site)
    case .app: AppServer.received(response, for: call, in: &site)
    case .haproxy, .files, .mysql, .store, .firewall, .certificate, .monitor:
      preconditionFailure("it makes no calls")
    }
  }

  /// Handles a timeout: a component has waited too long for an answer or a confirmation. A
  /// frozen process handles it when it resumes.
  static func timedOut(_ call: ID<ServiceCall>, in site: inout SiteState) {
    let component = site[call].component
    guard site[component].isRunning else {
      site[call].phase = .overdue
      return
    }
    switch site[component].kind {
    case .nginx: WebServer.timedOut(call, in: &site)
    case .app: AppServer.timedOut(call, in: &site)
    case .mysql: DatabaseServer.timedOut(call, in: &site)
    case .haproxy, .files, .store, .firewall, .certificate, .monitor:
      preconditionFailure("it waits for nothing")
    }
  }

  /// Handles a call that waits for another component after its own caller has stopped waiting.
  static func abandoned(_ call: ID<ServiceCall>, in site: inout SiteState) {
    switch site[site[call].component].kind {
    case .nginx: WebServer.abandoned(call, in: &site)
    // These programs continue with the call.
    case .haproxy, .app, .mysql, .store: break
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it serves no calls")
    }
  }

  /// Returns the mean time, in nanoseconds, that a component needs for its own part of a call.
  @inline(__always)
  static func cost(of call: ID<ServiceCall>, in site: SiteState) -> Int64 {
    switch site[site[call].component].kind {
    case .app: AppServer.cost(of: call, in: site)
    case .haproxy, .nginx, .mysql, .store: site[site[call].component].settings.cost
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it serves no calls")
    }
  }

  /// Sets a component's timers and options from the configuration of its host.
  static func configure(_ component: ID<Component>, from host: Host, in site: inout SiteState) {
    switch site[component].kind {
    case .nginx: WebServer.configure(component, from: host, in: &site)
    case .app: AppServer.configure(component, from: host, in: &site)
    // A balancer's timers are set with the balancer.
    case .haproxy, .mysql, .store: break
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it serves no calls")
    }
  }

  /// Handles the removal of a component from the configuration of a host.
  static func removed(_ kind: ComponentKind, at index: Int, in site: inout SiteState) {
    switch kind {
    case .haproxy, .nginx, .app, .files, .mysql, .store:
      SiteBuilder.removeComponent(kind, at: index, in: &site)
    case .firewall: Protections.firewallRemoved(at: index, in: &site)
    case .certificate: site.needsConfiguration = true
    case .monitor: if !site.needsConfiguration { MetricsCollector.configure(in: &site) }
    }
  }

  // MARK: Processes

  /// Handles the end of a component's process. Its connections are closed.
  static func processEnded(_ component: ID<Component>, in site: inout SiteState) {
    switch site[component].kind {
    case .haproxy: BalancerFailure.processEnded(component, isNoticed: true, in: &site)
    case .nginx, .app: LoadBalancer.closeHeldRequests(at: component, in: &site)
    case .mysql, .store: break
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it has no process")
    }
  }

  /// Handles the loss of power at a component's host. The other ends of its connections receive nothing.
  static func powerLost(_ component: ID<Component>, in site: inout SiteState) {
    switch site[component].kind {
    case .haproxy: BalancerFailure.processEnded(component, isNoticed: false, in: &site)
    case .nginx, .app, .mysql, .store: break
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it has no process")
    }
  }

  /// Handles the start of a component's new process.
  static func processStarted(_ component: ID<Component>, in site: inout SiteState) {
    switch site[component].kind {
    case .haproxy: BalancerFailure.processStarted(component, in: &site)
    case .nginx, .app, .mysql, .store: break
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it has no process")
    }
  }

  /// Handles the end of a freeze: a component's process resumes.
  static func processResumed(_ component: ID<Component>, in site: inout SiteState) {
    switch site[component].kind {
    case .haproxy: BalancerFailure.processResumed(component, in: &site)
    case .nginx, .app, .mysql, .store: break
    case .files, .firewall, .certificate, .monitor: preconditionFailure("it has no process")
    }
  }

  // MARK: Events

  /// Handles an event that is due now.
  @inline(__always)
  static func dispatch(_ entry: CalendarEntry, in site: inout SiteState) {
    guard let event = SiteEvent(rawValue: entry.event) else { preconditionFailure("no such event") }
    let (subject, generation) = (entry.subject, entry.generation)
    switch event {
    case .arrival: RequestSender.nextArrival(in: &site)
    case .served:
      let call = ID<ServiceCall>(subject)
      if site[call].generation == generation { served(call, in: &site) }
    case .timerQueue: timerEnded(in: ID(subject), &site)
    case .check: HealthChecker.start(ID(subject), generation: generation, in: &site)
    case .checkRetry: HealthChecker.retry(ID(subject), generation: generation, in: &site)
    case .command: ScheduledCommands.perform(ID(subject), in: &site)
    case .ramp: HealthChecker.rampWeight(ID(subject), generation: generation, in: &site)
    case .disk: DatabaseServer.retryWrites(at: ID(subject), generation: generation, in: &site)
    case .takeover: AddressTakeover.planIsDue(for: ID(subject), generation: generation, in: &site)
    case .failover: DatabasePromotion.failOver(generation: generation, in: &site)
    case .handshake: Client.handshakeEnded(ID(subject), generation: generation, in: &site)
    case .sample: MetricsCollector.sample(ID(subject), generation: generation, in: &site)
    case .scrapeTimeout: MetricsCollector.timedOut(ID(subject), generation: generation, in: &site)
    case .faultEnd: FaultInjection.ended(ID(subject), in: &site)
    }
  }

  // MARK: Timers

  /// Handles the first timer of a queue, which ends now. Drops the stopped timers after it before the queue
  /// is scheduled again.
  private static func timerEnded(in queue: ID<TimerQueue>, _ site: inout SiteState) {
    let timer = site.clock.removeFirst(of: queue)
    let isDue = isDue(timer, in: site)
    while let next = site.clock.first(of: queue), !self.isDue(next, in: site) {
      _ = site.clock.removeFirst(of: queue)
    }
    site.clock.reschedule(queue)
    guard isDue, let kind = SiteTimer(rawValue: timer.event) else { return }
    switch kind {
    case .request: LoadBalancer.timedOut(ID(timer.subject), in: &site)
    case .patience: Client.timedOut(ID(timer.subject), in: &site)
    case .call: timedOut(ID(timer.subject), in: &site)
    case .check: HealthChecker.timedOut(ID(timer.subject), in: &site)
    case .nextCheck: HealthChecker.start(ID(timer.subject), generation: timer.generation, in: &site)
    }
  }

  /// Returns whether a timer is still valid: it has not been stopped.
  @inline(__always)
  private static func isDue(_ timer: CalendarEntry, in site: SiteState) -> Bool {
    guard let kind = SiteTimer(rawValue: timer.event) else { return false }
    switch kind {
    case .request: return site[ID<Request>(timer.subject)].generation == timer.generation
    case .patience: return site[ID<Request>(timer.subject)].user.timeoutGeneration == timer.generation
    case .call: return site[ID<ServiceCall>(timer.subject)].generation == timer.generation
    case .check, .nextCheck: return site.balancers.isDue(ID(timer.subject), generation: timer.generation)
    }
  }
}
