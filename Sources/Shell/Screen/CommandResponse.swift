import Facts
import Inspector
import Simulator

/// The result of a command: lines for people, JSON members for programs.
struct CommandResponse: Equatable, Sendable {
  var lines: [Line] = []
  var members: [JSON.Member] = []
  var requests: RequestList?
  var events: [Event] = []
  var effect: Effect?
  /// What the command did, for facts. The time is added later, when the reply is built.
  var result = CommandResult()
  /// Whether the lines are text for another program, so they must not be wrapped.
  var isVerbatim = false

  init(_ lines: [Line] = [], _ members: [JSON.Member] = [], events: [Event] = []) {
    self.lines = lines
    self.members = members
    self.events = events
  }

  init(_ text: String) { lines = [Line(text)] }

  /// Adds the requests to the JSON, after the members that the response has so far.
  mutating func list(_ records: [Record]) {
    requests = RequestList(records: records, position: members.count)
    result.requests = records
  }
}

/// The requests of a response, which are written among its JSON members.
struct RequestList: Equatable, Sendable {
  let records: [Record]
  /// The number of members that precede the requests.
  var position: Int

  var member: JSON.Member { JSON.Member(.requests, .array(records.map { $0.json })) }
}

/// An effect of a command that only the main program can carry out.
public enum Effect: Equatable, Sendable {
  case quit
  /// The terminal's screen is to be cleared.
  case clearedScreen
  /// This session now owns the unfinished site of an earlier session.
  case resumed
}
