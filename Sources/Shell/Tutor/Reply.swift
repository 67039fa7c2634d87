import Blueprint
import Facts
import Inspector
import Simulator

/// The reply to one command: lines for people, JSON members for programs, and an effect for the main program.
public struct Reply: Equatable, Sendable {
  /// The command as typed, trimmed.
  public var command: String
  /// The full name of the command.
  public var verb: String
  public var lines: [Line]
  /// The JSON members of the whole reply, without the requests.
  var members: [JSON.Member]
  var requests: RequestList?
  public var failure: Failure?
  public var effect: Effect?
  /// What the command did, for facts; nil if it was refused.
  var result: CommandResult?

  public var isOK: Bool { failure == nil }

  /// The whole reply as one JSON object. It is built on demand, because building it is slow for many requests
  /// and most people read the lines.
  public var json: JSON {
    guard let requests else { return .object(members) }
    return .object(members[..<requests.position] + [requests.member] + members[requests.position...])
  }
}

extension Reply {
  /// All lines that a person sees, including those of a failure.
  var shown: [Line] {
    guard let failure else { return lines }
    return lines + [Line(failure.message, .failed)]
      + (failure.hint.isEmpty ? [] : [Line("  \(failure.hint)", .faint)])
  }
}
