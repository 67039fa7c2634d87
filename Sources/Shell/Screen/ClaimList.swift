import Blueprint
import Inspector

/// Verdicts with what shows them.
struct ClaimList {
  let judged: [JudgedClaim]
  let pins: [String]

  var answer: Answer {
    guard !judged.isEmpty else {
      return Answer(
        [Line("  this design claims nothing: claim \"TEXT\": FACT", .faint)],
        [JSON.Member("claims", .array([]))])
    }
    let lines = judged.flatMap { $0.lines } + [Line("Settled here: \(pins.joined(separator: "; ")).", .faint)]
    return Answer(
      lines,
      [
        JSON.Member("claims", .array(judged.map { $0.json })),
        JSON.Member("settled", .array(pins.map { .string($0) })),
      ])
  }
}

extension JudgedClaim {
  fileprivate var lines: [Line] {
    let word = Column.left(verdict.rawValue, 8)
    let surprise = isAsExpected ? "" : "; \(claim.expected?.rawValue ?? "") was expected"
    let kinds = verdict == .partly ? ", for \(Sentences.listed(kinds.map { $0.rawValue }))" : ""
    return [
      Line("  ") + Line(word, isAsExpected ? .accent : .failed)
        + Line("  \(Sentences.clean(claim.text, most: 200))\(kinds)\(surprise)"),
      Line("            ") + Line(Sentences.clean(evidence.saw, most: 400), .faint),
    ]
  }

  fileprivate var json: JSON {
    .object([
      JSON.Member("text", .string(claim.text)), JSON.Member("verdict", .string(verdict.rawValue)),
      JSON.Member("expected", claim.expected.map { .string($0.rawValue) } ?? .null),
      JSON.Member("kinds", .array(kinds.map { .string($0.rawValue) })),
      JSON.Member("evidence", evidence.json),
    ])
  }
}
