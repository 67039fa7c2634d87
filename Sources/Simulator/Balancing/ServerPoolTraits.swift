import Blueprint

/// The consequences of the algorithm for retries and queues.
extension ServerPool {
  var redispatchesAtOnce: Bool { traits.redispatchesAtOnce }

  /// Whether the choice depends on the request.
  var choosesByHash: Bool { traits.hashInput != nil }

  var countsLoad: Bool { traits.countsLoad }

  var joinsQueue: Bool { traits.joinsQueue }
}
