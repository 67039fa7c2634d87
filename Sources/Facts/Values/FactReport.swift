import Inspector
import Simulator

/// The reply to a command: the result for the fields of `run(…)`, and the JSON for `.reply`.
public struct FactReply: Sendable {
  /// The result of the command, or nil if no command was run.
  let result: CommandResult?
  /// Returns the JSON of the reply. It is made only if a fact needs it, because a million requests take long
  /// to convert.
  private let makeJSON: @Sendable () -> JSON

  public init(_ result: CommandResult?, json: @escaping @Sendable () -> JSON) {
    self.result = result
    makeJSON = json
  }

  /// The reply when no command was run.
  public static let none = FactReply(nil) { .null }

  var json: JSON { makeJSON() }
}

/// A value with fields: a reply, or an object in a reply.
public enum FactReport: Equatable, Sendable {
  case reply(FactReply)
  case latency(Latency)
  case request(Record)
  case object(JSON)

  var json: JSON {
    switch self {
    case .reply(let reply): reply.json
    case .latency(let latency): latency.json
    case .request(let record): record.json
    case .object(let json): json
    }
  }

  /// Whether both have the same JSON, even if they are of different cases.
  public static func == (a: FactReport, b: FactReport) -> Bool { a.json == b.json }
}
