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
    case .off: "nobody asks: a dead server keeps getting requests"
    case .tcp: "the port must be open"
    case .http: "a page must come back without an error"
    }
  }
}

extension CheckPath: SettableWord {
  var meaning: String {
    switch self {
    case .nginx: "the web server answers by itself"
    case .app: "the application answers, without the database"
    case .database: "the application reads one row first"
    }
  }
}

extension Replication: SettableWord {
  var meaning: String {
    switch self {
    case .async: "a write is confirmed at once, and copied after"
    case .semiSync: "a write is confirmed when a replica has received it"
    }
  }
}

extension WriteRouting: SettableWord {
  var meaning: String {
    switch self {
    case .primary: "to the node that takes writes, wherever it is"
    case .local: "to the node beside the application, which may refuse"
    }
  }
}

extension ReadRouting: SettableWord {
  var meaning: String {
    switch self {
    case .local: "from the node beside the application"
    case .replica: "from a replica"
    case .primary: "from the primary alone: never old"
    case .any: "from any node"
    }
  }
}

extension Failover: SettableWord {
  var meaning: String {
    switch self {
    case .manual: "somebody says promote"
    case .auto: "a replica that misses its primary is promoted by itself"
    }
  }
}

extension ServiceDistribution: SettableWord {
  var meaning: String {
    switch self {
    case .constant: "always its mean"
    case .exponential: "drawn around its mean: mostly short, now and then long"
    }
  }
}

extension Monitor.Direction: SettableWord {
  var meaning: String {
    switch self {
    case .push: "the agent sends its numbers; a dead one says nothing"
    case .pull: "the collector asks; a refusal says something"
    }
  }
}
