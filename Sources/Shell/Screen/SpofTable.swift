import Blueprint
import Inspector

/// A table of SPOFs: the kinds of request that each SPOF makes fail, the evidence, and the fixes.
struct SpofTable {
  /// The search that found the SPOFs.
  let search: SpofSearch
  let report: SpofReport
  let pairs: [SpofPair]?
  let fixes: SpofFixes
  let width: Int

  static let rowLimit = 24

  /// The kinds of request that do not already fail. Only these can have a SPOF.
  private var kinds: [RequestKind] {
    search.kinds.filter { kind in !report.failing.contains { $0.kind == kind } }
  }

  var answer: CommandResponse {
    var members = [
      JSON.Member(.spofs, .array(zip(report.spofs.indices, report.spofs).map { $1.json(fix($0)) }))
    ]
    if let pairs { members.append(JSON.Member(.pairs, .array(pairs.map { $0.json }))) }
    members += [
      JSON.Member(.combinedFix, fixes.combinedFix.map { $0.fix.json } ?? .null),
      JSON.Member(.failingAlready, .array(report.failing.map { .string($0.kind.rawValue) })),
      JSON.Member(.failingEvidence, .array(report.failing.map { $0.evidence.json })),
      JSON.Member(.failingCure, fixes.fixForFailingRequests.map { $0.fix.json } ?? .null),
      JSON.Member(.candidates, .integer(report.candidates)),
      JSON.Member(.triedCount, .integer(report.triedCount)),
      JSON.Member(.inferredCount, .integer(report.inferredCount)),
      JSON.Member(.unknownCount, .integer(report.unknownCount)),
    ]
    return CommandResponse(already + table + footer + pairLines, members)
  }

  private func fix(_ index: Int) -> CompletedFix? {
    fixes.fixBySpof.indices.contains(index) ? fixes.fixBySpof[index] : nil
  }

  // MARK: Lines

  private var already: [Line] {
    report.failing.flatMap { failure in
      [Line("  even with nothing more broken, \(failure.observation)", .failed)]
        + failure.evidence.commands.map { Line("  \($0)", .faint) }
    } + fixOfFailing
  }

  private var fixOfFailing: [Line] {
    guard !report.failing.isEmpty, fixes.hasSearched else { return [] }
    return fixes.fixForFailingRequests.map {
      Line.commands($0.fix.commands, after: "  mended by", width: width)
    }
      ?? [Line("  Nothing that was tried mends that.", .faint)]
  }

  private var nameWidth: Int {
    max(18, report.spofs.prefix(SpofTable.rowLimit).map { $0.component.count }.max() ?? 0)
  }

