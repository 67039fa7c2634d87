import Blueprint

/// What the algorithm means for the requests around a choice: retries and queues.
extension Farm {
  var redispatchesAtOnce: Bool { traits.redispatchesAtOnce }

  /// Whether a choice depends on the request.
  var choosesByHash: Bool { traits.hashes != nil }

  var countsLoad: Bool { traits.countsLoad }

  var joinsQueue: Bool { traits.joinsQueue }
}
