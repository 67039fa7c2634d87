import Blueprint
import Inspector
import Simulator

/// The command `attack`, which listens on a link, scans ports or floods the site.
enum AttackCommands {
  static let table: [Command] = [
    Command(
      "attack", .act, reveals: .inside,
      [
        .optional([
          .oneOf([
            [.word("sniff"), .optional([.value("LINK", .link)])],
            [
              .word("scan"), .optional([.value("HOST", .host)]),
              .optional([.word("from"), .value("internet|HOST", .vantage)]),
            ],
            [
              .word("flood"), .word("rate"), .value("R/s", .rate),
              .optional([.word("for"), .value("DURATION", .span(.milliseconds(1)...Span.seconds(86_400)))]),
            ],
          ])
        ])
      ],
      "Attack the site: listen on a link, scan ports, or flood it with requests.",
      example: "attack scan from server-2",
      notes: [
        "sniff": "listen on a link while a user logs in", "LINK": "a link (default: internet--lb-1)",
        "scan": "try the ports of one host or all hosts", "HOST": "the host to scan (default: all)",
        "from": "where the scan starts", "internet|HOST": "the start (default: the internet)",
        "flood": "send more requests than the site can answer", "rate": "the rate of the flood",
        "R/s": "requests per second, such as 5000/s",
        "for": "the length of the flood", "DURATION": "how long (default: 10s)",
      ],
      see: ["audit", "TLS", "firewall", "scan"]
    ) { session, words throws(Complaint) in
      if words.isEmpty { return ChoiceOverview.attacks(on: session.knownTopology) }
      if words.has("sniff") { return sniff(session, words) }
      return words.has("scan") ? scan(session, words) : try flood(&session, words)
    }
  ]
}

extension AttackCommands {
  private static func sniff(_ session: Session, _ words: Arguments) -> CommandResponse {
    var link = session.loadedSite.simulation.topology.firstLink
    if case .link(let a, let b) = words.faultTarget("LINK") { link = Hop.link(a, b) }
    return session.loadedSite.simulation.sniff(link).answer
  }

  private static func scan(_ session: Session, _ words: Arguments) -> CommandResponse {
    let vantage: ScanOrigin =
      words.text("internet|HOST").flatMap { $0 == FaultTarget.internet ? nil : .host($0) } ?? .internet
    return session.loadedSite.simulation.scan(
      from: vantage, of: words.text("HOST").map { [$0] }, shouldContinue: session.shouldContinue
    ).answer
  }

  /// Sends many requests from many addresses. They use up the site's capacity like any other requests.
  private static func flood(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse
  {
    let rate = words.rate("R/s") ?? 1
    let length = words.span("DURATION") ?? .seconds(10)
    let count = Int128(rate) * Int128(length.nanoseconds) / 1_000_000_000_000_000
    var sending = SendOptions(count: max(1, Int(clamping: count)), mix: .only(.read))
    sending.rate = rate
    sending.sources = (1...64).map { IPv4(198, 18, 0, $0) }
    let outcome = try session.perform(.send(sending), about: words.word("R/s"))
    var answer = outcome.answer(on: session.screen, session.loadedSite.simulation, isLoad: true)
    let hasFirewall = session.loadedSite.simulation.topology.hosts.contains {
      $0.isBalancer && $0.firewall != nil
    }
    let isStopped = outcome.traffic?.ends.allSatisfy { $0.end == .timeout } == true
    if hasFirewall, !isStopped {
      answer.lines.append(
        Line("  The firewall let the flood in: these are requests, to a port that must be open.", .faint))
    }
    return answer
  }
}
