import Blueprint

/// The current state of a host. Its identifier is never used for another host, so requests in flight can
/// refer to it.
struct HostState: BitwiseCopyable, Equatable {
  var isRemoved = false { didSet { updateOnline() } }
  /// Whether the host has no power: nothing runs there, and everything in memory is lost.
  var isPoweredOff = false { didSet { updateOnline() } }
  /// Whether the host is cut off from the network: everything runs there, but no packet arrives or leaves.
  var isCut = false { didSet { updateOnline() } }
  /// Whether packets can arrive and leave.
  private(set) var isOnline = true
  private var haproxy = ID<Component>.none
  private(set) var nginx = ID<Component>.none
  private(set) var app = ID<Component>.none
  private(set) var mysql = ID<Component>.none
  private var store = ID<Component>.none
  var release = CodeRelease.good
  /// The number of unfinished requests that balancers have given to the host.
  var inFlight = 0
  var peakInFlight = 0

  private mutating func updateOnline() { isOnline = !isPoweredOff && !isCut && !isRemoved }

  /// The component of this kind; none if the host does not have it, or the kind does not serve requests.
  subscript(kind: ComponentKind) -> ID<Component> {
    get {
      switch kind {
      case .haproxy: haproxy
      case .nginx: nginx
      case .app: app
      case .files, .firewall, .certificate, .monitor: .none
      case .mysql: mysql
      case .store: store
      }
    }
    set {
      switch kind {
      case .haproxy: haproxy = newValue
      case .nginx: nginx = newValue
      case .app: app = newValue
      case .files, .firewall, .certificate, .monitor: break
      case .mysql: mysql = newValue
      case .store: store = newValue
      }
    }
  }

  /// The component that a balancer connects to: nginx, or the application if there is no nginx.
  var frontComponent: ID<Component> { nginx.exists ? nginx : app }
}

/// The state of the code base on a host.
enum CodeRelease: UInt8, BitwiseCopyable {
  case good
  /// The application answers 500 on every page, including the health page.
  case bad
  /// The application answers 500 on every page except the health page.
  case badPages
  /// The files are broken, so static files are not found either. `badFilesPages` still serves the health
  /// page.
  case badFiles, badFilesPages
  /// There is no code base.
  case none

  var failsPages: Bool { self != .good }

  var failsHealth: Bool {
    switch self {
    case .good, .badPages, .badFilesPages: false
    case .bad, .badFiles, .none: true
    }
  }

  var lacksFiles: Bool {
    switch self {
    case .good, .bad, .badPages: false
    case .badFiles, .badFilesPages, .none: true
    }
  }
}
