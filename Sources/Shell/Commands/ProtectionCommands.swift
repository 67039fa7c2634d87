import Blueprint
import Inspector
import Simulator

/// The options of `add` for firewalls, TLS and monitoring.
enum ProtectionCommands {
  static let parameters: [[Parameter]] = [
    [
      .word("firewall"), .optional([.value("HOST", .host)]),
      .optional([
        .many(
          .oneOf([
            [.word("allow"), .value("PORT", .ports), .word("from"), .value("SOURCE", .source)],
            [.word("deny"), .value("WHOM", .source)],
          ]))
      ]),
    ],
    [.word("tls"), .optional([.value("HOST", .host)]), .optional([.value("REACH", .choice(reaches))])],
    [
      .word("monitor"), .optional([.value("HOST", .host)]),
      .anyOrder([
        [.value("WAY", .choice(Monitor.Direction.allCases.map { $0.rawValue }))],
        [.word("interval"), .value("DURATION", .span(.milliseconds(100)...Span.longest))],
        [.many(.oneOf([alert]))],
      ]),
    ],
  ]

  static let notes = [
    "HOST": "the host (default: every host)",
    "firewall": "drops what no rule allows (default rules: what the site needs)",
    "allow": "adds a rule to those of the firewall",
    "PORT": "80, 443, 8000, 3306, 9100 or another; `vrrp` for the messages between balancers",
    "from": "the source that the rule allows",
    "SOURCE":
      "internet (all users), operator, a host, balancers, web-servers, applications, databases or addresses",
    "deny": "drops packets from a source, even if a rule allows them", "WHOM": "an address or another source",
    "tls": "encrypts the connections of users (default: up to the balancer); connecting takes 2.4 ms longer",
    "to-servers": "the balancer encrypts again, to the servers",
    "through": "only the servers can read the requests, not the balancer",
    "monitor": "an agent that reports metrics; alerts reach the operators",
    "push": "the agent sends its metrics; a dead agent is silent",
    "pull": "the collector asks for the metrics; a refusal is a sign",
    "interval": "the time between two reports", "DURATION": "a time (default: 10s)",
    "alert": "adds an alert (default: on availability, certificate, lag and disk)",
    "REACH": "to-servers or through (default: up to the balancer)", "WAY": "push or pull", "SIGN": "> or <",
    "METRIC": "the metric", "LIMIT": "a number such as 90 or 0.5",
    ">": "above", "<": "below",
  ].with(
    Dictionary(uniqueKeysWithValues: Monitor.Metric.allCases.map { ($0.rawValue, $0.summary) }))

  /// The options for how far TLS reaches. Without an option, TLS ends at the balancer.
  private static let reaches = [TLS.Reach.servers.rawValue, TLS.Reach.through.rawValue]

  private static let alert: [Parameter] = [
    .word("alert"), .value("METRIC", .choice(Monitor.Metric.allCases.map { $0.rawValue })),
    .value("SIGN", .choice([">", "<"])), .value("LIMIT", .decimal),
  ]
}

extension ProtectionCommands {
  /// Returns the change for `add firewall`, `add tls` or `add monitor`; nil if the command adds something
  /// else.
  static func change(_ words: Arguments) -> Change? {
    let host = words.text("HOST")
    if words.has("firewall") {
      let allowedPorts = zip(words.all("PORT"), words.all("SOURCE")).flatMap { ports, source in
        guard case .ports(let ports) = ports, case .source(let source) = source else {
          return [Firewall.Opening]()
        }
        return ports.map { Firewall.Opening($0, from: source) }
      }
      let denied = words.all("WHOM").compactMap { if case .source(let source) = $0 { source } else { nil } }
      return .addFirewall(host: host, allowedPorts, denying: denied)
    }
    if words.has("tls") {
      return .addTLS(balancer: host, words.text("REACH").flatMap(TLS.Reach.init) ?? .balancer)
    }
    return words.has("monitor") ? .addMonitor(host: host, Monitor(words)) : nil
  }

  static func add(_ session: inout Session, _ change: Change, about word: Word?) throws(Complaint)
    -> CommandResponse
  {
    let outcome = try session.perform(.change(change), about: word)
    let topology = session.loadedSite.simulation.topology
    let lines: [Line]
    switch change {
    case .addFirewall(let host, _, _): lines = topology.firewallLines(of: host)
    case .addTLS(_, let reach): lines = [Line(reach.sentence)]
    case .addMonitor(let host, let monitor): lines = topology.monitorLines(monitor, on: host)
    case .addBalancer, .addServer, .remove, .set, .algorithm, .setServerSharing, .setBalancerSharing:
      lines = []
    }
    return CommandResponse(lines, events: outcome.events)
  }
}

extension Monitor {
  fileprivate init(_ words: Arguments) {
    self.init()
    direction = words.text("WAY").flatMap(Monitor.Direction.init) ?? .push
    if let interval = words.span("DURATION") { self.interval = interval }
    let metrics = words.names("METRIC").compactMap(Monitor.Metric.init)
    let limits = words.all("LIMIT").compactMap { if case .thousandths(let n) = $0 { n } else { nil } }
    guard !metrics.isEmpty else { return }
    alerts = zip(zip(metrics, words.names("SIGN")), limits).map { said, limit in
      AlertRule(said.0, isAbove: said.1 == ">", thousandths: limit)
    }
  }
}

extension Topology {
  fileprivate func firewallLines(of name: String?) -> [Line] {
    let shown = name.map { [$0] } ?? hosts.map { $0.name }
    let lines = shown.prefix(40).compactMap { name in
      host(named: name)?.firewall.map { firewall in
        let rules = firewall.rules.joined(separator: "; ")
        return Line("  \(Column.left(name, 10)) ") + Line(rules.isEmpty ? "allows nothing" : rules)
      }
    }
    return lines + (shown.count > 40 ? [Line("  and \(shown.count - 40) more hosts", .faint)] : [])
      + [Line("  Everything else is dropped.", .faint)]
  }

  fileprivate func monitorLines(_ monitor: Monitor, on name: String?) -> [Line] {
    let shown = name.map { [$0] } ?? hosts.map { $0.name }
    let numbers = monitor.direction == .push ? "sends its metrics" : "is asked for its metrics"
    let agents = shown.count == 1 ? "The agent on \(shown[0])" : "Each of \(shown.count) agents"
    let conditions = monitor.alerts.map { $0.text }.joined(separator: ", ")
    let blockedHosts = shown.filter { name in
      guard monitor.direction == .pull, let index = index(of: name), let firewall = hosts[index].firewall
      else {
        return false
      }
      return !firewall.allows(.operator, in: .agent)
    }
    return [Line("\(agents) \(numbers) every \(monitor.interval.words); it alerts on \(conditions).")]
      + blockedHosts.prefix(3).map {
        Line("  The firewall of \($0) keeps the collector out: type `add firewall \($0)`.", .failed)
      }
  }
}
