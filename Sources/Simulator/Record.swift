import Blueprint

/// What is kept of one request: the row of a reply, a line of the log.
public struct Record: Equatable, Sendable {
  public let number: Int
  public var name: String?
  public let kind: RequestKind
  public let source: IPv4
  public let path: String
  public var balancer: String?
  /// The host that answered, or, while it is in flight, that it was given to.
  public var server: String?
  public var database: String?
  public var end: End?
  public let startedAt: Span
  public var endedAt: Span?
  public var isStale = false
  /// An error, but what it sent is stored.
  public var isStoredAnyway = false
  public var isQueued = false
  public var log = Timing()

  /// What a browser sees in the end.
  public enum End: Equatable, Sendable {
    case status(Int)
    case refused
    case timeout
  }

  /// The times and counts of HAProxy's httplog line.
  public struct Timing: Equatable, Sendable {
    /// Waiting in queues, connecting, waiting for the answer; nil for a stage that was not reached.
    public var queue: Span?
    public var connect: Span?
    public var response: Span?
    /// The server of the last attempt, also where it did not answer.
    public var server: String?
    public var retries = 0
    public var redispatched = false
    public var serverConnections = 0
    public var backendConnections = 0
    public var serverQueue = 0
    public var backendQueue = 0
    /// The two letters that say who ended it and when.
    public var flags = "--"
  }

  public var duration: Span? { endedAt.map { $0 - startedAt } }
}
