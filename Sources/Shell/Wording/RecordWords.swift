import Blueprint
import Inspector
import Simulator

extension Record {
  var title: String { name.map { "request \($0)" } ?? "request \(number)" }

  /// How the request ended, or where it is.
  var ending: String {
    guard let end, let duration else { return whereabouts }
    let responder =
      server ?? (end == .status(503) || end == .status(504) || end == .status(502) ? balancer : nil)
    return "\(end.word)\(responder.map { " from \($0)" } ?? "") after \(duration.words)"
  }

  var whereabouts: String {
    if end != nil { return ending }
    if isQueued { return "waits for a slot" }
    return server.map { "is held by \($0)" } ?? "has reached no server yet"
  }
}

/// The line about a request in HAProxy's log, in the format of `option httplog`. No cookies are captured or
/// set, so their fields are `-`.
struct HTTPLogLine {
  let record: Record
  /// The fields: the client, the date, the frontend, the backend and server, five times in milliseconds,
  /// status, bytes, two captured cookies, the termination state, five counts of connections and retries, two
  /// queues and the request. A time that was not reached is -1; so is the status if no answer was sent.
  var text: String {
    let log = record.log
    let route = "www \(record.balancer ?? "-")/\(log.server ?? "<NOSRV>")"
    let times = ["0", ms(log.queue), ms(log.connect), ms(log.response), ms(record.duration)]
    let connections = max(1, log.backendConnections)
    let retries = "\(log.redispatched ? "+" : "")\(log.retries)"
    let counts = "\(connections)/\(connections)/\(log.backendConnections)/\(log.serverConnections)/\(retries)"
    return [
      "\(record.source.text):\(port)", "[\(date)]", route, times.joined(separator: "/"), status, "\(bytes)",
      "- -", "\(log.flags)--", counts, "\(log.serverQueue)/\(log.backendQueue)",
      "\"\(record.kind == .write ? "POST" : "GET") \(record.path) HTTP/1.1\"",
    ].joined(separator: " ")
  }

  private func ms(_ span: Span?) -> String { span.map { "\($0.nanoseconds / 1_000_000)" } ?? "-1" }

  private var status: String {
    if case .status(let status) = record.end { return "\(status)" }
    return "-1"
  }

  /// The time of the request, in HAProxy's format. The site's clock starts on 1 January 1970 at midnight.
  private var date: String {
    let milliseconds = record.startedAt.nanoseconds / 1_000_000
    let seconds = milliseconds / 1_000
    let (day, month, year) = Calendar.date(afterDays: Int(seconds / 86_400))
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let fraction = "\(milliseconds % 1_000 + 1_000)".dropFirst()
    let time = "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(fraction)"
    return "\(two(Int64(day)))/\(month)/\(year):\(time)"
  }

  /// The port of the user's connection. The model has no ports of users, so each request gets the next
  /// ephemeral port of Linux.
  private var port: Int { 32_768 + record.number % 28_232 }

  /// The size of the answer. The model has no sizes, so each kind of answer has a typical one; those of 503
  /// and 504 are the sizes of HAProxy's own pages.
  private var bytes: Int {
    guard case .status(let status) = record.end else { return 0 }
    switch status {
    case 200:
      switch record.kind {
      case .static: return 24_816
      case .read: return 5_402
      case .write: return 318
      }
    case 503: return 217
    case 504: return 198
    default: return 309
    }
  }
}

/// Calendar dates in HAProxy's format.
private enum Calendar {
  private static let months = [
    ("Jan", 31), ("Feb", 28), ("Mar", 31), ("Apr", 30), ("May", 31), ("Jun", 30), ("Jul", 31), ("Aug", 31),
    ("Sep", 30), ("Oct", 31), ("Nov", 30), ("Dec", 31),
  ]

  /// Returns the date so many days after 1 January 1970.
  static func date(afterDays days: Int) -> (day: Int, month: String, year: Int) {
    var (days, year) = (days, 1970)
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    // 146,097 days are 400 years.
    year += days / 146_097 * 400
    days %= 146_097
    while days >= (isLeap(year) ? 366 : 365) {
      days -= isLeap(year) ? 366 : 365
      year += 1
    }
    for (name, length) in months {
      let length = name == "Feb" && isLeap(year) ? 29 : length
      if days < length { return (days + 1, name, year) }
      days -= length
    }
    return (31, "Dec", year)
  }
}
