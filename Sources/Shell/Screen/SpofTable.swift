import Blueprint
import Inspector

/// Which parts stop which kinds of request, what was seen, and what would cure it.
struct SpofTable {
  /// What was asked.
  let search: SpofSearch
  let report: SpofReport
  let pairs: [SpofPair]?
  /// In the order of the report's; empty where nobody looked for them.
  let cures: Cures
  let width: Int

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
      JSON.Member("together", cures.together.map { $0.json } ?? .null),
      JSON.Member("failing_already", .array(report.failing.map { .string($0.kind.rawValue) })),
      JSON.Member("failing_evidence", .array(report.failing.map { $0.evidence.json })),
      JSON.Member("failing_cure", cures.already.map { $0.json } ?? .null),
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
    } + mending
  }

  private var mending: [Line] {
    guard !report.failing.isEmpty, cures.areSought else { return [] }
    return cures.already.map { Line.commands($0.commands, after: "  mended by", width: width) }
      ?? [Line("  Nothing that was tried mends that.", .faint)]
  }

  private var nameWidth: Int {
    max(18, report.spofs.prefix(SpofTable.mostRows).map { $0.component.count }.max() ?? 0)
  }

  private var table: [Line] {
    guard !report.spofs.isEmpty else { return [] }
    let head = kinds.map { Column.right($0.rawValue, 7) }.joined()
    var lines = [Line("  \(Column.left("", nameWidth))\(head)", .faint)]
    lines += report.spofs.prefix(SpofTable.mostRows).map { row($0) }
    if report.spofs.count > SpofTable.mostRows {
      lines.append(Line("  and \(report.spofs.count - SpofTable.mostRows) more", .faint))
    }
    return lines
  }

  private func row(_ spof: Spof) -> Line {
    let stopped = spof.kinds
    var line = Line("  \(Column.left(spof.component, nameWidth))")
    for kind in kinds {
      line =
        line
        + (stopped.contains(kind) ? Line(Column.right("✗", 7), .failed) : Line(Column.right("·", 7), .faint))
    }
    let saw = spof.like.map { "as \($0)" } ?? spof.answers.last?.result ?? ""
    return line + Line("   \(saw)", .faint)
  }

  private var footer: [Line] {
    guard report.candidates > 0 else { return [Line("  Nothing here can fail so.")] }
    guard !kinds.isEmpty else { return [Line("  So what stops them alone cannot be told.")] }
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
    return lines + cureLines
  }

  // MARK: Cures

  private static let mostCures = 4
  private static let mostListed = 3
  private static let mostReasons = 2

  private var cureLines: [Line] {
    let helpful = cures.each.compactMap { $0 }.unique
    var lines: [Line] = []
    for cure in helpful.prefix(SpofTable.mostCures) {
      lines += Line.commands(cure.commands, after: "  \(components(curedBy: cure)):", width: width)
      lines += reasons(for: cure)
    }
    if helpful.count > SpofTable.mostCures {
      lines.append(Line("  and \(helpful.count - SpofTable.mostCures) more", .faint))
    }
    if cures.each.contains(nil) {
      lines.append(Line("  Nothing that was tried cures \(components(curedBy: nil)).", .faint))
    }
    // Where they do not go together each is tried by itself.
    return lines
      + (cures.together.map { [$0] } ?? Array(helpful.prefix(SpofTable.mostCures))).map { trying($0) }.unique
  }

  /// Why it is not done with less, and what it costs.
  private func reasons(for cure: Cure) -> [Line] {
    var lines: [Line] = []
    if let first = cure.because.first {
      let others = cure.because.count - SpofTable.mostReasons
      let reasons = others > 0 ? [first, "and \(others + 1) findings more"] : cure.because
      lines.append(Line("    without the rest: \(reasons.joined(separator: "; "))", .faint))
    }
    if !cure.brings.isEmpty {
      lines.append(Line("    its price: \(Sentences.listed(cure.brings)) can stop something alone", .faint))
    }
    return lines
  }

  /// How it is tried on a copy. Of a line that goes on below, the rest would be done to the site if it were pasted.
  private func trying(_ cure: Cure) -> Line {
    let whole = "  whatif \(cure.text); \(Cure.pause); \(search.command)"
    return whole.columns <= width
      ? Line(whole, .faint)
      : Line("  whatif COMMANDS; \(Cure.pause); \(search.command) tries them on a copy.", .faint)
  }

  private func components(curedBy cure: Cure?) -> String {
    let cured = zip(report.spofs, cures.each).filter { $0.1 == cure }.map { $0.0.component }
    let others = cured.count - SpofTable.mostListed
    return Sentences.listed(
      others > 1 ? Array(cured.prefix(SpofTable.mostListed)) + ["\(others) others"] : cured)
  }

  /// What was not found out by breaking it.
  private var gaps: [Line] {
    var lines: [Line] = []
    if let window = report.spofs.lazy.flatMap({ $0.answers }).compactMap({ $0.windowWords }).first {
      lines.append(Line("  They were sent in \(window).", .faint))
    }
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
    let width = max(nameWidth, names.map { $0.count }.max() ?? 0)
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
      JSON.Member("cure", cure.map { $0.json } ?? .null),
      JSON.Member("brings", .array((cure?.brings ?? []).map { .string($0) })),
    ])
  }
}

extension Cure {
  fileprivate var json: JSON { .array(commands.map { .string($0) }) }
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
