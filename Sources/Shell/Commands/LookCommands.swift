import Blueprint
import Facts
import Inspector
import Simulator

/// The commands that show the site and its requests.
enum LookCommands {
  static let table: [Command] = [
    Command(
      "show", .look, reveals: .dependingOnArguments { ShowArgument.isAboutSite($0) ? .inside : nil },
      [.optional([.text(ShowArgument.name, .shown)])],
      "Show the site, one target, a topic or the value of a fact.", example: "show servers",
      notes: [
        ShowArgument.name: "what to show (default: the whole site)"
      ],
      see: ["describe", "trace", "component", "host"],
      handler: .onTutor { tutor, words throws(Complaint) in
        try show(tutor, try ShowArgument(words, on: tutor.loadedSite.simulation))
      }),
    Command(
      "describe", .look, reveals: .inside, [], "Describe the site in sentences.", example: "describe",
      see: ["show"]
    ) {
      session, _ throws(Complaint) in
      let sentences = session.loadedSite.sentences
      return CommandResponse(
        sentences.map { Line($0) }, [JSON.Member(.sentences, .array(sentences.map { .string($0) }))])
    },
    Command(
      "trace", .look, reveals: .inside,
      [
        .anyOrder([
          [.value("KIND", .requestKind)], [.word("from"), .value("IP", .addresses)],
          [.word("to"), .value("PATH", .paths)],
        ])
      ],
      "Send one request and show each hop, with its time and the reason for each choice.",
      example: "trace read", notes: RequestCommands.requestNotes,
      see: ["why", "send", "hop", "latency"],
      handler: .onTutor { tutor, words throws(Complaint) in
        try trace(&tutor, .send(try SendOptions(words)))
      }),
    Command(
      "why", .look, reveals: .inside,
      [.optional([.oneOf([[.word("last"), .optional([.word("failed")])], [.value("ID", .any)]])])],
      "Explain how a request ended. In a lesson, run the evidence of the last answer again.",
      example: "break server-1.app; send 2 read; why",
      notes: [
        "last": "the last request, however it ended", "failed": "the last request that failed",
        "ID": "the number or name of a request",
      ],
      see: ["trace", "log", "redispatch", "502", "503", "504"],
      handler: .onTutor { tutor, words throws(Complaint) in
        if words.isEmpty, let again = try tutor.rerunRepeatableCommands() { return again }
        return try requestTrace(tutor, of: try record(tutor.session.loadedSite.simulation, words))
      }),
    Command(
      "stats", .look, reveals: .inside, [], "Show what each component has done so far.",
      example: "send 10 mix; stats",
      see: ["log", "show", "metric", "utilisation"]
    ) {
      session, _ throws(Complaint) in
      var answer = session.loadedSite.simulation.statistics.answer(on: session.screen)
      if let run = session.loadedSite.lastRun, run.isLoad {
        answer.lines += [Line(), Line("  The last run:")]
        let servers = session.loadedSite.simulation.serverReports.map { $0.name }
        answer.lines += run.traffic.lines(width: session.screen.width, servers: servers)
        answer.lines += run.traffic.loadLines(run.events, width: session.screen.width)
        answer.lines += run.events.map { $0.line }
      }
      return answer
    },
    Command(
      "capacity", .look, reveals: .inside, [.optional([.value("KIND", .requestKind)])],
      "Find the highest rate that the site can answer, now and without each server.",
      example: "capacity read",
      notes: ["KIND": "the kind of request (default: read)"],
      see: ["send", "stats", "N+1"]
    ) { session, words throws(Complaint) in
      do throws(Problem) {
        let kind = words.kind("KIND") ?? .read
        let site = session.loadedSite.simulation
        return CapacityTable(
          report: try CapacityReport(of: kind, on: site, shouldContinue: session.shouldContinue)
        ).answer
      } catch {
        throw Complaint(error)
      }
    },
    Command(
      "log", .look, reveals: .inside, [.optional([.value("N", .number(1...Simulation.rowLimit))])],
      "Show HAProxy's log: a line for each of the last requests.", example: "send 4; log 5",
      notes: ["N": "how many lines (default: 10); ports and bytes are typical values"],
      see: ["why", "stats"]
    ) { session, words throws(Complaint) in
      let records = session.loadedSite.simulation.log.filter { $0.end != nil && $0.balancer != nil }.suffix(
        words.number("N") ?? 10)
      let lines = records.map {
        Line(HTTPLogLine(record: $0).text, $0.end == .status(200) ? .plain : .failed)
      }
      return CommandResponse(
        lines.isEmpty ? [Line("  No request has reached a balancer yet.", .faint)] : lines,
        [JSON.Member(.lines, .array(records.map { .string(HTTPLogLine(record: $0).text) }))])
    },
  ]
}

