import Blueprint

/// One call to a component: for example, nginx forwards a request, or an application queries its database.
///
/// A call exists until it is answered, even if its caller no longer waits. A write can therefore be stored
/// after its user has seen an error.
struct ServiceCall: BitwiseCopyable, Equatable {
  /// The next call in the component's queue, or the next free element.
  var next = ID<ServiceCall>.none
  /// A number that changes to invalidate the call's older timers and scheduled events.
  var generation: UInt32 = 0
  var component = ID<Component>.none
  var caller = Caller.none
  /// The request that the call belongs to. Another request may use this identifier by now, so `requestNumber`
  /// must match too.
  var request = ID<Request>.none
  var requestNumber: Int32 = 0
  /// The call that this call waits for.
  var pendingCall = ID<ServiceCall>.none
  /// The application that nginx tries. `targetNode` is the database node that an application tries.
  var target = ID<Component>.none
  var targetNode = ID<DatabaseNode>.none
  var kind = CallKind.read
  var phase = Phase.free
  var isTraced = false
  /// The answer that arrived while the process was frozen.
  var pending = Response(code: .ok)
  var since: Int64 = 0
  /// The database nodes or applications that were tried, with one bit for each.
  var tried: UInt64 = 0
  /// The position at which a write was stored.
  var position = WritePosition.start

  /// Resets this element for a new call. The generation is kept, so that timers of an earlier call stay
  /// invalid.
  @inline(__always)
  mutating func begin(at component: ID<Component>, _ kind: CallKind, from caller: Caller, at now: Int64) {
    self.component = component
    self.kind = kind
    self.caller = caller
    since = now
    phase = .queued
    tried = 0
    pendingCall = .none
    position = .start
  }

  /// The request, call or health check that waits for the answer.
  enum Caller: BitwiseCopyable, Equatable {
    case none
    case request(ID<Request>)
    case call(ID<ServiceCall>)
    case check(ID<HealthCheck>)
  }

  enum Phase: UInt8, BitwiseCopyable {
    case free, queued, serving
    /// The call waits for another component.
    case waiting
    /// The service time is over, but the process is frozen.
    case frozen
    /// Another component has answered, or the timer has ended, but the process is frozen.
    case answered, overdue
    /// The write waits for disk space.
    case stalled
    /// The write is stored, and waits until a replica has received it.
    case unconfirmed
  }
}

/// The kinds of call: one for each kind of request, and one for each `CheckPath` of a health check.
enum CallKind: UInt8, BitwiseCopyable {
  case `static`, read, write, checkNginx, checkApp, checkDatabase

  init(_ kind: RequestKind) {
    switch kind {
    case .static: self = .static
    case .read: self = .read
    case .write: self = .write
    }
  }

  var isHealthCheck: Bool {
    switch self {
    case .static, .read, .write: false
    case .checkNginx, .checkApp, .checkDatabase: true
    }
  }
}

/// The result of an attempt to connect.
enum Contact: Equatable {
  case accepted, refused, silence
}

/// The answer to a call.
struct Response: BitwiseCopyable, Equatable {
  var code: Code
  /// The host of the database node that answered.
  var database = ID<HostState>.none
  var isStale = false
  /// The position at which a write was stored; `start` for all other calls.
  var position = WritePosition.start
  /// The host that answered: the application's host, or nginx's host if nginx itself answered.
  var server = ID<HostState>.none

  enum Code: Int16, BitwiseCopyable {
    case ok = 200
    case notFound = 404
    case serverError = 500
    case badGateway = 502
    case gatewayTimeout = 504
    /// The connection was closed without an answer.
    case reset = 0
    /// The MySQL error for a write on a read-only node.
    case readOnly = 1290
    /// The MySQL error for too many connections.
    case tooMany = 1040
    case tableFull = 1114
  }
}
