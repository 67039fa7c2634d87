/// How a balancer spreads requests over its servers: HAProxy's algorithms, under HAProxy's names.
public enum Algorithm: String, CaseIterable, Sendable {
  case roundrobin
  case staticRR = "static-rr"
  case leastconn, first, source, uri, random

  /// The properties in which the algorithms differ.
  public var traits: AlgorithmTraits {
    switch self {
    case .roundrobin: AlgorithmTraits(joinsQueue: true)
    case .staticRR: AlgorithmTraits(hasFixedTable: true, joinsQueue: true)
    case .leastconn: AlgorithmTraits(countsLoad: true)
    case .first: AlgorithmTraits(countsLoad: true, joinsQueue: true)
    case .source: AlgorithmTraits(hashInput: .address, hasFixedTable: true)
    case .uri: AlgorithmTraits(hashInput: .path, hasFixedTable: true)
    case .random: AlgorithmTraits()
    }
  }

  /// How the algorithm chooses a server, in a few words, for help and completion.
  public var summary: String {
    switch self {
    case .roundrobin: "each server in turn, by weight"
    case .staticRR: "each server in turn, by a fixed table; weights cannot change at run time"
    case .leastconn: "to the server with the fewest requests in flight"
    case .first: "to the first server that has a free slot"
    case .source: "by the user's address: a user always gets the same server"
    case .uri: "by the path: a page always comes from the same server"
    case .random: "the less busy of two servers drawn at random"
    }
  }

  /// Returns whether weights can change to any value while the balancer runs. A table that was made at the
  /// start cannot change.
  public func isDynamic(consistent: Bool) -> Bool {
    !traits.hasFixedTable || (consistent && traits.hashInput != nil)
  }
}

/// What an algorithm bases its choice on, and the consequences for retries and queues.
public struct AlgorithmTraits: BitwiseCopyable, Equatable, Sendable {
  /// The part of a request that an algorithm hashes.
  public enum HashInput: BitwiseCopyable, Sendable {
    /// The user's address.
    case address
    /// The path of the requested page.
    case path
  }

  /// The part of a request that the choice depends on; nil if it does not depend on the request. Only an
  /// algorithm that hashes can be consistent.
  public var hashInput: HashInput?
  /// Whether the algorithm reads a table that is made at the start.
  public var hasFixedTable = false
  /// Whether the choice depends on how many requests the servers have in flight.
  public var countsLoad = false
  /// Whether a new request joins the end of the common queue, without a choice, if other requests already
  /// wait there.
  ///
  /// It joins even if a server is idle, for example one that has just left `drain`. It does not join if no
  /// server is available.
  public var joinsQueue = false

  /// Whether, with `option redispatch`, every retry goes to another server, not only the last retry.
  public var redispatchesAtOnce: Bool { hashInput == nil }
}

/// The administrative state of a server, as set by the operator.
public enum ServerState: String, BitwiseCopyable, CaseIterable, Sendable {
  case ready, drain, maint
}
