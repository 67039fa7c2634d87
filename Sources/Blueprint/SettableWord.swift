/// A property whose setting has a fixed set of words.
protocol SettableWord: Settable, CaseIterable, RawRepresentable where RawValue == String {
  /// What the word means, for completion.
  var meaning: String { get }
}

extension SettableWord {
  var setting: Setting.Value? { .word(rawValue) }

  init?(setting: Setting.Value) {
    guard case .word(let word) = setting else { return nil }
    self.init(rawValue: word)
  }
}

extension Setting.Values {
  /// Returns the words of an enum as the values of a setting.
  static func words<Word: SettableWord>(_ type: Word.Type) -> Setting.Values {
    .words(Word.allCases.map { SettingWord(text: $0.rawValue, meaning: $0.meaning) })
  }
}

extension ServerState: SettableWord {
  var meaning: String {
    switch self {
    case .ready: "takes requests"
    case .drain: "no new requests; still checked"
    case .maint: "no requests at all, and no checks"
    }
  }
}

extension CheckKind: SettableWord {
  var meaning: String {
    switch self {
    case .off: "no health checks: a failed server still gets requests"
    case .tcp: "passes if the port is open"
    case .http: "passes if the health page is answered without an error"
    }
  }
}

extension CheckPath: SettableWord {
  var meaning: String {
    switch self {
    case .nginx: "nginx answers the check itself"
    case .app: "the application answers, without the database"
    case .database: "the application answers after one read from the database"
    }
  }
}

extension Replication: SettableWord {
  var meaning: String {
    switch self {
    case .async: "a write is acknowledged at once, and replicated afterwards"
    case .semiSync: "a write is acknowledged when a replica has received it"
    }
  }
}

extension WriteRouting: SettableWord {
  var meaning: String {
    switch self {
    case .primary: "to the primary, on whichever host it is"
    case .local: "to the node on the application's host, which refuses if it is a replica"
    }
  }
}

extension ReadRouting: SettableWord {
  var meaning: String {
    switch self {
    case .local: "from the node on the application's host"
    case .replica: "from a replica"
    case .primary: "from the primary only: never stale"
    case .any: "from any node"
    }
  }
}

extension Failover: SettableWord {
  var meaning: String {
    switch self {
    case .manual: "an operator uses promote"
    case .auto: "a replica that loses its primary is promoted automatically"
    }
  }
}

extension ServiceDistribution: SettableWord {
  var meaning: String {
    switch self {
    case .constant: "always the mean"
    case .exponential: "drawn around the mean: mostly short, sometimes long"
    }
  }
}

extension Monitor.Direction: SettableWord {
  var meaning: String {
    switch self {
    case .push: "the agent sends its metrics; if it fails, nothing arrives"
    case .pull: "a collector polls the agent, so it also notices a refusal"
    }
  }
}
