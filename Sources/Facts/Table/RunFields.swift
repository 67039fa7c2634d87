import Blueprint
import Inspector
import Simulator

extension FactField {
  /// Fields of the result of the last command of `run(…)`.
  static let ofRuns: [FactField] = [
    number("sent", "requests sent") { $0.traffic?.sent },
    number("answered", "requests that were answered with 200") { $0.traffic?.answered },
    number("failed", "requests with any other result") { $0.traffic?.failed },
    number("stale", "reads of stale data", observation: "stale reads") { $0.traffic?.stale },
    number(
      "stored_anyway", "writes that failed for the user, and were stored anyway",
      observation: "failed, but stored"
    ) {
      $0.visibleTraffic?.storedAnyway
    },
    number(
      "lost", "acknowledged writes that a promotion lost",
      example: "run(break server-1; promote server-2).lost"
    ) { $0.lostWrites },
    number("lost_connections", "open connections that were lost", observation: "lost connections") {
      $0.lostConnections
    },
    shares("by_server", "how many requests each server answered, including errors") { $0.byServer },
    shares(
      "by_database", "how many requests used each database node", observation: "database nodes",
      replacesServers: true
    ) {
      $0.byDatabase
    },
    ofRun(
      "statuses", .counts(.status), "how many requests ended with each status", reading: { $0.traffic?.ends },
      evaluate: { _, ends in
        .counts(ends.map { FactCount(.status($0.end.word), $0.count) })
      }),
    shares("max_in_flight", "the most requests that each host had at once", observation: "most in flight") {
      $0.peakInFlight
    },
    FactField(
      "reply", of: .run, .replyValue, "the last reply, with the members that --json prints",
      example: "run(show servers).reply.servers[0].state"
    ) { _, value, _ throws(FactProblem) in value
    },
    ofRun(
      "status", .status, "the status of the last request", reading: { $0.requests?.last },
      evaluate: { _, last in
        .status(last.end?.word ?? "")
      }),
    ofRun(
      "latency", .latency, "the mean, p50, p95, p99 and max of the latency",
      reading: { $0.traffic?.latency }, evaluate: { _, latency in .report(.latency(latency)) }),
    ofRun(
      "first_failure", .duration, "when the first request failed; never if none did",
      example: "run(break server-1 crash; send 4).first_failure", reading: { $0.firstOccurrences },
      evaluate: { evaluator, occurrences in
        evaluator.observeMoment("first failure", occurrences.failure)
        return .moment(occurrences.failure)
      }),
    ofRun(
      "first_alert", .duration, "when the first alert of the run was sent; never if none was",
      example: "run(add monitor; break server-1; send 60 rate 1/s).first_alert",
      reading: { $0.firstOccurrences },
      evaluate: { evaluator, occurrences in
        evaluator.observeMoment("first alert", occurrences.alert)
        return .moment(occurrences.alert)
      }),
    ofRun(
      "time", .duration, "the virtual time after the run", reading: { $0.time },
      evaluate: { evaluator, time in
        let time = FactValue.rounded(time)
        let start = Double(evaluator.simulation.time.nanoseconds) / 1e9
        evaluator.addObservation("it took \(FactValue.duration(Quantity(time.amount - start)).roundedText)")
        return time
      }),
    FactField("requests", of: .run, .list(.request), "the requests, in their order: requests[0].database") {
      _, value, _ throws(FactProblem) in
      .list(value.requests.map { .report(.request($0)) })
    },
    FactField(
      "sequence", of: .run, .list(.component), "which server answered each request; nothing if none did"
    ) { evaluator, value, _ throws(FactProblem) in
      let servers = value.requests.map { $0.server }
      if servers.count > 1 {
        let order = servers.prefix(12).map { $0 ?? "none" }.joined(separator: " ")
        evaluator.addObservation("in this order: \(order)\(servers.count > 12 ? " …" : "")")
      }
      return .list(servers.map { .component(orNothing: $0) })
    },
    FactField(
      "freshness", of: .run, .list(.word(.freshness)), "whether each read returned new or old data",
      example: "run(set database lag 2s; send 1 write; send 4 read).freshness"
    ) { evaluator, value, _ throws(FactProblem) in
      let words = value.requests.filter { $0.kind == .read }.map { $0.isStale ? "old" : "new" }
      if !words.isEmpty {
        let shown = words.prefix(12).joined(separator: " ")
        evaluator.addObservation("reads, in this order: \(shown)\(words.count > 12 ? " …" : "")")
      }
      return .list(words.map { .word($0) })
    },
    FactField("servers_used", of: .run, .set(.component), "the servers that answered") {
      _, value, _ throws(FactProblem) in
      .components(value.result?.serversUsed ?? [])
    },
    FactField(
      "share", of: .run, taking: [.component], .number,
      "the share of the requests that a server answered: share(server-1) == 75%",
      example: "run(send 8).share(server-1)"
    ) { _, value, arguments throws(FactProblem) in
      guard let traffic = value.result?.traffic, traffic.sent > 0 else {
        throw missing("share", arguments.position)
      }
      let count = traffic.byServer.first { $0.name == arguments.component(0) }?.count ?? 0
      return .number(Quantity(Double(count) / Double(traffic.sent)))
    },
  ]

