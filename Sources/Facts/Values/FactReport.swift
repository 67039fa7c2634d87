import Inspector
import Simulator

/// The reply to a command: the result for the fields of `run(…)`, and the JSON for `.reply`.
public struct FactReply: Sendable {
  /// The result of the command, or nil if no command was run.
  let result: CommandResult?
  private let lazyJSON: LazyJSON

  public init(_ result: CommandResult?, json: @escaping @Sendable () -> JSON) {
    self.result = result
    lazyJSON = LazyJSON(json)
  }

  /// Returns the reply to the last command of a run in which these alerts were sent and connections lost.
  func ofRun(alerts: [Alert], lostConnections: Int) -> FactReply {
    var result = result
    result?.firstAlertOfRun = alerts.first?.time
    result?.connectionsLostInRun = lostConnections
    let lazyJSON = lazyJSON
    return FactReply(result) { lazyJSON.value }
  }

  /// The reply when no command was run.
  public static let none = FactReply(nil) { .null }

  var json: JSON { lazyJSON.value }
}

/// JSON that is made only on demand, because many requests take long to convert. One thread at a time may
/// read it.
private final class LazyJSON: @unchecked Sendable {
  private let make: @Sendable () -> JSON
  private(set) lazy var value = make()

  init(_ make: @escaping @Sendable () -> JSON) { self.make = make }
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

  /// Returns whether both have the same JSON, even if they are of different cases.
  public static func == (a: FactReport, b: FactReport) -> Bool { a.json == b.json }
}
