import Blueprint

/// What the algorithm means for the requests around a choice: retries and queues.
extension Farm {
  /// Whether, with `option redispatch`, each retry goes to another server at once, and not the last one
  /// only.
  var redispatchesAtOnce: Bool {
    switch algorithm {
    case .roundrobin, .staticRR, .leastconn, .first, .random: true
    case .source, .uri: false
    }
  }

  /// Whether a choice depends on the request.
  var choosesByHash: Bool {
    switch algorithm {
    case .source, .uri: true
    case .roundrobin, .staticRR, .leastconn, .first, .random: false
    }
  }

  /// Whether the next choice depends on how many requests the servers have in flight.
  var countsLoad: Bool {
    switch algorithm {
    case .leastconn, .first: true
    case .roundrobin, .staticRR, .source, .uri, .random: false
    }
  }

  /// Whether a request goes to the end of the common queue, without a choice, if others wait there already.
  ///
  /// It does so even if a server is idle, for example one that has come back from `drain`.
  var joinsQueue: Bool {
    switch algorithm {
    case .roundrobin, .staticRR, .first: true
    case .leastconn, .source, .uri, .random: false
    }
  }
}
