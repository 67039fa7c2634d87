import Facts
import Inspector
import Simulator

/// What a command has to say: lines for people, members for programs.
struct Answer: Equatable, Sendable {
  var lines: [Line] = []
  var members: [JSON.Member] = []
  var requests: RequestList?
  var events: [Event] = []
  var effect: Effect?
  /// What the command did, for facts. The time is set when the reply is made.
  var result = CommandResult()
  /// Text for elsewhere, whose lines are as long as they are.
  var isVerbatim = false

  init(_ lines: [Line] = [], _ members: [JSON.Member] = [], events: [Event] = []) {
    self.lines = lines
    self.members = members
    self.events = events
  }

  init(_ text: String) { lines = [Line(text)] }

  /// Tells programs of requests, behind the members that are there already.
  mutating func list(_ records: [Record]) {
    requests = RequestList(records: records, place: members.count)
    result.requests = records
  }
}

/// The requests of an answer, which are written among its members.
struct RequestList: Equatable, Sendable {
  let records: [Record]
  /// How many members are before the requests.
  var place: Int

  var member: JSON.Member { JSON.Member(.requests, .array(records.map { $0.json })) }
}

/// What only the edge can do.
public enum Effect: Equatable, Sendable {
  case quit
  /// What an earlier session left is this session's now.
  case resumed
}