extension LookCommands {
  private static func show(_ tutor: Tutor, _ shown: ShowArgument) throws(Complaint) -> CommandResponse {
    let loadedSite = tutor.loadedSite
    let site = SiteReport(
      simulation: loadedSite.simulation, lastRun: loadedSite.lastRun?.traffic, width: tutor.screen.width)
    switch shown {
    case .wholeSite: return site.drawing
    case .fact(let text, let word): return try tutor.evaluated(text, at: word.position.lowerBound).answer
    case .link(let link): return site.link(link)
    case .component(let address): return site.settings(of: [address])
    case .topic(let topic):
      switch topic {
      case .topology: return site.topology
      case .servers: return site.servers
      case .balancer: return site.balancers
      case .database: return site.database
      case .site: return site.siteSettings
      case .clock: return CommandResponse([Line("  \(loadedSite.simulation.time.clock)")])
      case .facts: return FactList.answer
      case .legend: return CommandResponse(Legend.lines)
      }
    }
  }

  /// Performs an action and returns the trace of its request. If interrupted, changes nothing.
  private static func trace(_ tutor: inout Tutor, _ action: Action) throws(Complaint) -> CommandResponse {
    let before = tutor
    let outcome = try tutor.session.perform(action)
    guard let record = outcome.records.first else { return CommandResponse() }
    do {
      return try requestTrace(tutor, of: record, events: outcome.events)
    } catch {
      tutor = before
      throw error
    }
  }

  /// Returns the trace of a request, hop by hop. For a failed request, it includes the fixes that would have
  /// let it succeed.
  private static func requestTrace(
    _ tutor: Tutor, of record: Record, events: [Event] = []
  ) throws(Complaint) -> CommandResponse {
    let isFailure = record.end != nil && record.end != .status(200)
    return RequestTrace(
      record: record, simulation: tutor.loadedSite.simulation, events: events,
      fixes: isFailure ? try fixes(tutor.session, for: record) : nil, width: tutor.screen.width
    ).answer
  }

  /// The size below which a site is searched for fixes for a request.
  private static let mostSearched = 20_000

  /// Returns the fixes that would have let a failed request succeed; nil if the site is too large or a copy.
  /// Fixes are tried on copies.
  private static func fixes(_ session: Session, for record: Record) throws(Complaint) -> [RequestFix]? {
    let site = session.loadedSite.simulation
    guard !session.isTrial, site.size < mostSearched else { return nil }
    do {
      return try site.fixes(for: record, shouldContinue: session.shouldContinue)
    } catch {
      throw .timeLimit
    }
  }

  /// Returns the request that the arguments name; by default, the last failed one.
  private static func record(_ simulation: Simulation, _ words: Arguments) throws(Complaint) -> Record {
    if let word = words.word("ID") {
      let number = Numeral.whole(word.text) ?? -1
      let found = simulation.record(ofRequest: number) ?? simulation.log.last { $0.name == word.text }
      guard let found else {
        let missing = "request \(Sentences.quote(word)) is not in the log"
        throw simulation.log.isEmpty
          ? .noRequest(missing)
          : .noRequest(missing, hint: "`log` lists the last requests; `why` alone explains the last failure")
      }
      return found
    }
    let ended = simulation.log.filter { $0.end != nil }
    let failed = ended.last { $0.end != .status(200) }
    if words.has("failed") {
      guard let failed else {
        let hint = ended.isEmpty ? "send some requests first" : "`why last` explains the last request"
        throw .noRequest("no request has failed", hint: hint)
      }
      return failed
    }
    guard let record = words.has("last") ? ended.last : failed ?? ended.last else {
      throw .noRequest("no request has been sent")
    }
    return record
  }
}
