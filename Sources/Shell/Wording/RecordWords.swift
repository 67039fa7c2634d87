import Blueprint
import Inspector
import Simulator

extension Record.End {
  var words: String {
    switch self {
    case .status(let status): "\(status)"
    case .refused: "refused"
    case .timeout: "timeout"
    }
  }

  var json: JSON {
    switch self {
    case .status(let status): .integer(status)
    case .refused: .string("refused")
    case .timeout: .string("timeout")
    }
  }
}

extension Record {
  var title: String { name.map { "request \($0)" } ?? "request \(number)" }

  /// How the request ended, or where it is.
  var ending: String {
    guard let end, let duration else { return whereabouts }
    let who = server ?? (end == .status(503) || end == .status(504) || end == .status(502) ? balancer : nil)
    return "\(end.words)\(who.map { " from \($0)" } ?? "") after \(duration.words)"
  }

  var whereabouts: String {
    if end != nil { return ending }
    if isQueued { return "waits for a slot" }
    return server.map { "is held by \($0)" } ?? "has reached no server yet"
  }

  var json: JSON {
    var members = [
      JSON.Member(.id, name.map { .string($0) } ?? .integer(number)),
      JSON.Member(.kind, .string(kind.rawValue)),
      JSON.Member(.from, .string(source.text)), JSON.Member(.path, .string(path)),
      JSON.Member(.balancer, balancer.map { .string($0) } ?? .null),
      JSON.Member(.server, server.map { .string($0) } ?? .null),
      JSON.Member(.database, database.map { .string($0) } ?? .null),
      JSON.Member(.status, end?.json ?? .null),
      JSON.Member(.ms, duration.map { .milliseconds($0) } ?? .null), JSON.Member(.stale, .flag(isStale)),
    ]
    if isQueued { members.append(JSON.Member(.queued, .flag(true))) }
    if isStoredAnyway { members.append(JSON.Member(.storedAnyway, .flag(true))) }
    return .object(members)
  }

  /// The status code, or HAProxy's -1 if no answer was sent.
  private var statusColumn: String {
    if case .status(let status) = end { return "\(status)" }
    return "-1"
  }

  /// The request in the style of HAProxy's httplog. The fields are the source, time, servers, five durations,
  /// status, ending, counts and request.
  var logLine: String {
    func ms(_ span: Span?) -> String { span.map { "\($0.nanoseconds / 1_000_000)" } ?? "-1" }
    let way = "www \(balancer ?? "-")/\(log.server ?? "<NOSRV>")"
    let times = "0/\(ms(log.queue))/\(ms(log.connect))/\(ms(log.response))/\(ms(duration))"
    let retries = "\(log.redispatched ? "+" : "")\(log.retries)"
    let counts =
      "\(log.backendConnections)/\(log.serverConnections)/\(retries) \(log.serverQueue)/\(log.backendQueue)"
    let method = kind == .write ? "POST" : "GET"
    let moment = JSON.decimal(startedAt.nanoseconds / 1_000_000)
    return
      "\(source.text) [\(moment)] \(way) \(times) \(statusColumn) \(log.flags) \(counts) \"\(method) \(path)\""
  }
}
