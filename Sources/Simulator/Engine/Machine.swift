import Blueprint

/// A host as the engine sees it. Places in the engine are never used twice, so that what is under way can name them.
struct Machine: BitwiseCopyable, Equatable {
  var isRemoved = false { didSet { settle() } }
  /// Without power: nothing there runs, nothing there is remembered.
  var isDark = false { didSet { settle() } }
  /// Its cable is out: everything there runs, nobody hears it.
  var isCut = false { didSet { settle() } }
  /// Whether packets come and go.
  private(set) var isOnline = true
  var haproxy: Int32 = -1
  var nginx: Int32 = -1
  var app: Int32 = -1
  var mysql: Int32 = -1
  var release = Release.good
  /// Requests that balancers have given to it and that are not finished.
  var inFlight = 0
  var peakInFlight = 0

  /// What the code base on it is worth.
  enum Release: UInt8, BitwiseCopyable {
    case good
    /// Answers 500 on every page, and on the health page.
    case bad
    /// Answers 500 on every page but the health page.
    case badPages
    /// The files themselves are broken: no static file is found either.
    case badFiles, badFilesPages
    /// No code base at all.
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

  private mutating func settle() { isOnline = !isDark && !isCut && !isRemoved }

  /// The station of a part; -1 where it carries none, or none that works.
  func station(of kind: ComponentKind) -> Int32 {
    switch kind {
    case .haproxy: haproxy
    case .nginx: nginx
    case .app: app
    case .files, .firewall, .certificate, .monitor: -1
    case .mysql: mysql
    }
  }

  mutating func setStation(_ station: Int32, of kind: ComponentKind) {
    switch kind {
    case .haproxy: haproxy = station
    case .nginx: nginx = station
    case .app: app = station
    case .files, .firewall, .certificate, .monitor: break
    case .mysql: mysql = station
    }
  }
}