  static let ofLatencies: [FactField] = [
    latency("mean", "the mean") { $0.mean }, latency("p50", "the 50th percentile") { $0.p50 },
    latency("p95", "the 95th percentile") { $0.p95 }, latency("p99", "the 99th percentile") { $0.p99 },
    latency("max", "the max") { $0.max },
  ]

  static let ofRequests: [FactField] = [
    request("status", .status, "the status that the user saw", missing: .status("")) {
      .status($0.end?.word ?? "")
    },
    request("balancer", .component, "the balancer that received it") { .component(orNothing: $0.balancer) },
    request("server", .component, "the host that answered") { .component(orNothing: $0.server) },
    request("database", .component, "the database node that it used") {
      .component(orNothing: $0.database)
    },
    request("kind", .kind, "static, read or write", isShown: false, missing: .kind(.read)) { .kind($0.kind) },
    request("time", .duration, "how long it took; never if it has not ended", missing: .duration(.never)) {
      .moment($0.duration)
    },
    request("stale", .bool, "whether it read stale data", isShown: false, missing: .bool(false)) {
      .bool($0.isStale)
    },
  ]

  // MARK: Kinds of fields

  private static func missing(_ name: String, _ position: Range<Int>) -> FactProblem {
    let example = all.first { $0.name == name && $0.subject == .run }?.example
    return FactProblem("the reply to the last command has no \(name)", hint: example ?? "", at: position)
  }

  /// Returns a field of a run. Reading the field throws if `read` returns nil for the last command.
  private static func ofRun<Field>(
    _ name: String, _ type: FactType, _ meaning: String, example: String? = nil,
    reading read: @escaping @Sendable (CommandResult) -> Field?,
    evaluate: @escaping @Sendable (inout FactEvaluator, Field) -> FactValue
  ) -> FactField {
    FactField(name, of: .run, type, meaning, example: example) {
      evaluator, value, arguments throws(FactProblem) in
      guard let part = value.result.flatMap(read) else { throw missing(name, arguments.position) }
      return evaluate(&evaluator, part)
    }
  }

  /// Returns a field with one number. `observation` describes what was counted, if the evidence of the run
  /// does not.
  private static func number(
    _ name: String, _ meaning: String, example: String? = nil, observation: String? = nil,
    _ read: @escaping @Sendable (CommandResult) -> Int?
  ) -> FactField {
    ofRun(
      name, .number, meaning, example: example, reading: read,
      evaluate: { evaluator, number in
        if let observation { evaluator.addObservation("\(observation): \(number)") }
        return .number(Quantity(number))
      })
  }

