import Blueprint

/// How the requests of one command ended.
public struct Traffic: Equatable, Sendable {
  public var sent = 0
  public var answered = 0
  public var stale = 0
  /// Writes that failed for their user, but are stored.
  public var storedAnyway = 0
  public var lostConnections = 0
  /// How many answers came from each server, errors included, and how many of them were 200.
  public var byServer: [Share] = []
  public var servedBy: [Share] = []
  public var byDatabase: [Share] = []
  /// How the requests ended for their users: 200, then the others in the order of their first occurrence.
  public var ends: [EndCount] = []
  public var latency: Latency?
  public var firstFailure: Span?
  /// The first alert since the end of the run before.
  public var firstAlert: Span?
  public var mostInFlight: [Share] = []
  /// Nil if no request has ended.
  public var strip: Strip?
  /// The components that were used, in the order of the topology.
  public var componentLoads: [Load] = []
  /// From the first bin that has any request to the last.
  public var histogram: [Bin] = []
  /// Whether everything that users cannot see is left out.
  public var isFromOutside = false

  public var failed: Int { sent - answered }

  public struct Share: Equatable, Sendable {
    public let name: String
    public let count: Int
  }

  public struct EndCount: Equatable, Sendable {
    public let end: Record.End
    public internal(set) var count: Int
  }

  /// The number of requests that took at most this time, and longer than the limit of the bin before.
  public struct Bin: Equatable, Sendable {
    /// 1, 2 or 5 nanoseconds, or one of these by a power of ten.
    public let upTo: Span
    public internal(set) var count: Int
  }
}

public struct Latency: Equatable, Sendable {
  public let mean: Span
  public let p50: Span
  public let p95: Span
  public let p99: Span
  public let max: Span
}
