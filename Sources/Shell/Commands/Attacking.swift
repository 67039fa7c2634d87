import Blueprint
import Inspector
import Simulator

extension Command {
  static let attacking: [Command] = [
    Command(
      "attack", .act, sees: .inside,
      [
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
      ],
      "Listen on a link while somebody logs in, knock at all doors, or send more than the site can bear.",
      example: "attack scan from server-2",
      notes: [
        "sniff": "listen on a link while somebody logs in", "LINK": "such as internet--lb-1",
        "scan": "knock at the ports of a host, or of all", "HOST": "whose ports; all hosts' unless said",
        "from": "from where one knocks", "internet|HOST": "the internet unless said",
        "flood": "send more than anybody could want", "rate": "so many a second", "R/s": "such as 5000/s",
        "for": "for how long", "DURATION": "a time such as 10s",
      ],
      see: ["audit", "TLS", "firewall", "scan"]
    ) { session, words throws(Complaint) in
      if words.has("sniff") { return session.sniff(words) }
      return words.has("scan") ? session.scan(words) : try session.flood(words)
    }
  ]
}

extension Session {
  // MARK: Listening

  fileprivate func sniff(_ words: Arguments) -> Answer {
    var link = scene.simulation.topology.firstLink
    if case .link(let a, let b) = words.breakable("LINK") { link = Hop.link(a, b) }
    return scene.simulation.sniff(link).answer
  }

  // MARK: Knocking

  fileprivate func scan(_ words: Arguments) -> Answer {
    let vantage: Vantage =
      words.text("internet|HOST").flatMap { $0 == Breakable.internet ? nil : .host($0) } ?? .internet
    return scene.simulation.scan(from: vantage, of: words.text("HOST").map { [$0] }, goOn: goOn).answer
  }

  // MARK: Flooding

  /// It is nothing but requests, from many addresses, and so acts on the site as they do.
  fileprivate mutating func flood(_ words: Arguments) throws(Complaint) -> Answer {
    let rate = words.rate("R/s") ?? 1
    let length = words.span("DURATION") ?? .seconds(10)
    let count = Int128(rate) * Int128(length.nanoseconds) / 1_000_000_000_000_000
    var sending = Sending(count: max(1, Int(clamping: count)), mix: .only(.read))
    sending.rate = rate
    sending.sources = (1...64).map { IPv4(198, 18, 0, $0) }
    let outcome = try perform(.send(sending), about: words.word("R/s"))
    var answer = outcome.answer(on: screen, isLoad: true)
    let hasFirewall = scene.simulation.topology.hosts.contains { $0.isBalancer && $0.firewall != nil }
    let isStopped = outcome.traffic?.ends.allSatisfy { $0.end == .timeout } == true
    if hasFirewall, !isStopped {
      answer.lines.append(
        Line("  the firewall let it pass: it is requests, at a port that must be open", .faint))
    }
    return answer
  }
}

extension Capture {
  fileprivate var answer: Answer {
    var lines = [Line("  \(link): \(evidence.saw)", isReadable ? .failed : .accent)]
    for packet in packets {
      let head = "\(Column.right(packet.time.clock, 12))  \(packet.from) > \(packet.to)"
      lines.append(Line("  \(head), \(packet.bytes) bytes", .faint))
      lines += packet.lines.map { text in
        Line("      \(text)", packet.isReadable && text == login ? .failed : .plain)
      }
    }
    return Answer(
      lines,
      [
        JSON.Member("link", .string(link)), JSON.Member("readable", .flag(isReadable)),
        JSON.Member("login", login.map { .string($0) } ?? .null),
        JSON.Member("host_name", hostName.map { .string($0) } ?? .null),
        JSON.Member("packets", .array(packets.map { $0.json })), JSON.Member("evidence", evidence.json),
      ])
  }
}

extension Capture.Packet {
  fileprivate var json: JSON {
    .object([
      JSON.Member("time_ms", .milliseconds(time)), JSON.Member("from", .string(from)),
      JSON.Member("to", .string(to)), JSON.Member("bytes", .integer(bytes)),
      JSON.Member("readable", .flag(isReadable)),
      JSON.Member("text", .string(lines.joined(separator: "\n"))),
    ])
  }
}

extension OpenPorts {
  fileprivate var answer: Answer {
    let hosts = ports.reduce(into: [String]()) { if $0.last != $1.host { $0.append($1.host) } }
    let width = max(12, (hosts.prefix(60).map { $0.count } + [vantage.text.count + 5]).max() ?? 0)
    let numbers = Simulation.scannedPorts.map { Column.right("\($0)", 10) }.joined()
    var lines = [Line("  \(Column.left("from \(vantage.text)", width))\(numbers)", .faint)]
    for host in hosts.prefix(60) {
      var line = Line("  \(Column.left(host, width))")
      for port in ports where port.host == host {
        let look: Line.Look =
          switch port.state {
          case .open: .failed
          case .closed: .plain
          case .filtered: .faint
          }
        line = line + Line(Column.right(port.state.rawValue, 10), look)
      }
      lines.append(line)
    }
    if hosts.count > 60 { lines.append(Line("  and \(hosts.count - 60) hosts more", .faint)) }
    return Answer(
      lines,
      [
        JSON.Member("from", .string(vantage.text)),
        JSON.Member("open", .array(open.map { .string("\($0.host):\($0.port)") })),
        JSON.Member("ports", .array(ports.map { $0.json })), JSON.Member("evidence", evidence.json),
      ])
  }
}

extension PortReport {
  fileprivate var json: JSON {
    .object([
      JSON.Member("host", .string(host)), JSON.Member("port", .integer(port)),
      JSON.Member("state", .string(state.rawValue)),
      JSON.Member("part", part.map { .string($0.rawValue) } ?? .null),
    ])
  }
}
