import Blueprint

/// Access to the elements of the site by their identifiers, in place: reading or writing a field moves only
/// that field.
extension SiteState {
  subscript(host: ID<HostState>) -> HostState {
    @inline(__always) unsafeAddress { UnsafePointer(network.hosts.pointer(to: host.index)) }
    @inline(__always) unsafeMutableAddress { network.hosts.pointer(to: host.index) }
  }

  subscript(component: ID<Component>) -> Component {
    @inline(__always) unsafeAddress { UnsafePointer(components.pointer(to: component.index)) }
    @inline(__always) unsafeMutableAddress { components.pointer(to: component.index) }
  }

  subscript(b: ID<Balancer>) -> Balancer {
    @inline(__always) _read { yield balancers[b] }
    @inline(__always) _modify { yield &balancers[b] }
  }

  subscript(entry: ID<BalancerEntry>) -> BalancerEntry {
    @inline(__always) unsafeAddress { UnsafePointer(balancers.entries.pointer(to: entry.index)) }
    @inline(__always) unsafeMutableAddress { balancers.entries.pointer(to: entry.index) }
  }

  subscript(check: ID<HealthCheck>) -> HealthCheck {
    @inline(__always) unsafeAddress { UnsafePointer(balancers.checks.pointer(to: check.index)) }
    @inline(__always) unsafeMutableAddress { balancers.checks.pointer(to: check.index) }
  }

  subscript(request: ID<Request>) -> Request {
    @inline(__always) unsafeAddress { UnsafePointer(inFlight.requests.pointer(to: request.index)) }
    @inline(__always) unsafeMutableAddress { inFlight.requests.pointer(to: request.index) }
  }

  subscript(call: ID<ServiceCall>) -> ServiceCall {
    @inline(__always) unsafeAddress { UnsafePointer(inFlight.calls.pointer(to: call.index)) }
    @inline(__always) unsafeMutableAddress { inFlight.calls.pointer(to: call.index) }
  }
}
