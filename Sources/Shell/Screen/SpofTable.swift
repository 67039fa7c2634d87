import Blueprint
import Inspector

/// Which parts stop which kinds of request, what was seen, and what would cure it.
struct SpofTable {
  /// What was asked.
  let search: SpofSearch
  let report: SpofReport
  let pairs: [SpofPair]?
  /// In the order of the report's first ones; empty where nobody looked for them.
  let cures: Cures

  static let mostRows = 24

  /// Of those that fail already nothing can be told.
  private var kinds: [RequestKind] {
    search.kinds.filter { kind in !report.failing.contains { $0.kind == kind } }
  }

  var answer: Answer {
    var members = [
      JSON.Member("spofs", .array(zip(report.spofs.indices, report.spofs).map { $1.json(cure($0)) }))
    ]
    if let pairs { members.append(JSON.Member("pairs", .array(pairs.map { $0.json }))) }
    members += [
      JSON.Member("failing_already", .array(report.failing.map { .string($0.kind.rawValue) })),
      JSON.Member("failing_evidence", .array(report.failing.map { $0.evidence.json })),
      JSON.Member("candidates", .integer(report.candidates)), JSON.Member("tried", .integer(report.tried)),
      JSON.Member("concluded", .integer(report.concluded)), JSON.Member("unknown", .integer(report.unknown)),
    ]
    return Answer(already + table + footer + pairLines, members)
  }

  private func cure(_ place: Int) -> Cure? { cures.each.indices.contains(place) ? cures.each[place] : nil }

  // MARK: Lines

  private var already: [Line] {
    report.failing.flatMap { answered in
      [Line("  even with nothing more broken, \(answered.saw)", .failed)]
        + answered.evidence.commands.map { Line("  \($0)", .faint) }
    }
  }

  private var width: Int {
    max(18, report.spofs.prefix(SpofTable.mostRows).map { $0.component.count }.max() ?? 0)
  }

  private var table: [Line] {
    guard !report.spofs.isEmpty else { return [] }
    let head = kinds.map { Column.right($0.rawValue, 7) }.joined()
    var lines = [Line("  \(Column.left("", width))\(head)", .faint)]
    lines += report.spofs.prefix(SpofTable.mostRows).map { row($0) }
    if report.spofs.count > SpofTable.mostRows {
      lines.append(Line("  and \(report.spofs.count - SpofTable.mostRows) more", .faint))
    }
    return lines
  }

  private func row(_ spof: Spof) -> Line {
    let stopped = spof.kinds
    var line = Line("  \(Column.left(spof.component, width))")
    for kind in kinds {
      line =
        line
        + (stopped.contains(kind) ? Line(Column.right("✗", 7), .failed) : Line(Column.right("·", 7), .faint))
    }
    let saw = spof.like.map { "as \($0)" } ?? spof.answers.last?.saw ?? ""
    return line + Line("   \(saw)", .faint)
  }

  private var footer: [Line] {
    guard !kinds.isEmpty else { return [] }
    let count = report.spofs.count
    let more = report.failing.isEmpty ? "" : " else"
    guard count > 0 else {
      return [Line("  None of \(report.candidates) hosts, parts and links stops anything\(more) alone.")]
        + gaps
    }
    var lines = [
      Line(
        "  \(count) of \(report.candidates) hosts, parts and links \(count == 1 ? "stops" : "stop") something\(more) alone."
      )
    ]
    lines += gaps
    let helpful = cures.each.compactMap { $0 }.reduce(into: [Cure]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    for cure in helpful.prefix(4) {
      let cured = zip(report.spofs, cures.each).filter { $0.1 == cure }.map { $0.0.component }
      let others = cured.count - SpofTable.mostListed
      let names =
        others > 1 ? Array(cured.prefix(SpofTable.mostListed)) + ["\(others) others"] : cured
      lines.append(Line("  \(Sentences.listed(names)): ") + Line(cure.text, .accent))
    }
    if helpful.count > 4 { lines.append(Line("  and \(helpful.count - 4) more", .faint)) }
    // Where they do not go together each is tried by itself.
    let tried = cures.together.map { [$0] } ?? Array(helpful.prefix(4))
    lines += tried.map { Line("  whatif \($0.text); \(Cure.pause); \(search.command)", .faint) }
    return lines
  }

  private static let mostListed = 3

  /// What was not found out by breaking it.
  private var gaps: [Line] {
    var lines: [Line] = []
    if report.concluded > 0 {
      lines.append(
        Line(
          "  \(report.concluded) of them were not broken themselves: each is built like one that was.", .faint
        ))
    }
    if report.unknown > 0 {
      lines.append(
        Line("  Of \(report.unknown) more nothing is known: there are too many to break each.", .failed))
    }
    return lines
  }

  private var pairLines: [Line] {
    guard let pairs, !kinds.isEmpty else { return [] }
    guard !pairs.isEmpty else { return [Line("  No two hosts or parts stop anything together.")] }
    let names = pairs.prefix(SpofTable.mostRows).map { $0.components.joined(separator: " + ") }
    let width = max(self.width, names.map { $0.count }.max() ?? 0)
    var lines = [Line("  two hosts or parts at a time", .accent)]
    for (name, pair) in zip(names, pairs) {
      let words = pair.kinds.map { $0.rawValue }.joined(separator: ", ")
      lines.append(Line("  \(Column.left(name, width))  ") + Line(words, .failed))
    }
    if pairs.count > names.count {
      lines.append(Line("  and \(pairs.count - names.count) pairs more", .faint))
    }
    return lines
  }
}

extension Spof {
  fileprivate func json(_ cure: Cure?) -> JSON {
    .object([
      JSON.Member("component", .string(component)),
      JSON.Member("kinds", .array(kinds.map { .string($0.rawValue) })),
      JSON.Member("evidence", evidence.json),
      JSON.Member("confirmed", .flag(like == nil)),
      JSON.Member(
        "shares", .object(answers.map { JSON.Member($0.kind.rawValue, isWhole ? $0.share : .null) })),
      JSON.Member("cure", cure.map { .array($0.commands.map { .string($0) }) } ?? .null),
    ])
  }
}

extension SpofPair {
  fileprivate var json: JSON {
    .object([
      JSON.Member("components", .array(components.map { .string($0) })),
      JSON.Member("kinds", .array(kinds.map { .string($0.rawValue) })),
      JSON.Member("evidence", evidence.json),
    ])
  }
}

extension Trial.Answered {
  /// Of the requests, which part failed.
  fileprivate var share: JSON { .thousandths(Int64(failed * 1_000 / max(1, sent))) }
}
