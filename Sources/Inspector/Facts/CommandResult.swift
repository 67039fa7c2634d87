import Blueprint
import Simulator

/// What a command did, as values: the source of the fields of `run(…)`.
public struct CommandResult: Equatable, Sendable {
  public var traffic: Traffic?
  /// The requests that the reply lists; nil if it lists none by design.
  public var requests: [Record]?
  /// How many acknowledged writes a promotion lost.
  public var lostWrites: Int?
  /// What `alerts` reports of the whole site.
  public var alerts: FirstSigns?
  /// The virtual time after the command.
  public var time = Span.zero

  public init() {}

  /// When a user first saw a failure, and when the operators were first alerted.
  public struct FirstSigns: Equatable, Sendable {
    let failure: Span?
    let alert: Span?

    public init(failure: Span?, alert: Span?) {
      self.failure = failure
      self.alert = alert
    }
  }

  /// The first failure and the first alert, if the command reports them.
  var firstSigns: FirstSigns? {
    alerts ?? traffic.map { FirstSigns(failure: $0.firstFailure, alert: $0.firstAlert) }
  }

  /// The traffic, unless fog hides what happened inside the site.
  var visibleTraffic: Traffic? { traffic.flatMap { $0.isFromOutside ? nil : $0 } }
}

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
