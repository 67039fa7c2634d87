import Blueprint
import Simulator

extension FactField {
  static func named(_ name: String, of type: FactType) -> FactField? {
    guard let owner = owner(of: type) else { return nil }
    return Fact.fields.first { $0.name == name && $0.owner == owner }
  }

  private static func owner(of type: FactType) -> Owner? {
    switch type {
    case .run: .run
    case .latency: .latency
    case .request: .request
    case .counts: .counts
    case .set, .list: .collection
    case .component: .component
    case .told: .reply
    case .bool, .number, .duration, .rate, .status, .kind, .text, .word, .world, .anything: nil
    }
  }

  static func unknown(_ call: FactNode.Call, of type: FactType) -> FactProblem {
    let names =
      owner(of: type).map { owner in Fact.fields.filter { $0.owner == owner }.map { $0.name } } ?? []
    let facts = type == .run || type == .world ? Fact.table.map { $0.name } : []
    let members = type.isTold ? FactReply.members.sorted() : []
    let near = nearest(to: call.name, among: names + facts + members)
    return FactProblem(
      "\(type.words) has no “\(call.name)”",
      hint: near.map { "\($0)?" } ?? (names.isEmpty ? "" : names.joined(separator: ", ")), at: call.place)
  }

  /// What the last reply of `run(…)` says.
  static let ofRuns: [FactField] = [
    number("sent", "requests sent"),
    number("answered", "requests that ended in 200"),
    number("failed", "requests with any other end"),
    number("stale", "reads of an old page"),
    number("stored_anyway", "writes that failed for their user and are stored"),
    number(
      "lost", "acknowledged writes that a promotion lost",
      example: "run(break server-1; promote server-2).lost"),
    number("lost_connections", "open connections that were lost"),
    counts("by_server", .component, "who answered, errors included"),
    counts("by_database", .component, "which database nodes were asked", saw: "databases"),
    counts("statuses", .status, "what the users saw"),
    counts(
      "max_in_flight", .component, "the most requests that each host had at once", saw: "at most at once"),
    FactField(
      "reply", of: .run, .told, "all that the last reply says, as --json says it",
      example: "run(show servers).reply.servers[0].state"
    ) { _, value, _ throws(FactProblem) in value
    },
    FactField("status", of: .run, .status, "what the last request ended in") {
      judging, value, asked throws(FactProblem) in
      guard let last = value.requests.last else { throw missing("status", asked.place) }
      return .status(last["status"]?.plain ?? "")
    },
    FactField("latency", of: .run, .latency, "mean, p50, p95, p99 and max of how long requests took") {
      judging, value, asked throws(FactProblem) in
      guard case .report(let json) = value, let latency = json["latency_ms"], latency != .null else {
        throw missing("latency", asked.place)
      }
      return .report(latency)
    },
    time(
      "first_failure", "first_failure_ms", "when the first request failed; never",
      example: "run(break server-1 crash; send 4).first_failure"),
    time(
      "first_alert", "first_alert_ms", "when somebody was first told; never",
      example: "run(add monitor; break server-1; send 60 rate 1/s).first_alert"),
    FactField("time", of: .run, .duration, "the virtual time after it") {
      judging, value, asked throws(FactProblem) in
      guard let time = value.member("time_ms")?.amount else { throw missing("time", asked.place) }
      let seconds = Double((judging.simulation.time).nanoseconds) / 1e9
      judging.alsoSaw("it took \(FactValue.duration(Quantity(time / 1_000 - seconds)).text)")
      return .duration(Quantity(time / 1_000))
    },
    FactField("requests", of: .run, .list(.request), "the requests, in their order: requests[0].database") {
      judging, value, _ throws(FactProblem) in
      .list(value.requests.map { .report($0) })
    },
    FactField(
      "sequence", of: .run, .list(.component), "which server answered each request; nothing for nobody"
    ) { judging, value, _ throws(FactProblem) in
      let servers = value.requests.map { $0["server"]?.plain }
      if servers.count > 1 {
        let order = servers.prefix(12).map { $0 ?? "nobody" }.joined(separator: " ")
        judging.alsoSaw("in this order: \(order)\(servers.count > 12 ? " …" : "")")
      }
      return .list(servers.map { .component(orNothing: $0) })
    },
    FactField(
      "freshness", of: .run, .list(.word(.freshness)), "whether each read was new or old",
      example: "run(set database lag 2s; send 1 write; send 4 read).freshness"
    ) {
      judging, value, _ throws(FactProblem) in
      .list(
        value.requests.filter { $0["kind"]?.plain == "read" }.map {
          .word($0["stale"] == .flag(true) ? "old" : "new")
        })
    },
    FactField("servers_used", of: .run, .set(.component), "the servers that answered") {
      judging, value, _ throws(FactProblem) in
      guard case .report(let json) = value else { return .nothing }
      return .components(json.counts("by_server").filter { $0.count > 0 }.map { $0.name })
    },
    FactField(
      "share", of: .run, asks: [.component], .number,
      "the share of the requests that a server answered: share(server-1) == 75%",
      example: "run(send 8).share(server-1)"
    ) { judging, value, asked throws(FactProblem) in
      guard case .report(let json) = value, let sent = json["sent"]?.whole, sent > 0 else {
        throw missing("share", asked.place)
      }
      let count = json.counts("by_server").first { $0.name == asked.component(0) }?.count ?? 0
      return .number(Quantity(Double(count) / Double(sent)))
    },
  ]

