import Blueprint

/// The requests and calls that have not ended.
struct InFlight: Equatable, Sendable {
  private(set) var requests = Slab<Request>()
  private(set) var calls = Slab<ServiceCall>()
  private var freeRequest = ID<Request>.none
  private var freeCall = ID<ServiceCall>.none
  private var requestCount = 0
  var paths = URLPaths()
  var held = HeldRequests()

  mutating func makeUnique() {
    requests.makeUnique()
    calls.makeUnique()
  }

  @inline(__always)
  mutating func newRequest(_ kind: RequestKind, source: IPv4, path: ID<URLPath>, at now: Int64)
    -> ID<Request>
  {
    var id = freeRequest
    if id.exists {
      freeRequest = requests[id].queueing.next
    } else {
      id = requests.nextID
      requests.append(Request())
    }
    requestCount += 1
    requests[id].begin(
      number: Int32(truncatingIfNeeded: requestCount), CallKind(kind), source: source.number, path: path,
      now: now)
    return id
  }

  @inline(__always)
  mutating func free(_ request: ID<Request>) {
    requests.edit(request) { request in
      request.generation &+= 1
      request.user.timeoutGeneration &+= 1
      request.phase = .free
      request.queueing.next = freeRequest
    }
    freeRequest = request
  }

  @inline(__always)
  mutating func newCall(
    at component: ID<Component>, _ kind: CallKind, from caller: ServiceCall.Caller, at now: Int64
  ) -> ID<ServiceCall> {
    var id = freeCall
    if id.exists {
      freeCall = calls[id].next
    } else {
      id = calls.nextID
      calls.append(ServiceCall())
    }
    calls[id].begin(at: component, kind, from: caller, at: now)
    return id
  }

  @inline(__always)
  mutating func free(_ call: ID<ServiceCall>) {
    calls.edit(call) { old in
      old.generation &+= 1
      old.phase = .free
      old.next = freeCall
    }
    freeCall = call
  }

  /// Returns the unfinished calls at a component.
  func calls(at component: ID<Component>) -> [ID<ServiceCall>] {
    calls.ids.filter { calls[$0].phase != .free && calls[$0].component == component }
  }

  // MARK: Held requests

  func isOpen(_ held: HeldRequest) -> Bool {
    requests[held.request].number == held.number && requests[held.request].user.isWaiting
  }

  func isQueued(_ held: HeldRequest) -> Bool { isOpen(held) && requests[held.request].isQueued }
}
