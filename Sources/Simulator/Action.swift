import Blueprint

/// What can be done to a simulation.
public enum Action: Equatable, Sendable {
  case change(Change)
  case send(Sending)
  case hold([String], Sending)
  case release([String])
  case wait(Span)
  /// Until the balancer that serves calls the server UP, or DOWN.
  case waitUntil(String, isUp: Bool)
  case `break`(Breakable, Fault?)
  case repair(Breakable)
  case promote(Address, now: Bool)
  /// Makes a node a fresh copy of the primary.
  case rebuild(Address)
  /// Later, in the middle of whatever happens then.
  indirect case at(Span, Action, text: String)
  /// Faults and repairs drawn from a seed, spread over a while.
  case chaos(Span, seed: UInt64)
}

/// Which requests to send.
public struct Sending: Equatable, Sendable {
  public var count = 1
  public var mix: Mix
  /// Requests a second, in millionths; nil: one after the other.
  public var rate: Int64?
  public var sources: [IPv4] = [.someUser]
  /// Empty: one that fits the kind.
  public var paths: [String] = []
  /// Whether they are kept with their steps and by server; else they are only counted.
  public var isRecorded = true
  /// Whether none is sent after the first that fails; of those that are sent one after the other.
  public var endsAtFailure = false

  public init(count: Int = 1, mix: Mix = .only(.read)) {
    self.count = count
    self.mix = mix
  }

  public static let mostRequests = 1_000_000_000
  /// A million requests a second, in millionths.
  public static let highestRate: Int64 = 1_000_000_000_000

  /// Which kinds, in hundredths.
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
      Mix(static: kind == .static ? 100 : 0, read: kind == .read ? 100 : 0, write: kind == .write ? 100 : 0)
    }

    /// The kind, where there is only one.
    public var single: RequestKind? {
      if `static` == 100 { return .static }
      if read == 100 { return .read }
      return write == 100 ? .write : nil
    }
  }
}

/// What an action brought about.
public struct Outcome: Equatable, Sendable {
  public var events: [Event] = []
  public var traffic: Traffic?
  /// The records of the requests that the action was about, in their order.
  public var records: [Record] = []
  /// Held requests that got a slot by it.
  public var dequeued: [Record] = []
  /// Acknowledged writes that a promotion lost, by request.
  public var lost: [Int] = []

  public init(events: [Event] = [], lost: [Int] = []) {
    self.events = events
    self.lost = lost
  }
}
