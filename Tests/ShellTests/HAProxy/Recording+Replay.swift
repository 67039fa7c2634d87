import Simulator
import Testing

@testable import Shell

/// Replays a recording with commands, and compares the results.
extension Recording {
  /// The commands that build the site as it is before the first step.
  var buildCommands: [String] {
    var lines = ["new"] + backend.servers.map(\.command)
    let balance = backend.balance ?? "roundrobin"
    lines.append("algorithm \(balance)\(backend.hashType == "consistent" ? " consistent" : "")")
    for option in backend.options ?? [] where !option.hasPrefix("httpchk") {
      lines.append("set lb-1 \(option) on")
    }
    if let retries = backend.retries { lines.append("set lb-1 retries \(retries)") }
    for (key, value) in [
      ("connect", backend.timeoutConnect), ("queue", backend.timeoutQueue),
      ("server", backend.timeoutServer),
    ] {
      if let value { lines.append("set lb-1 timeout-\(key) \(value)") }
    }
    return lines + checks
  }

  private var checks: [String] {
    guard let server = backend.servers.first(where: { $0.check == true }) else { return [] }
    let isHTTP = backend.options?.contains { $0.hasPrefix("httpchk") } == true
    return [
      "set lb-1 check \(isHTTP ? "http" : "tcp")", "set lb-1 inter \(server.inter ?? "2s")",
      "set lb-1 fall \(server.fall ?? 3)", "set lb-1 rise \(server.rise ?? 2)",
    ]
  }

  /// Replays every step. Reports each difference from the recording as an issue.
  func replay() {
    var session = Tutor()
    for line in buildCommands { session.do(line) }
    for (step, expected) in zip(steps, observed) { step.replay(expected, &session) }
  }
}

extension Recording.Server {
  var command: String {
    var line = "add server \(name) weight \(weight?.text ?? "1")"
    if backup == true { line += " backup" }
    if let maxconn { line += " maxconn \(maxconn)" }
    if disabled == true { line += " disabled" }
    return line
  }
}

extension Recording.Step {
  /// Returns the step as a command, or nil if it does nothing.
  var command: String? {
    let name = server ?? ""
    switch op {
    case "send":
      if let srcs { return "send \(srcs.count) static from \(srcs.joined(separator: ","))" }
      if let uris { return "send \(uris.count) static to \(uris.joined(separator: ","))" }
      return "send \(n ?? 0) static"
    case "hold": return "hold \((ids ?? []).joined(separator: " "))\(src.map { " from \($0)" } ?? "")"
    case "release": return "release \((ids ?? []).joined(separator: " "))"
    case "set_weight": return "set \(name) weight \(weight?.text ?? "")"
    case "set_state": return "set \(name) state \(state ?? "")"
    case "kill": return "break \(name) crash"
    case "restart": return "repair \(name)"
    case "health": return status?.text == "200" ? "repair \(name)" : "break \(name).files bad-release"
    case "wait": return "wait until \(name) \(status?.text.hasPrefix("DOWN") == true ? "down" : "up")"
    case "sleep": return "wait \(ms ?? 0)ms"
    case "states": return "show servers"
    // Tripod does not have these columns of HAProxy's statistics.
    case "counters": return nil
    default:
      Issue.record("no command for \(op)")
      return nil
    }
  }

  func replay(_ expected: Recording.StepResult, _ session: inout Tutor) {
    guard let command else { return }
    let queuedNames = session.queuedNames
    let reply = session.do(command)
    switch expected {
    case .answers(let answers): #expect(reply.answers == answers, "\(command)")
    case .released(let released):
      #expect(reply.answers == released.map(\.answer), "\(command)")
      // A request can get a slot without a release. The recording reports it only with the next release.
      let dequeued = dequeued(released)
      #expect(reply.dequeued == dequeued.filter { queuedNames.contains($0.key) }, "\(command)")
      #expect(session.servers(of: dequeued.keys) == dequeued)
    case .states(let states): #expect(reply.states == states)
    case .other: break
    }
  }

  /// Returns the requests that got a slot, except those that the same command released.
  private func dequeued(_ released: [Recording.ReleasedRequest]) -> [String: String] {
    released.flatMap { $0.dequeued ?? [:] }.filter { ids?.contains($0.key) != true }
      .reduce(into: [:]) { $0[$1.key] = $1.value }
  }
}

extension Tutor {
  /// The held requests that wait for a slot.
  fileprivate var queuedNames: [String] { loadedSite.simulation.log.filter(\.isQueued).compactMap(\.name) }

  fileprivate func servers(of names: some Collection<String>) -> [String: String] {
    loadedSite.simulation.log.reduce(into: [:]) { servers, record in
      if let name = record.name, names.contains(name) { servers[name] = record.server }
    }
  }
}

extension Reply {
  fileprivate var dequeued: [String: String] {
    (json["dequeued"]?.elements ?? []).reduce(into: [:]) {
      $0[$1["id"]?.string ?? "?"] = $1["server"]?.string
    }
  }

  fileprivate var states: [String: Recording.State] {
    (json["servers"]?.elements ?? []).reduce(into: [:]) { states, server in
      states[server["name"]?.string ?? "?"] = Recording.State(
        status: server["state"]?.string ?? "?", weight: Int(server["effective_weight"]?.number ?? -1))
    }
  }
}