  private var table: [Line] {
    guard !report.spofs.isEmpty else { return [] }
    let head = kinds.map { Column.right($0.rawValue, 7) }.joined()
    var lines = [Line("  \(Column.left("", nameWidth))\(head)", .faint)]
    lines += report.spofs.prefix(SpofTable.rowLimit).map { row($0) }
    if report.spofs.count > SpofTable.rowLimit {
      lines.append(Line("  and \(report.spofs.count - SpofTable.rowLimit) more", .faint))
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
    let observation = spof.representative.map { "as \($0)" } ?? spof.results.last?.summary ?? ""
    return line + Line("   \(observation)", .faint)
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
    return lines + fixLines
  }

  // MARK: Fixes

  private static let mostFixes = 4
  private static let mostListed = 3
  private static let mostReasons = 2

  private var fixLines: [Line] {
    let helpful = fixes.fixBySpof.compactMap { $0 }.unique
    var lines: [Line] = []
    for fix in helpful.prefix(SpofTable.mostFixes) {
      lines += Line.commands(fix.fix.commands, after: "  \(components(fixedBy: fix)):", width: width)
      lines += reasons(for: fix)
    }
    if helpful.count > SpofTable.mostFixes {
      lines.append(Line("  and \(helpful.count - SpofTable.mostFixes) more", .faint))
    }
    if fixes.fixBySpof.contains(nil) {
      lines.append(Line("  Nothing that was tried cures \(components(fixedBy: nil)).", .faint))
    }
    // If the fixes cannot be combined, each is offered on its own.
    return lines
      + (fixes.combinedFix.map { [$0] } ?? Array(helpful.prefix(SpofTable.mostFixes))).map { whatIfLine($0) }
      .unique
  }

  /// Returns why a part of the fix is not enough, and which new SPOFs the fix adds.
  private func reasons(for fix: CompletedFix) -> [Line] {
    var lines: [Line] = []
    if let first = fix.reasons.first {
      let others = fix.reasons.count - SpofTable.mostReasons
      let reasons = others > 0 ? [first, "and \(others + 1) findings more"] : fix.reasons
      lines.append(Line("    without the rest: \(reasons.joined(separator: "; "))", .faint))
    }
    if !fix.newSpofs.isEmpty {
      lines.append(Line("    its price: \(Sentences.listed(fix.newSpofs)) can stop something alone", .faint))
    }
    return lines
  }

  /// Returns the command that tries the fix on a copy. A command longer than a line is abridged: if pasted,
  /// its second line would change the site.
  private func whatIfLine(_ fix: CompletedFix) -> Line {
    let whole = "  whatif \(fix.fix.text); \(Fix.pause); \(search.command)"
    return whole.columns <= width
      ? Line(whole, .faint)
      : Line("  whatif COMMANDS; \(Fix.pause); \(search.command) tries them on a copy.", .faint)
  }

  private func components(fixedBy fix: CompletedFix?) -> String {
    let fixed = zip(report.spofs, fixes.fixBySpof).filter { $0.1 == fix }.map { $0.0.component }
    let others = fixed.count - SpofTable.mostListed
    return Sentences.listed(
      others > 1 ? Array(fixed.prefix(SpofTable.mostListed)) + ["\(others) others"] : fixed)
  }

  /// Lines on what the search inferred without a test, or did not decide.
  private var gaps: [Line] {
    var lines: [Line] = []
    if let window = report.spofs.lazy.flatMap({ $0.results }).compactMap({ $0.windowWords }).first {
      lines.append(Line("  They were sent in \(window).", .faint))
    }
    if report.inferredCount > 0 {
      lines.append(
        Line(
          "  \(report.inferredCount) of them were not broken themselves: each is built like one that was.",
          .faint
        ))
    }
    if report.unknownCount > 0 {
      lines.append(
        Line("  Of \(report.unknownCount) more nothing is known: there are too many to break each.", .failed))
    }
    return lines
  }

  private var pairLines: [Line] {
    guard let pairs, !kinds.isEmpty else { return [] }
    guard !pairs.isEmpty else { return [Line("  No two hosts or parts stop anything together.")] }
    let names = pairs.prefix(SpofTable.rowLimit).map { $0.components.joined(separator: " + ") }
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
  fileprivate func json(_ fix: CompletedFix?) -> JSON {
    [
      .component: .string(component), .kinds: .array(kinds.map { .string($0.rawValue) }),
      .evidence: evidence.json, .confirmed: .flag(representative == nil),
      .shares: .object(results.map { JSON.Member(named: $0.kind.rawValue, isComplete ? $0.share : .null) }),
      .cure: fix.map { $0.fix.json } ?? .null, .brings: .array((fix?.newSpofs ?? []).map { .string($0) }),
    ]
  }
}

extension Fix {
  fileprivate var json: JSON { .array(commands.map { .string($0) }) }
}

extension SpofPair {
  fileprivate var json: JSON {
    [
      .components: .array(components.map { .string($0) }), .kinds: .array(kinds.map { .string($0.rawValue) }),
      .evidence: evidence.json,
    ]
  }
}

extension TrialResult {
  /// The share of requests that failed.
  fileprivate var share: JSON { .thousandths(Int64(failed * 1_000 / max(1, sent))) }
}