  static let ofLatencies: [FactField] = ["mean", "p50", "p95", "p99", "max"].map { name in
    FactField(
      name, of: .latency, .duration,
      name == "mean" || name == "max" ? "the \(name)" : "the \(name.dropFirst())th percentile"
    ) { judging, value, _ throws(FactProblem) in
      guard case .report(let json) = value, let thousandths = json[name]?.amount else {
        return .duration(.never)
      }
      let duration = FactValue.duration(Quantity(thousandths / 1_000))
      judging.alsoSaw("\(name) \(duration.text)")
      return duration
    }
  }

  static let ofRequests: [FactField] = [
    FactField("status", of: .request, .status, "what its user saw") { judging, value, _ throws(FactProblem) in
      judging.alsoSaw(request: value)
      return .status(value.member("status")?.plain ?? "")
    },
    component("balancer", "the balancer that took it"),
    component("server", "the host that answered"),
    component("database", "the database node that was asked"),
    FactField("kind", of: .request, .kind, "static, read or write") { judging, value, _ throws(FactProblem) in
      .kind(value.member("kind")?.plain.flatMap { RequestKind(rawValue: $0) } ?? .read)
    },
    FactField("time", of: .request, .duration, "how long it took; never, while it is open") {
      judging, value, _ throws(FactProblem) in
      judging.alsoSaw(request: value)
      return .duration(value.member("ms")?.amount.map { Quantity($0 / 1_000) } ?? .never)
    },
    FactField("stale", of: .request, .bool, "whether it read an old page") {
      judging, value, _ throws(FactProblem) in
      .bool(value.member("stale") == .flag(true))
    },
  ]

  // MARK: Kinds of fields

  private static func missing(_ name: String, _ place: Range<Int>) -> FactProblem {
    let example = Fact.fields.first { $0.name == name && $0.owner == .run }?.example
    return FactProblem("the last command says nothing of \(name)", hint: example ?? "", at: place)
  }

  private static func number(_ name: String, _ meaning: String, example: String? = nil) -> FactField {
    FactField(name, of: .run, .number, meaning, example: example) {
      judging, value, asked throws(FactProblem) in
      guard case .report(let json) = value, let number = json[name]?.amount else {
        throw missing(name, asked.place)
      }
      return .number(Quantity(number))
    }
  }

  /// `saw` says what was counted, where the report in short does not.
  private static func counts(_ name: String, _ key: FactType, _ meaning: String, saw: String? = nil)
    -> FactField
  {
    FactField(name, of: .run, .counts(key), meaning) { judging, value, asked throws(FactProblem) in
      guard case .report(let json) = value, json[name] != nil else { throw missing(name, asked.place) }
      if let saw {
        let counts = json.counts(name).prefix(6).map { "\($0.name) \($0.count)" }.joined(separator: ", ")
        judging.alsoSaw("\(saw): \(counts.isEmpty ? "none" : counts)")
      }
      return .counts(
        json.counts(name).map { FactCount(key == .status ? .status($0.name) : .component($0.name), $0.count) }
      )
    }
  }

  private static func time(_ name: String, _ member: String, _ meaning: String, example: String) -> FactField
  {
    FactField(name, of: .run, .duration, meaning, example: example) {
      judging, value, asked throws(FactProblem) in
      guard case .report(let json) = value, let moment = json[member] else {
        throw missing(name, asked.place)
      }
      return .duration(moment.amount.map { Quantity($0 / 1_000) } ?? .never)
    }
  }

  private static func component(_ name: String, _ meaning: String) -> FactField {
    FactField(name, of: .request, .component, meaning) { judging, value, _ throws(FactProblem) in
      judging.alsoSaw(request: value)
      return .component(orNothing: value.member(name)?.plain)
    }
  }
}

extension FactJudging {
  /// `request 2, write: 200 from server-2 after 8.1 ms, database server-1.mysql`
  mutating func alsoSaw(request: FactValue) {
    guard let id = request.member("id")?.plain, let kind = request.member("kind")?.plain else { return }
    let status = request.member("status")?.plain?.asEnd ?? "open"
    let server = request.member("server")?.plain.map { " from \($0)" } ?? ""
    let span = request.member("ms")?.amount.map { " after \(FactValue.duration(Quantity($0 / 1_000)).text)" }
    let database = request.member("database")?.plain.map { ", database \($0)" } ?? ""
    alsoSaw("request \(id), \(kind): \(status)\(server)\(span ?? "")\(database)")
  }
}

extension FactValue {
  /// The requests of a reply.
  var requests: [JSON] {
    guard case .report(let json) = self, case .array(let requests) = json["requests"] else { return [] }
    return requests
  }

  func member(_ name: String) -> JSON? { if case .report(let json) = self { json[name] } else { nil } }
}

extension JSON {
  /// The words or the number of a member; nil for null.
  var plain: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .null, .flag, .thousandths, .billionths, .array, .object: nil
    }
  }

  var whole: Int? { if case .integer(let number) = self { number } else { nil } }

  var amount: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .thousandths(let number): Double(number) / 1_000
    case .billionths(let number): Double(number) / 1e9
    case .null, .flag, .string, .array, .object: nil
    }
  }

  /// Names and numbers of a member such as `by_server`.
  func counts(_ name: String) -> [(name: String, count: Int)] {
    guard case .object(let members) = self[name] else { return [] }
    return members.compactMap { member in member.value.whole.map { (member.name, $0) } }
  }
}
