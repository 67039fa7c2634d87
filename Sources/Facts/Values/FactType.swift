import Blueprint
import Inspector

/// What a fact can be. Found before anything is run.
public indirect enum FactType: Equatable, Sendable {
  case bool, number, duration, rate, status, kind, component, text
  /// One word of a closed set.
  case word(Vocabulary)
  /// How often each was met: `{server-1: 5, server-2: 5}`.
  case counts(FactType)
  case set(FactType)
  case list(FactType)
  /// What commands brought about: a report with fields, and the site after them.
  case run
  /// A site that is not the one at hand, asked as `start.primary`.
  case world
  case latency, request
  /// What a reply says under a name that no fact is about: whatever it turns out to be.
  case told
  /// The element of an empty set or list, which fits everywhere.
  case anything

  /// For people: `a number`, `a set of components`.
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
    case .world: "a site"
    case .latency: "latencies"
    case .request: "a request"
    case .told: "what a reply says"
    case .anything: "anything"
    }
  }

  private var plural: String {
    switch self {
    case .bool, .counts, .set, .list, .run, .world, .latency, .told, .anything: ""
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

  /// What one would type, for hints.
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
    case .world: "start"
    case .latency: "run(send 4).latency"
    case .request: "run(send 4).requests[0]"
    case .told: "run(audit).findings"
    case .anything: ""
    }
  }

  /// The words of a closed set.
  var choices: [String] {
    switch self {
    case .kind: RequestKind.allCases.map { $0.rawValue }
    case .word(let vocabulary): vocabulary.words
    case .status: ["refused", "timeout"]
    case .set(let element), .list(let element): element.choices
    case .bool, .number, .duration, .rate, .component, .text, .counts, .run, .world, .latency, .request,
      .told, .anything:
      []
    }
  }

  /// Whether values of both can be compared; the more definite of the two.
  func unified(with other: FactType) -> FactType? {
    switch (self, other) {
    case (.anything, let type), (let type, .anything): type
    case (.told, let type), (let type, .told): type.isAnswer && type.isTellable ? type : nil
    case (.set(let a), .set(let b)): a.unified(with: b).map { .set($0) }
    case (.list(let a), .list(let b)): a.unified(with: b).map { .list($0) }
    case (.counts(let a), .counts(let b)): a.unified(with: b).map { .counts($0) }
    // `{}` counts nothing as well.
    case (.set(.anything), .counts), (.counts, .set(.anything)): self == .set(.anything) ? other : self
    default: self == other ? self : nil
    }
  }

  /// Whether a reply can say such a thing: it has no units.
  var isTellable: Bool {
    switch self {
    case .duration, .rate: false
    case .set(let element), .list(let element): element.isTellable
    case .bool, .number, .status, .kind, .component, .text, .word, .counts, .run, .world, .latency, .request,
      .told, .anything:
      true
    }
  }

  /// Whether its values are words that are written as they are, where they are expected.
  var isOfWords: Bool { self == .told || self == .text }

  /// Whether it is an answer that can be shown.
  var isAnswer: Bool { self != .run && self != .world && self != .anything }
}
