import Blueprint
import Inspector

/// The type of a fact, known before anything runs.
public indirect enum FactType: Equatable, Sendable {
  case bool, number, duration, rate, status, kind, component, text
  /// One word from a closed set.
  case word(Vocabulary)
  /// How often each key occurred: `{server-1: 5, server-2: 5}`.
  case counts(FactType)
  case set(FactType)
  case list(FactType)
  /// The result of commands: a reply with fields, and the site after the commands.
  case run
  /// Another site, as in `start.primary`.
  case site
  case latency, request
  /// A member of a reply, whose type is known only when the reply is read.
  case replyValue
  /// The element of an empty set or list, which fits any type.
  case anything

  /// The type in words: `a number`, `a set of components`.
  public var words: String {
    switch self {
    case .bool: "true or false"
    case .number: "a number"
    case .duration: "a length of time"
    case .rate: "a rate"
    case .status: "a status"
    case .kind: "a kind of request"
    case .component: "a component"
    case .text: "a text"
    case .word(.algorithm): "an algorithm"
    case .word(let vocabulary): "a \(vocabulary.rawValue)"
    case .counts: "counts"
    case .set(let element): "a set\(element.plural)"
    case .list(let element): "a list\(element.plural)"
    case .run: "a report"
    case .site: "a site"
    case .latency: "latencies"
    case .request: "a request"
    case .replyValue: "a value from a reply"
    case .anything: "anything"
    }
  }

  private var plural: String {
    switch self {
    case .bool, .counts, .set, .list, .run, .site, .latency, .replyValue, .anything: ""
    case .number: " of numbers"
    case .duration: " of lengths of time"
    case .rate: " of rates"
    case .status: " of statuses"
    case .kind: " of kinds of request"
    case .component: " of components"
    case .text: " of texts"
    case .word(let vocabulary):
      " of \(vocabulary.rawValue == "freshness" ? "words" : "\(vocabulary.rawValue)s")"
    case .request: " of requests"
    }
  }

  /// An example of a value to type, for hints.
  var example: String {
    switch self {
    case .bool: "primary == start.primary"
    case .number: "3"
    case .duration: "4s"
    case .rate: "150/s"
    case .status: "503"
    case .kind: "static, read or write"
    case .component: "server-1.mysql"
    case .text: "\"a text\""
    case .word(let vocabulary): vocabulary.words.joined(separator: ", ")
    case .counts: "{server-1: 5, server-2: 5}"
    case .set(.kind): "{static, read}"
    case .set: "{lb-1, server-1.mysql}"
    case .list: "[server-1, server-2]"
    case .run: "run(send 4)"
    case .site: "start"
    case .latency: "run(send 4).latency"
    case .request: "run(send 4).requests[0]"
    case .replyValue: "run(audit).findings"
    case .anything: ""
    }
  }

  /// The type of the elements of a set or list, or of the keys of counts.
  var element: FactType? {
    switch self {
    case .set(let type), .list(let type), .counts(let type): type
    case .replyValue: .replyValue
    case .bool, .number, .duration, .rate, .status, .kind, .component, .text, .word, .run, .site, .latency,
      .request, .anything:
      nil
    }
  }

  /// The words that can be typed for a value of the type.
  var choices: [String] {
    switch self {
    case .kind: RequestKind.allCases.map { $0.rawValue }
    case .word(let vocabulary): vocabulary.words
    case .status: ["refused", "timeout"]
    case .set(let element), .list(let element): element.choices
    case .bool, .number, .duration, .rate, .component, .text, .counts, .run, .site, .latency, .request,
      .replyValue, .anything:
      []
    }
  }

  /// Returns the more definite of two types, or nil if their values cannot be compared.
  func unified(with other: FactType) -> FactType? {
    switch (self, other) {
    case (.anything, let type), (let type, .anything): type
    case (.replyValue, let type), (let type, .replyValue): type.isValue && type.canBeInReply ? type : nil
    case (.set(let a), .set(let b)): a.unified(with: b).map { .set($0) }
    case (.list(let a), .list(let b)): a.unified(with: b).map { .list($0) }
    case (.counts(let a), .counts(let b)): a.unified(with: b).map { .counts($0) }
    // `{}` may also be empty counts.
    case (.set(.anything), .counts), (.counts, .set(.anything)): self == .set(.anything) ? other : self
    default: self == other ? self : nil
    }
  }

  /// Whether a reply can contain a value of the type. A reply contains no values with units.
  var canBeInReply: Bool {
    switch self {
    case .duration, .rate: false
    case .set(let element), .list(let element): element.canBeInReply
    case .bool, .number, .status, .kind, .component, .text, .word, .counts, .run, .site, .latency, .request,
      .replyValue, .anything:
      true
    }
  }

  /// Whether values of the type may be typed without quotation marks.
  var isOfWords: Bool { self == .replyValue || self == .text }

  /// Whether a value of the type can be printed.
  var isValue: Bool { self != .run && self != .site && self != .anything }
}
