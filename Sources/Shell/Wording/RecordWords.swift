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

  /// The status code, or HAProxy's -1 if no answer was sent.
  private var statusColumn: String {
    if case .status(let status) = end { return "\(status)" }
    return "-1"
  }

  /// The request in the style of HAProxy's httplog. The fields are the source, time, servers, five durations,
  /// status, ending, counts and request.
  var logLine: String {
    func ms(_ span: Span?) -> String { span.map { "\($0.nanoseconds / 1_000_000)" } ?? "-1" }
    let route = "www \(balancer ?? "-")/\(log.server ?? "<NOSRV>")"
    let times = "0/\(ms(log.queue))/\(ms(log.connect))/\(ms(log.response))/\(ms(duration))"
    let retries = "\(log.redispatched ? "+" : "")\(log.retries)"
    let counts =
      "\(log.backendConnections)/\(log.serverConnections)/\(retries) \(log.serverQueue)/\(log.backendQueue)"
    let method = kind == .write ? "POST" : "GET"
    let moment = JSON.decimal(startedAt.nanoseconds / 1_000_000)
    return
      "\(source.text) [\(moment)] \(route) \(times) \(statusColumn) \(log.flags) \(counts) \"\(method) \(path)\""
  }
}
