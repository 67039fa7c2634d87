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
        [Line("  this design claims nothing: claim \"TEXT\": FACT", .faint)],
        [JSON.Member(.claims, .array([]))])
    }
    let lines =
      verdicts.flatMap { $0.lines } + [Line("Settled here: \(assumptions.joined(separator: "; ")).", .faint)]
    return CommandResponse(
      lines,
      [
        JSON.Member(.claims, .array(verdicts.map { $0.json })),
        JSON.Member(.settled, .array(assumptions.map { .string($0) })),
      ])
  }
}

extension DesignVerdict {
  fileprivate var lines: [Line] {
    if let evaluated { return evaluated.lines }
    let hint = problem.map { $0.hint.isEmpty ? "" : "; \($0.hint)" } ?? ""
    return [
      Line("  ") + Line("?", .failed)
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
    let surprise = isAsExpected ? "" : "; \(claim.expected?.rawValue ?? "") was expected"
    let kinds = verdict == .partly ? ", for \(Sentences.listed(kinds.map { $0.rawValue }))" : ""
    return [
      Line("  ") + Line(word, isAsExpected ? .accent : .failed)
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

/// The verdict on a claim of a design.
public struct DesignVerdict: Sendable {
  public let claim: Claim
  /// The judged claim; nil if the claim could not be judged.
  public let evaluated: EvaluatedClaim?
  public let problem: FactProblem?

  public var isAsExpected: Bool { evaluated?.isAsExpected ?? false }
}
