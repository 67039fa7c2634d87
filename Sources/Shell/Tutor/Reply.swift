import Blueprint
import Facts
import Inspector
import Simulator

/// The reply to one command: lines for people, JSON members for programs, and an effect for the main program.
public struct Reply: Equatable, Sendable {
  /// The command that ran, trimmed: as typed, or what an everyday phrase meant.
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

  /// The reply to a command that ran because a phrase meant it. Its first line says which command ran.
  func meant(by phrase: String) -> Reply {
    var reply = self
    let typed = JSON.Member(.command, .string(phrase))
    reply.members = members.map { $0.name == typed.name ? typed : $0 }
    if let failure {
      reply.failure?.message = "`\(Sentences.clean(command, most: 120))`: \(failure.message)"
      reply.failure?.position = nil
    } else {
      reply.lines.insert(Line("Ran `\(Sentences.clean(command, most: 120))`.", .faint), at: 0)
    }
    return reply
  }
}
