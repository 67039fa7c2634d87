import Blueprint
import Facts
import Inspector
import Simulator

/// The reply to one command: lines for people, members for programs, and what only the edge can do.
public struct Reply: Equatable, Sendable {
  /// The command as typed, trimmed.
  public var command: String
  /// Its first word in full.
  public var verb: String
  public var lines: [Line]
  /// The whole answer's members for programs, but for the requests.
  var members: [JSON.Member]
  var requests: RequestList?
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

extension Reply {
  /// All lines that a person sees.
  var shown: [Line] {
    guard let failure else { return lines }
    return lines + [Line(failure.message, .failed)]
      + (failure.hint.isEmpty ? [] : [Line("  \(failure.hint)", .faint)])
  }
}
