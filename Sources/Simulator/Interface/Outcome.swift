import Blueprint

/// The outcome of an action.
public struct Outcome: Equatable, Sendable {
  public var events: [Event] = []
  public var traffic: Traffic?
  /// The records of the action's requests, in the order of sending, or of the names to release.
  public var records: [Record] = []
  /// The queued held requests that got a slot because of the action.
  public var dequeued: [Record] = []
  /// The numbers of the requests whose acknowledged writes a promotion lost.
  public var lost: [Int] = []

  public init(events: [Event] = [], lost: [Int] = []) {
    self.events = events
    self.lost = lost
  }
}
