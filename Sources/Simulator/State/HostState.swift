import Blueprint

/// A host as it is now. Its place in the table is never used again, so that requests in flight can refer to it.
struct HostState: BitwiseCopyable, Equatable {
  var isRemoved = false { didSet { updateOnline() } }
  /// Whether it has no power: nothing runs there, and nothing is remembered.
  var isPoweredOff = false { didSet { updateOnline() } }
  /// Whether it is cut off from the network: everything runs there, but no packet comes or goes.
  var isCut = false { didSet { updateOnline() } }
  /// Whether packets come and go.
  private(set) var isOnline = true
  private var haproxy = ID<Component>.none
  private(set) var nginx = ID<Component>.none
  private(set) var app = ID<Component>.none
  private(set) var mysql = ID<Component>.none
  private var store = ID<Component>.none
  var release = CodeRelease.good
  /// The requests that balancers have assigned to it and that are not finished.
  var inFlight = 0
  var peakInFlight = 0

  private mutating func updateOnline() { isOnline = !isPoweredOff && !isCut && !isRemoved }

  /// The component of a kind that serves requests; none if the host has no such component.
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
  var front: ID<Component> { nginx.exists ? nginx : app }
}

/// How well the code base on a host works.
enum CodeRelease: UInt8, BitwiseCopyable {
  case good
  /// It answers 500 on every page, and on the health page.
  case bad
  /// It answers 500 on every page except the health page.
  case badPages
  /// The files themselves are broken: no static file is found either.
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
