import Blueprint
import Facts
import Inspector
import Simulator

/// What comes back for one command: lines for people, members for programs, and what only the edge can do.
public struct Reply: Equatable, Sendable {
  /// The command as typed, trimmed.
  public var command: String
  /// Its first word in full.
  public var verb: String
  public var lines: [Line]
  /// The whole answer's members for programs, but for the requests.
  var members: [JSON.Member]
  var requests: Requests?
  public var failure: Failure?
  public var effect: Effect?
  /// What the command did, for facts; nil if it was refused.
  var result: CommandResult?

  public var isOK: Bool { failure == nil }

  /// The whole answer as one JSON object. It is made when somebody asks, since most people read the lines, and to write
  /// down the requests of a big run takes as long as to serve several times as many.
  public var json: JSON {
    guard let requests else { return .object(members) }
    return .object(members[..<requests.place] + [requests.member] + members[requests.place...])
  }
}

/// The requests that an answer tells of, among its members.
struct Requests: Equatable, Sendable {
  let records: [Record]
  /// So many members stand before them.
  var place: Int

  fileprivate var member: JSON.Member { JSON.Member("requests", .array(records.map { $0.json })) }
}

/// Why a command was refused or failed, in words.
public struct Failure: Error, Equatable, Sendable {
  /// Stable, for programs: `unknown-component`.
  public var code: String
  public var message: String
  /// What would be right; may be empty.
  public var hint: String
  /// The first and last character of the command that it is about, where it is about a word; for pointing at it.
  public var place: Range<Int>?
}

/// What only the edge can do.
public enum Effect: Equatable, Sendable {
  case quit
  /// What an earlier session left is this session's now.
  case resumed
}

/// A line of words with their looks. Contains no control characters.
public struct Line: Equatable, Sendable {
  public var spans: [Span]

  public struct Span: Equatable, Sendable {
    public var text: String
    public var look: Look
  }

  public enum Look: Equatable, Sendable {
    case plain
    /// What matters.
    case accent
    /// What failed.
    case failed
    /// What can be skipped.
    case faint
  }

  public init(_ text: String = "", _ look: Look = .plain) {
    spans = text.isEmpty ? [] : [Span(text: text, look: look)]
  }

  public init(spans: [Span]) { self.spans = spans }

  public static func + (a: Line, b: Line) -> Line { Line(spans: a.spans + b.spans) }

  /// Without looks.
  public var text: String { spans.map { $0.text }.joined() }
}