  /// Returns a field with one count for each name. `observation` describes what was counted, if the evidence
  /// of the run does not. With `replacesServers`, the evidence leaves out how many requests each server
  /// answered, which could be mistaken for the counts.
  private static func shares(
    _ name: String, _ meaning: String, observation: String? = nil, replacesServers: Bool = false,
    _ read: @escaping @Sendable (Traffic) -> [Traffic.Share]
  ) -> FactField {
    ofRun(
      name, .counts(.component), meaning, reading: { $0.traffic.map(read) },
      evaluate: { evaluator, shares in
        if let observation {
          let counts = shares.prefix(6).map { "\($0.name) \($0.count)" }.joined(separator: ", ")
          if replacesServers { evaluator.removeServers() }
          evaluator.addObservation("\(observation): \(counts.isEmpty ? "none" : counts)")
        }
        return .counts(shares.map { FactCount(.component($0.name), $0.count) })
      })
  }

  private static func latency(
    _ name: String, _ meaning: String, _ read: @escaping @Sendable (Latency) -> Span
  ) -> FactField {
    FactField(name, of: .latency, .duration, meaning) { evaluator, value, _ throws(FactProblem) in
      guard case .report(.latency(let latency)) = value else { return .duration(.never) }
      let duration = FactValue.rounded(read(latency))
      evaluator.addObservation("\(name) \(duration.roundedText)")
      return duration
    }
  }

  /// Returns a field of a request. With `isShown`, the request becomes evidence. If there is no request, the
  /// value is `missing`.
  private static func request(
    _ name: String, _ type: FactType, _ meaning: String, isShown: Bool = true, missing: FactValue = .nothing,
    _ read: @escaping @Sendable (Record) -> FactValue
  ) -> FactField {
    FactField(name, of: .request, type, meaning) { evaluator, value, _ throws(FactProblem) in
      guard case .report(.request(let record)) = value else { return missing }
      if isShown { evaluator.addObservation(record.evidence) }
      return read(record)
    }
  }
}

extension Record {
  /// A summary such as `request 2, write: 200 from server-2 after 8.1 ms, database server-1.mysql`.
  fileprivate var evidence: String {
    let id = name ?? "\(number)"
    let server = server.map { " from \($0)" } ?? ""
    let duration = duration.map { " after \(FactValue.rounded($0).roundedText)" } ?? ""
    let database = database.map { ", database \($0)" } ?? ""
    return "request \(id), \(kind.rawValue): \(end?.textForUsers ?? "open")\(server)\(duration)\(database)"
  }
}

extension FactEvaluator {
  /// Adds a moment to the evidence, as the time since the run began if the site is older.
  fileprivate mutating func observeMoment(_ name: String, _ moment: Span?) {
    guard let moment else { return addObservation("\(name): never") }
    let start = simulation.time
    let length = FactValue.rounded(moment - start).roundedText
    addObservation(start == .zero ? "\(name) after \(length)" : "\(name) \(length) after the run began")
  }

  /// Removes the counts of the servers from the summary of the most recent run.
  fileprivate mutating func removeServers() {
    guard let last = collectedEvidence.last, case let parts = last.observation.split(separator: ";"),
      let head = parts.first, let colon = head.firstIndex(of: ":"), head[..<colon].hasSuffix(" answered")
    else { return }
    let rest = ([head[..<colon]] + parts.dropFirst()).joined(separator: ";")
    removeEvidence(since: collectedEvidence.count - 1)
    append(Evidence(last.commands, observation: rest))
  }
}

extension FactValue {
  fileprivate var result: CommandResult? {
    if case .report(.reply(let reply)) = self { reply.result } else { nil }
  }

  /// The requests that the reply lists.
  fileprivate var requests: [Record] { result?.requests ?? [] }

  /// Returns a moment or a length of time, or `never` for nil.
  fileprivate static func moment(_ span: Span?) -> FactValue {
    span.map { .rounded($0) } ?? .duration(.never)
  }
}
