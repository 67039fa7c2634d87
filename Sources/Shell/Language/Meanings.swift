import Blueprint

/// The meanings of the words that a setting accepts.
extension Setting {
  func meaning(of word: String) -> String {
    switch (values, word) {
    case (.flag, "on"): summary.hasPrefix("whether ") ? String(summary.dropFirst(8)) : summary
    case (.flag, _): "not so"
    case (.limit, _): "no limit"
    case (.optionalSpan, _): "the usual one"
    case (.words(let words), _): words.first { $0.text == word }?.meaning ?? ""
    case (.number, _), (.weight, _), (.span, _): ""
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

  /// The word that lessons use for the kind.
  var lessonWord: String {
    switch self {
    case .static: "picture"
    case .read: "page"
    case .write: "comment"
    }
  }

  /// The words that commands accept for the kind, in full.
  var names: [String] { [rawValue, "\(rawValue)s", lessonWord, "\(lessonWord)s"] }

  /// Returns the kind that the word names: with one of its names, or with an abbreviation of its keyword of at
  /// least two letters.
  static func named(_ word: String) -> RequestKind? {
    let text = word.lowercased()
    return allCases.first { kind in
      kind.names.contains(text) || text.count >= 2 && kind.rawValue.hasPrefix(text)
    }
  }
}
