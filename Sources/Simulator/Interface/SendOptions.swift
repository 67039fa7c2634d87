import Blueprint

/// The requests that a command sends.
public struct SendOptions: Equatable, Sendable {
  public var count = 1
  public var mix: Mix
  /// The rate in millionths of a request per second. Without a rate, each request waits for the end of the
  /// previous one.
  public var rate: Int64?
  public var sources: [IPv4] = [.defaultUser]
  /// The paths to use in turn. If there are none, each kind of request has its default path.
  public var paths: [String] = []
  /// Whether the requests are recorded, with their steps and servers. Otherwise they are only counted.
  public var isRecorded = true
  /// Whether sending stops after the first failed request. This has no effect with a rate.
  public var stopsAtFailure = false

  public init(count: Int = 1, mix: Mix = .only(.read)) {
    self.count = count
    self.mix = mix
  }

  public static let requestLimit = 1_000_000_000
  /// A million requests per second, in millionths.
  public static let highestRate: Int64 = 1_000_000_000_000

  /// The percentages of the kinds of request.
  public struct Mix: Equatable, Sendable {
    public var `static`: Int
    public var read: Int
    public var write: Int

    public init(static: Int, read: Int, write: Int) {
      self.static = `static`
      self.read = read
      self.write = write
    }

    public static let usual = Mix(static: 50, read: 40, write: 10)

    public static func only(_ kind: RequestKind) -> Mix {
      switch kind {
      case .static: Mix(static: 100, read: 0, write: 0)
      case .read: Mix(static: 0, read: 100, write: 0)
      case .write: Mix(static: 0, read: 0, write: 100)
      }
    }

    /// The kind of all requests; nil if there are several kinds.
    public var onlyKind: RequestKind? { RequestKind.allCases.first { self == .only($0) } }

    /// Returns the kind of the request with this number from 0 to 99. Each kind has as many numbers as its
    /// percentage.
    func kind(at number: Int) -> RequestKind {
      if number < `static` { return .static }
      return number < `static` + read ? .read : .write
    }
  }
}
