import Inspector
import Testing

@testable import Shell

extension Tutor {
  /// Returns a site with two complete servers. It has no health checks unless the commands turn them on.
  static func pairOfServers(_ commands: [String] = [], location: SourceLocation = #_sourceLocation) -> Tutor {
    var session = Tutor()
    for command in ["new", "add server server-1", "add server server-2"] + commands {
      session.do(command, location: location)
    }
    return session
  }

  /// Returns a built-in design that has run for ten seconds before the commands.
  static func design(_ name: String, _ commands: [String] = [], location: SourceLocation = #_sourceLocation)
    -> Tutor
  {
    var session = Tutor(designs: ShellTests.designs)
    for command in ["load \(name)", "wait 10s"] + commands { session.do(command, location: location) }
    return session
  }

  /// Obeys a command that may be refused. Returns the reason, or `done`.
  mutating func refusal(of command: String) -> String {
    let reply = obey(command)
    return reply.failure.map { "\($0.code): \($0.message) (\($0.hint))" } ?? "done"
  }

  /// Each failed host and component, with its fault.
  var failedTargets: [String] {
    mutating get {
      (self.do("show topology").json["components"]?.elements ?? []).compactMap { component in
        let state = component["state"]?.string ?? ""
        return state == "works" ? nil : "\(component["id"]?.string ?? ""): \(state)"
      }
    }
  }

  /// The state of each server and the result of its recent health checks, such as `UP 2/3`.
  var serverStates: [String] {
    mutating get {
      (self.do("show servers").json["servers"]?.elements ?? []).map { server in
        (server["state"]?.string ?? "") + (server["checks"]?.string.map { " \($0)" } ?? "")
      }
    }
  }

  /// Each database node with its role, the number of writes that it shows and has received, and the node from
  /// which it replicates.
  var nodes: [String] {
    mutating get {
      (self.do("show database").json["nodes"]?.elements ?? []).map { node in
        let source = node["connected"] == .flag(true) ? ", hears \(node["source"]?.string ?? "?")" : ""
        return "\(node["name"]?.string ?? "") \(node["role"]?.string ?? "") "
          + "\(node["position"]?.text ?? "")/\(node["received"]?.text ?? "")\(source)"
      }
    }
  }

  /// The virtual time in seconds.
  var seconds: Double { Double(loadedSite.simulation.time.nanoseconds) / 1_000_000_000 }
}

extension Reply {
  /// Each request in short: the server, the status unless it is 200, and the seconds unless they are 0. A `~`
  /// marks a stale page, and a `+` an error whose write is stored: `1 -:503@3.0 2:500@1.0+`.
  var requestSummary: String { (json["requests"]?.elements ?? []).map(\.summary).joined(separator: " ") }

  /// The events without their times.
  var events: [String] {
    (json["events"]?.elements ?? []).map { "\($0["component"]?.string ?? "") \($0["what"]?.string ?? "")" }
  }

  /// Returns the time in seconds of the first event that begins with the words.
  func eventTime(of words: String) -> Double? {
    (json["events"]?.elements ?? []).first { event in
      "\(event["component"]?.string ?? "") \(event["what"]?.string ?? "")".hasPrefix(words)
    }.flatMap { $0["time_ms"]?.number }.map { $0 / 1_000 }
  }
}

extension JSON {
  fileprivate var summary: String {
    let status = self["status"]?.string ?? self["status"]?.text ?? "?"
    let ms = self["ms"]?.number ?? 0
    var text = self["server"]?.string.map { String($0.suffix(1)) } ?? "-"
    if status != "200" { text += ":\(status)" }
    if ms >= 60 { text += "@\((ms / 100).rounded() / 10)" }
    if self["stale"] == .flag(true) { text += "~" }
    if self["stored_anyway"] == .flag(true) { text += "+" }
    return text
  }
}
