/// How a balancer spreads requests: HAProxy's own algorithms by HAProxy's own names.
public enum Algorithm: String, CaseIterable, Sendable {
  case roundrobin
  case staticRR = "static-rr"
  case leastconn, first, source, uri, random

  /// Whether weights can be changed to any value while it runs. Those that read a table made at the start cannot.
  public func isDynamic(consistent: Bool) -> Bool {
    switch self {
    case .roundrobin, .leastconn, .first, .random: true
    case .staticRR: false
    case .source, .uri: consistent
    }
  }

  /// Whether it chooses by a hash, so that `consistent` says something about it.
  public var hashes: Bool {
    switch self {
    case .source, .uri: true
    case .roundrobin, .staticRR, .leastconn, .first, .random: false
    }
  }

  public var summary: String {
    switch self {
    case .roundrobin: "in turns, by weight"
    case .staticRR: "in turns by a fixed table; weights cannot change while it runs"
    case .leastconn: "to the server with the fewest requests in flight"
    case .first: "to the first server that has a free slot"
    case .source: "by the user's address: the same user, the same server"
    case .uri: "by the path: the same page, the same server"
    case .random: "two servers drawn at random, the less busy one of them"
    }
  }
}

/// What an operator has said of a server.
public enum ServerState: String, BitwiseCopyable, CaseIterable, Sendable {
  case ready, drain, maint
}
