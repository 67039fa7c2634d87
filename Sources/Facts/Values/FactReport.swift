import Inspector
import Simulator

/// The reply to a command: its result for the fields of `run(…)`, and its JSON for `.reply`.
public struct FactReply: Sendable {
  /// Nil if no command was run.
  let result: CommandResult?
  /// Only made if a fact asks for it, since the JSON of a million requests takes long to make.
  private let makeJSON: @Sendable () -> JSON

  public init(_ result: CommandResult?, json: @escaping @Sendable () -> JSON) {
    self.result = result
    makeJSON = json
  }

  /// The reply to no command.
  public static let none = FactReply(nil) { .null }

  var json: JSON { makeJSON() }
}

/// A value with fields: a reply, or an object in one.
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

  /// Whether both read the same, however they were found.
  public static func == (a: FactReport, b: FactReport) -> Bool { a.json == b.json }
}
