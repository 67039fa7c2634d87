/// How a balancer spreads requests: HAProxy's own algorithms by HAProxy's own names.
public enum Algorithm: String, CaseIterable, Sendable {
  case roundrobin
  case staticRR = "static-rr"
  case leastconn, first, source, uri, random

  /// What tells the algorithms apart, in one table.
  public var traits: AlgorithmTraits {
    switch self {
    case .roundrobin: AlgorithmTraits(joinsQueue: true)
    case .staticRR: AlgorithmTraits(hasFixedTable: true, joinsQueue: true)
    case .leastconn: AlgorithmTraits(countsLoad: true)
    case .first: AlgorithmTraits(countsLoad: true, joinsQueue: true)
    case .source: AlgorithmTraits(hashes: .address, hasFixedTable: true)
    case .uri: AlgorithmTraits(hashes: .path, hasFixedTable: true)
    case .random: AlgorithmTraits()
    }
  }

  /// How it chooses, for help and completion.
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

  /// Whether weights can change to any value while it runs. A table that was made at the start cannot change.
  public func isDynamic(consistent: Bool) -> Bool {
    !traits.hasFixedTable || (consistent && traits.hashes != nil)
  }
}

/// What an algorithm needs for a choice, and what that means for retries and queues.
public struct AlgorithmTraits: BitwiseCopyable, Equatable, Sendable {
  /// What a hash is made of.
  public enum HashedPart: BitwiseCopyable, Sendable {
    /// The user's address.
    case address
    /// The path of the page.
    case path
  }

  /// What of a request the choice depends on; nil if each request gets the next choice. Only a hash can be consistent.
  public var hashes: HashedPart?
  /// Whether it reads a table that is made at the start.
  public var hasFixedTable = false
  /// Whether the next choice depends on how many requests the servers have in flight.
  public var countsLoad = false
  /// Whether a request goes to the end of the common queue, without a choice, if others wait there already.
  ///
  /// This is so even if a server is idle, as one that has come back from `drain` may be. It is not so if no server may
  /// serve.
  public var joinsQueue = false

  /// Whether, with `option redispatch`, each retry goes to another server at once, and not only the last one.
  public var redispatchesAtOnce: Bool { hashes == nil }
}

/// What the operator has set for a server.
public enum ServerState: String, BitwiseCopyable, CaseIterable, Sendable {
  case ready, drain, maint
}
