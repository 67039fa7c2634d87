import Blueprint

/// The record of one request.
public struct Record: Equatable, Sendable {
  public let number: Int
  public var name: String?
  public let kind: RequestKind
  public let source: IPv4
  public let path: String
  public var balancer: String?
  /// The host that answered. While the request is in flight, this is the host that it was given to.
  public var server: String?
  public var database: String?
  public var end: End?
  public let startedAt: Span
  public var endedAt: Span?
  public var isStale = false
  /// Whether the write was stored although its user saw an error.
  public var isStoredAnyway = false
  public var isQueued = false
  public var log = Timing()

  /// The end of a request, as its user sees it.
  public enum End: Equatable, Sendable {
    case status(Int)
    case refused
    case timeout
  }

  /// The times and counts in HAProxy's `httplog` line.
  public struct Timing: Equatable, Sendable {
    /// The times in queues, for connecting, and until the answer. A time is nil if its step was not reached.
    public var queue: Span?
    public var connect: Span?
    public var response: Span?
    /// The server of the last attempt, even if it did not answer.
    public var server: String?
    public var retries = 0
    public var redispatched = false
    public var serverConnections = 0
    public var backendConnections = 0
    public var serverQueue = 0
    public var backendQueue = 0
    /// The termination flags: two letters for what ended the request, and in which step.
    public var flags = "--"
  }

  public var duration: Span? { endedAt.map { $0 - startedAt } }
}
