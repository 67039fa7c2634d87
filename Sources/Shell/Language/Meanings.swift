import Blueprint

/// What the words mean that a setting may have, each in a few of our own.
extension Key {
  func meaning(of word: String) -> String {
    switch (values, word) {
    case (.flag, "on"): summary.hasPrefix("whether ") ? String(summary.dropFirst(8)) : summary
    case (.flag, _): "not so"
    case (.limit, _): "no limit"
    case (.usualSpan, _): "the usual one"
    case (.words, _): meaning(among: word)
    case (.number, _), (.weight, _), (.span, _): ""
    }
  }

  /// Returns an empty text if the setting has no list of words.
  private func meaning(among word: String) -> String {
    switch name {
    case .state: ServerState(rawValue: word)?.summary ?? ""
    case .check: CheckKind(rawValue: word)?.summary ?? ""
    case .checkPath: CheckPath(rawValue: word)?.summary ?? ""
    case .replication: Replication(rawValue: word)?.summary ?? ""
    case .writes: WriteRouting(rawValue: word)?.summary ?? ""
    case .reads: ReadRouting(rawValue: word)?.summary ?? ""
    case .failover: Failover(rawValue: word)?.summary ?? ""
    case .service: Service(rawValue: word)?.summary ?? ""
    case .way: Monitor.Way(rawValue: word)?.summary ?? ""
    case .weight, .maxconn, .backup, .slowstart, .redispatch, .retries, .allbackups, .inter, .fall, .rise,
      .timeoutConnect, .timeoutQueue, .timeoutServer, .timeoutRead, .maxFails, .failTimeout, .workers, .cost,
      .queue, .blocking, .lag, .semiSyncTimeout, .fallback, .fencing, .track, .patience, .seed, .validity,
      .mtbfHost, .mttrHost, .mtbfHaproxy, .mttrHaproxy, .mtbfNginx, .mttrNginx,
      .mtbfApp, .mttrApp, .mtbfFiles, .mttrFiles, .mtbfMysql, .mttrMysql,
      .interval, .tls:
      ""
    }
  }
}

extension RequestKind {
  var summary: String {
    switch self {
    case .static: "a file: nginx alone answers"
    case .read: "a page: the application asks a database node"
    case .write: "a comment: the application writes to the primary"
    }
  }
}

extension ServerState {
  fileprivate var summary: String {
    switch self {
    case .ready: "takes requests"
    case .drain: "no new requests; still checked"
    case .maint: "no requests at all, and no checks"
    }
  }
}

extension CheckKind {
  fileprivate var summary: String {
    switch self {
    case .off: "nobody asks: a dead server keeps getting requests"
    case .tcp: "the port must be open"
    case .http: "a page must come back without an error"
    }
  }
}

extension CheckPath {
  fileprivate var summary: String {
    switch self {
    case .nginx: "the web server answers by itself"
    case .app: "the application answers, without the database"
    case .database: "the application reads one row first"
    }
  }
}

extension Replication {
  fileprivate var summary: String {
    switch self {
    case .async: "a write is confirmed at once, and copied after"
    case .semiSync: "a write is confirmed when a replica has received it"
    }
  }
}

extension WriteRouting {
  fileprivate var summary: String {
    switch self {
    case .primary: "to the node that takes writes, wherever it is"
    case .local: "to the node beside the application, which may refuse"
    }
  }
}

extension ReadRouting {
  fileprivate var summary: String {
    switch self {
    case .local: "from the node beside the application"
    case .replica: "from a replica"
    case .primary: "from the primary alone: never old"
    case .any: "from any node"
    }
  }
}

extension Failover {
  fileprivate var summary: String {
    switch self {
    case .manual: "somebody says promote"
    case .auto: "a replica that misses its primary is promoted by itself"
    }
  }
}

extension Service {
  fileprivate var summary: String {
    switch self {
    case .constant: "always its mean"
    case .exponential: "drawn around its mean: mostly short, now and then long"
    }
  }
}

extension Monitor.Way {
  fileprivate var summary: String {
    switch self {
    case .push: "the agent sends its numbers; a dead one says nothing"
    case .pull: "the collector asks; a refusal says something"
    }
  }
}
