import Blueprint

/// One call to a component: nginx passes a request on, an application asks its database.
///
/// It exists until it is answered, even if its caller no longer waits. So a write can be stored after its user saw an
/// error.
struct ServiceCall: BitwiseCopyable, Equatable {
  /// The next call in the component's queue, or in the list of free places.
  var next = ID<ServiceCall>.none
  /// Changes whenever older timers and services of the call no longer count.
  var turn: UInt32 = 0
  var component = ID<Component>.none
  var caller = Caller.none
  /// The request that it belongs to: its place, which may be in use by another request by now, and its number.
  var request = ID<Request>.none
  var requestNumber: Int32 = 0
  /// The call that it waits for.
  var child = ID<ServiceCall>.none
  /// What is asked: by nginx an application, by an application a database node.
  var target = ID<Component>.none
  var targetNode = ID<DatabaseNode>.none
  var kind = CallKind.read
  var phase = Phase.free
  var isTraced = false
  /// The answer that came while its process was frozen.
  var pending = Response(code: .ok)
  var since: Int64 = 0
  /// The database nodes or applications that were tried, one bit each.
  var tried: UInt64 = 0
  /// Where a write was stored.
  var position = WritePosition.start

  /// Begins a new call in a place that may have had another. The turn goes on, so that old timers no longer count.
  @inline(__always)
  mutating func begin(at component: ID<Component>, _ kind: CallKind, from caller: Caller, at now: Int64) {
    self.component = component
    self.kind = kind
    self.caller = caller
    since = now
    phase = .queued
    tried = 0
    child = .none
    position = .start
  }

  /// What waits for the answer.
  enum Caller: BitwiseCopyable, Equatable {
    case none
    case request(ID<Request>)
    case call(ID<ServiceCall>)
    case check(ID<HealthCheck>)
  }

  enum Phase: UInt8, BitwiseCopyable {
    case free, queued, serving
    /// It waits for another component.
    case waiting
    /// Its service is over, but its process is frozen.
    case frozen
    /// It was answered, or its timer has ended, but its process is frozen.
    case answered, overdue
    /// A write that waits for disk space.
    case stalled
    /// A write that is stored and waits until a replica has received it.
    case unconfirmed
  }
}

/// What is asked: a user's kinds of request, and a balancer's health checks by how far they go.
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

/// How an attempt to connect ends.
enum Contact: Equatable {
  case accepted, refused, silence
}

/// The answer to a call.
struct Response: BitwiseCopyable, Equatable {
  var code: Code
  /// The host of the database node that was asked.
  var database = ID<HostState>.none
  var isStale = false
  /// Where a write was stored; the start for everything else.
  var position = WritePosition.start
  /// The host that answered: the application's, or nginx's if nginx itself made the answer.
  var server = ID<HostState>.none

  enum Code: Int16, BitwiseCopyable {
    case ok = 200
    case notFound = 404
    case serverError = 500
    case badGateway = 502
    case gatewayTimeout = 504
    /// The connection was closed without an answer.
    case reset = 0
    /// MySQL: the node is read only.
    case readOnly = 1290
    /// MySQL: too many connections.
    case tooMany = 1040
    case tableFull = 1114
  }
}
