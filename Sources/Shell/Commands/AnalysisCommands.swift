import Blueprint
import Facts
import Inspector
import Simulator

/// The commands that assess the design of a site.
enum AnalysisCommands {
  static let table: [Command] = [
    Command(
      "spof", .judge, reveals: .inside,
      [
        .anyOrder([
          [.value("KIND", .requestKind)], [.word("pairs")], [.word("at"), .value("RATE", .rate)],
          [.word("by"), .oneOf(FaultCommands.faultWords)],
        ])
      ],
      "Find single points of failure: break each target on a copy, let the site settle, and send requests.",
      example: "spof write",
      notes: [
        "KIND": "the kind of request (default: all)",
        "pairs": "also pairs that cause an outage only together",
        "at": "under load",
        "RATE": "requests per second, for a minute or until 40,000 are sent",
        "by": "the fault to use instead of the default",
      ].with(FaultCommands.faultNotes)
    ) { session, words throws(Complaint) in
      try spof(session, words)
    },
    Command(
      "availability", .judge, reveals: .inside,
      [.anyOrder([[.value("KIND", .requestKind)], [.word("hosts")]])],
      "Compute how much of the time requests succeed, what costs most, and what would help most.",
      example: "availability read hosts",
      notes: ["KIND": "the kind of request (default: all)", "hosts": "let only whole hosts fail"]
    ) { session, words throws(Complaint) in
      try availability(session, words)
    },
    Command(
      "compare", .judge, reveals: .nothing, [.value("DESIGN", .design), .value("DESIGN", .design)],
      "Compare two designs: SPOFs, audit findings, latency and availability.",
      example: "compare textbook scaled-up",
      notes: ["DESIGN": "a built-in design, or a file that `save` wrote"],
      handler: .either(
        { tutor, words throws(Complaint) in
          var designs: [FoundDesign] = []
          for word in words.words("DESIGN") { designs.append(try tutor.session.designs.design(word)) }
          return try compare(tutor, designs)
        },
        forPeople: { tutor, words, access throws(Complaint) in
          var designs: [FoundDesign] = []
          for word in words.words("DESIGN") { designs.append(try tutor.session.designs.design(word, access)) }
          return try compare(tutor, designs)
        })),
    Command(
      "claim", .judge, reveals: .nothing, [.optional([.rest("\"TEXT\" [expect VERDICT]: FACT")])],
      "Add a claim about the design, with the fact that decides it. `claims` judges all claims.",
      example: "claim \"the balancer is a SPOF\" expect holds: stops(break(lb-1))",
      notes: ["\"TEXT\" [expect VERDICT]: FACT": "VERDICT is holds, partly or refuted"]
    ) { session, words throws(Complaint) in
      try claim(&session, words)
    },
    Command(
      "claims", .judge, reveals: .inside, [], "Judge each claim of the design by running it on a copy.",
      example: "claims",
      handler: .onTutor { tutor, _ throws(Complaint) in try claims(tutor) }),
  ]
}

extension AnalysisCommands {
  private static func spof(_ session: Session, _ words: Arguments) throws(Complaint) -> CommandResponse {
    var search = SpofSearch()
    if let kind = words.kind("KIND") { search.kinds = [kind] }
    search.rate = words.rate("RATE")
    search.fault = Fault(words)
    do {
      var study = SpofStudy(search, on: session.loadedSite.simulation, shouldContinue: session.shouldContinue)
      let report = try study.report()
      let pairs = words.has("pairs") ? try study.pairs(besides: report) : nil
      let fixes = session.isTrial ? SpofFixes() : study.fixes(for: report)
      return SpofTable(
        search: search, report: report, pairs: pairs, fixes: fixes, width: session.screen.width
      ).answer
    } catch {
      throw error == .interrupted ? .timeLimit : .problem(error, nil)
    }
  }

  private static func availability(_ session: Session, _ words: Arguments) throws(Complaint)
    -> CommandResponse
  {
    var study = AvailabilityStudy()
    study.includesOnlyHosts = words.has("hosts")
    let (site, shouldContinue) = (session.loadedSite.simulation, session.shouldContinue)
    do throws(Problem) {
      var availabilities: [Availability] = []
      for kind in words.kind("KIND").map({ [$0] }) ?? RequestKind.allCases {
        availabilities.append(try study.availability(of: kind, on: site, shouldContinue: shouldContinue))
      }
      var table = AvailabilityTable(
        availabilities: availabilities, study: study, site: site, width: session.screen.width)
      if !session.isTrial {
        table.settings = try study.improvementsBySettings(
          for: availabilities, on: site, shouldContinue: shouldContinue)
        table.seconds = try study.improvementsByDoubling(
          for: availabilities, on: site, shouldContinue: shouldContinue)
      }
      return table.answer
    } catch {
      throw Complaint(error)
    }
  }

  private static func claim(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse
  {
    let name = "\"TEXT\" [expect VERDICT]: FACT"
    guard !words.isEmpty else { return ChoiceOverview.claims(of: session.loadedSite) }
    let start = words.word(name)?.position.lowerBound ?? 0
    let text = words.text(name) ?? ""
    let claim = try ClaimReader.claim(in: text, at: start)
    var new = session.loadedSite
    new.claimLines.append(LoadedSite.claimPrefix + text)
    session.replace(with: new)
    return CommandResponse([Line("  Claim added: \(Sentences.clean(claim.text, most: 200))")])
  }

  /// Compares two designs, each built from scratch.
  private static func compare(_ tutor: Tutor, _ designs: [FoundDesign]) throws(Complaint) -> CommandResponse {
    guard designs.count == 2 else { return CommandResponse() }
    var traits: [[DesignTrait]] = []
    for design in designs {
      traits.append(try DesignTrait.all(of: try tutor.build(design).simulation, tutor.session.shouldContinue))
    }
    return DesignComparison(names: designs.map { $0.document.name }, a: traits[0], b: traits[1]).answer
  }

  private static func claims(_ tutor: Tutor) throws(Complaint) -> CommandResponse {
    var verdicts: [DesignVerdict] = []
    let claims = tutor.loadedSite.claims
    for claim in claims {
      verdicts.append(tutor.verdict(on: claim))
      // If the work was stopped, the claim was not judged.
      guard tutor.session.shouldContinue(Double(verdicts.count) / Double(claims.count)) else {
        throw .timeLimit
      }
    }
    var answer = ClaimList(verdicts: verdicts, assumptions: tutor.loadedSite.simulation.topology.assumptions)
      .answer
    if !verdicts.isEmpty { answer.lines += tutor.loadedSite.simulation.brokenLines }
    return answer
  }
}
