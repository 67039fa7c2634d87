import Blueprint

/// The results of the requests of one command.
public struct Traffic: Equatable, Sendable {
  public var sent = 0
  public var answered = 0
  public var stale = 0
  /// The number of writes that were stored although their users saw an error.
  public var storedAnyway = 0
  public var lostConnections = 0
  /// The number of answers from each server, including errors. `servedBy` counts only those with status 200.
  public var byServer: [Share] = []
  public var servedBy: [Share] = []
  public var byDatabase: [Share] = []
  /// The number of requests with each end: 200 first, then the others in the order of their first occurrence.
  public var ends: [EndCount] = []
  public var latency: Latency?
  public var firstFailure: Span?
  /// The time of the first alert since the end of the previous run.
  public var firstAlert: Span?
  public var peakInFlight: [Share] = []
  /// The ends of the requests over time; nil if no request has ended.
  public var strip: Strip?
  /// The load of each component that was used, in the order of the topology.
  public var componentLoads: [Load] = []
  /// The bins of the response times, from the first to the last bin with requests.
  public var histogram: [Bin] = []
  /// Whether the results contain only what users and operators can see.
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

  /// The number of requests that took at most this time, but longer than the limit of the previous bin.
  public struct Bin: Equatable, Sendable {
    /// The limit: 1, 2 or 5 nanoseconds, times a power of ten.
    public let upTo: Span
    public internal(set) var count: Int
  }
}

/// The mean, the percentiles and the maximum of the response times.
public struct Latency: Equatable, Sendable {
  public let mean: Span
  public let p50: Span
  public let p95: Span
  public let p99: Span
  public let max: Span
}
