import Blueprint
import Simulator

/// The result of a command, as values for the fields of `run(…)`.
public struct CommandResult: Equatable, Sendable {
  public var traffic: Traffic?
  /// The requests that the reply lists, or nil if the command is not about requests.
  public var requests: [Record]?
  /// The number of acknowledged writes that a promotion lost.
  public var lostWrites: Int?
  /// The first failure and the first alert that `alerts` reports for the whole site.
  public var alerts: FirstOccurrences?
  /// The time of the first alert of a run, which may have several commands.
  var firstAlertOfRun: Span?
  /// How many connections were lost during a run.
  var connectionsLostInRun: Int?
  /// The virtual time after the command.
  public var time = Span.zero

  public init() {}

  /// The time of the first failure that a user saw, and of the first alert. Each is nil if there was none.
  public struct FirstOccurrences: Equatable, Sendable {
    let failure: Span?
    let alert: Span?

    public init(failure: Span?, alert: Span?) {
      self.failure = failure
      self.alert = alert
    }
  }

  /// The first failure and the first alert, if the command reports them.
  var firstOccurrences: FirstOccurrences? {
    guard let failure = alerts.map({ $0.failure }) ?? traffic.map({ $0.firstFailure }) else { return nil }
    return FirstOccurrences(failure: failure, alert: firstAlertOfRun)
  }

  /// How many connections the command or, if it sends no requests, the run has lost. Nil if fog hides it.
  var lostConnections: Int? {
    traffic == nil ? connectionsLostInRun : visibleTraffic?.lostConnections
  }

  /// The traffic, or nil if fog hides what happened inside the site.
  var visibleTraffic: Traffic? { traffic.flatMap { $0.isFromOutside ? nil : $0 } }
}
