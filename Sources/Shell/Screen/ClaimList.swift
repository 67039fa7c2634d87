import Blueprint
import Facts
import Inspector

/// A list of verdicts on claims, each with its evidence or with the reason why the claim could not be judged.
struct ClaimList {
  let verdicts: [DesignVerdict]
  let assumptions: [String]

  var answer: CommandResponse {
    guard !verdicts.isEmpty else {
      return CommandResponse(
        [Line("  This design makes no claims. To add one: ") + Line("claim \"TEXT\": FACT", .accent)],
        [JSON.Member(.claims, .array([]))])
    }
    let lines =
      [summary] + verdicts.flatMap { $0.lines }
      + [Line(), Line("  Assumed: \(assumptions.joined(separator: "; ")).", .faint)]
    return CommandResponse(
      lines,
      [
        JSON.Member(.claims, .array(verdicts.map { $0.json })),
        JSON.Member(.settled, .array(assumptions.map { .string($0) })),
      ])
  }

  private var summary: Line {
    let counts = ClaimVerdict.allCases.compactMap { verdict in
      let count = verdicts.count { $0.evaluated?.verdict == verdict }
      return count > 0 ? "\(count) \(verdict == .holds && count > 1 ? "hold" : verdict.rawValue)" : nil
    }
    let unjudged = verdicts.count { $0.evaluated == nil }
    let all = counts + (unjudged > 0 ? ["\(unjudged) not judged"] : [])
    return Line("  \(verdicts.count) claim\(verdicts.count == 1 ? "" : "s"): \(all.joined(separator: ", "))")
  }
}

extension DesignVerdict {
  fileprivate var lines: [Line] {
    if let evaluated { return evaluated.lines }
    let hint = problem.map { $0.hint.isEmpty ? "" : "; \($0.hint)" } ?? ""
    return [
      Line("  ") + Line("?", .attention)
        + Line("         \(Sentences.clean(claim.text, most: 200)): not judged"),
      Line("            ")
        + Line(Sentences.clean("\(problem?.message ?? "it could not be tried")\(hint)", most: 400), .faint),
    ]
  }

  fileprivate var json: JSON {
    evaluated?.json
      ?? [
        .text: .string(claim.text), .verdict: .null,
        .expected: claim.expected.map { .string($0.rawValue) } ?? .null, .kinds: .array([]), .evidence: .null,
        .problem: problem.map { .string($0.message) } ?? .null,
      ]
  }
}

extension EvaluatedClaim {
  fileprivate var lines: [Line] {
    let word = Column.left(verdict.rawValue, 8)
    let surprise = isAsExpected ? "" : " (expected: \(claim.expected?.rawValue ?? ""))"
    let kinds = verdict == .partly ? ", for \(Sentences.listed(kinds.map { $0.rawValue }))" : ""
    return [
      Line("  ") + Line(word, verdict.look)
        + Line("  \(Sentences.clean(claim.text, most: 200))\(kinds)\(surprise)"),
      Line("            ") + Line(Sentences.clean(evidence.observation, most: 400), .faint),
    ]
  }

  fileprivate var json: JSON {
    [
      .text: .string(claim.text), .verdict: .string(verdict.rawValue),
      .expected: claim.expected.map { .string($0.rawValue) } ?? .null,
      .kinds: .array(kinds.map { .string($0.rawValue) }), .evidence: evidence.json,
    ]
  }
}

extension ClaimVerdict {
  fileprivate var look: Line.Look {
    switch self {
    case .holds: .good
    case .partly: .attention
    case .refuted: .failed
    }
  }
}

/// The verdict on a claim of a design.
public struct DesignVerdict: Sendable {
  public let claim: Claim
  /// The judged claim; nil if the claim could not be judged.
  public let evaluated: EvaluatedClaim?
  public let problem: FactProblem?

  public var isAsExpected: Bool { evaluated?.isAsExpected ?? false }
}
