import Blueprint
import Facts
import Inspector
import Simulator

extension Command {
  static let inspecting: [Command] = [
    Command(
      "spof", .judge, sees: .inside,
      [
        .anyOrder([
          [.value("KIND", .kindOfRequest)], [.word("pairs")], [.word("at"), .value("RATE", .rate)],
          [.word("by"), .oneOf(faultWords)],
        ])
      ],
      "Find what alone stops requests: each part is broken on a copy, and asked after it has settled.",
      example: "spof write",
      notes: [
        "KIND": "only for these requests; all kinds unless said",
        "pairs": "and what stops them two at a time",
        "at": "under load",
        "RATE": "at that load, for a minute; for as long as 40,000 requests take, where that is less",
        "by": "by that fault instead of the usual one",
      ].with(faultNotes)
    ) { session, words throws(Complaint) in
      try session.spof(words)
    },
    Command(
      "availability", .judge, sees: .inside,
      [.anyOrder([[.value("KIND", .kindOfRequest)], [.word("hosts")]])],
      "The share of the time in which requests are answered, who costs most, and what a second one would bring.",
      example: "availability read hosts",
      notes: ["KIND": "only these requests", "hosts": "as if nothing but whole hosts failed"]
    ) { session, words throws(Complaint) in
      try session.availability(words)
    },
    Command(
      "compare", .judge, sees: .nothing, [.value("DESIGN", .design), .value("DESIGN", .design)],
      "Two designs side by side: what stops them, what an audit finds, how much they are up.",
      example: "compare textbook scaled-up",
      notes: ["DESIGN": "a design that is built in, or a file that save wrote"],
      handler: .either(
        { session, words throws(Complaint) in
          var designs: [FoundDesign] = []
          for word in words.words("DESIGN") { designs.append(try session.design(word)) }
          return try session.compare(designs)
        },
        forPeople: { session, words, access throws(Complaint) in
          var designs: [FoundDesign] = []
          for word in words.words("DESIGN") { designs.append(try session.design(word, access)) }
          return try session.compare(designs)
        })),
    Command(
      "claim", .judge, sees: .nothing, [.rest("\"TEXT\" [expect VERDICT]: FACT")],
      "Note what the design says of itself, and the fact that decides it; claims judges them.",
      example: "claim \"the balancer is a SPOF\" expect holds: stops(break(lb-1))",
      notes: ["\"TEXT\" [expect VERDICT]: FACT": "VERDICT is holds, partly or refuted"]
    ) { session, words throws(Complaint) in
      try session.claim(words)
    },
    Command(
      "claims", .judge, sees: .inside, [], "Judge what the design says of itself, each claim by a run.",
      example: "claims"
    ) { session, _ throws(Complaint) in
      try session.claims()
    },
  ]
}

extension Session {
  fileprivate func spof(_ words: Arguments) throws(Complaint) -> Answer {
    var search = SpofSearch()
    if let kind = words.kind("KIND") { search.kinds = [kind] }
    search.rate = words.rate("RATE")
    search.fault = Fault(words)
    do {
      var study = SpofStudy(search, on: scene.simulation, goOn: goOn)
      let report = try study.report()
      let pairs = words.has("pairs") ? try study.pairs(besides: report) : nil
      let fixes = isHypothesis ? SpofFixes() : study.fixes(for: report)
      return SpofTable(search: search, report: report, pairs: pairs, fixes: fixes, width: screen.width).answer
    } catch {
      throw error == .interrupted ? .timeLimit : .problem(error, nil)
    }
  }

  fileprivate mutating func claim(_ words: Arguments) throws(Complaint) -> Answer {
    let name = "\"TEXT\" [expect VERDICT]: FACT"
    let start = words.word(name)?.place.lowerBound ?? 0
    let text = words.text(name) ?? ""
    let claim = try ClaimReader.claim(in: text, at: start)
    var new = scene
    new.claimed.append(Scene.claiming + text)
    replace(with: new)
    return Answer([Line("  claimed: \(Sentences.clean(claim.text, most: 200))")])
  }

  fileprivate func claims() throws(Complaint) -> Answer {
    var verdicts: [DesignVerdict] = []
    let claims = scene.claims
    for claim in claims {
      verdicts.append(verdict(on: claim))
      // What was stopped has not been judged.
      guard goOn(Double(verdicts.count) / Double(claims.count)) else { throw .timeLimit }
    }
    var answer = ClaimList(verdicts: verdicts, pins: scene.simulation.topology.pins).answer
    if !verdicts.isEmpty { answer.lines += scene.simulation.brokenLines }
    return answer
  }
}

extension Simulation {
  /// That what was judged is not the site as it was built.
  var brokenLines: [Line] {
    guard !faults.isEmpty else { return [] }
    let broken = faults.map { "\($0.target.text) (\($0.fault.text))" }
    return [Line("  Judged as the site stands, with \(Sentences.listed(broken)) broken.", .failed)]
  }
}

/// What came of a claim, for those that test a design.
public struct DesignVerdict: Sendable {
  public let claim: Claim
  /// Nil where it could not be judged.
  public let judged: JudgedClaim?
  public let problem: FactProblem?

  public var isAsExpected: Bool { judged?.isAsExpected ?? false }
}

extension Session {
  /// The claims of the design that is loaded, each judged on the site as it stands.
  public var designVerdicts: [DesignVerdict] {
    scene.claims.map { verdict(on: $0) }
  }

  func verdict(on claim: Claim) -> DesignVerdict {
    do {
      return DesignVerdict(claim: claim, judged: try claim.judged(in: factWorld()), problem: nil)
    } catch {
      return DesignVerdict(claim: claim, judged: nil, problem: error)
    }
  }
}
