import Blueprint

/// What an action has caused.
public struct Outcome: Equatable, Sendable {
  public var events: [Event] = []
  public var traffic: Traffic?
  /// The records of the requests that the action was about, in the order of sending.
  public var records: [Record] = []
  /// The held requests that got a slot because of it.
  public var dequeued: [Record] = []
  /// The requests whose acknowledged writes a promotion lost.
  public var lost: [Int] = []

  public init(events: [Event] = [], lost: [Int] = []) {
    self.events = events
    self.lost = lost
  }
}
