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
    return CommandResponse(already + heading + table + gaps + fixLines + pairLines, members)
  }

  private func fix(_ index: Int) -> CompletedFix? {
    fixes.fixBySpof.indices.contains(index) ? fixes.fixBySpof[index] : nil
  }

  // MARK: Lines

  /// What fails before anything else is broken, and its fix.
  private var already: [Line] {
    guard !report.failing.isEmpty else { return [] }
    let intro = "  Even now, before breaking anything else, "
    guard report.failing.count > 1 else {
      return report.failing.flatMap { failure in
        [Line(intro) + Line("\(failure.observation).", .failed)] + commands(showing: failure)
      } + fixOfFailing
    }
    return [Line("  Even now, before breaking anything else:")]
      + report.failing.flatMap { failure in
        [Line("    \(failure.observation)", .failed)] + commands(showing: failure)
      } + fixOfFailing
  }

  private func commands(showing failure: TrialResult) -> [Line] {
    failure.evidence.commands.map { Line("    \($0)", .accent) }
  }

  private var fixOfFailing: [Line] {
    guard fixes.hasSearched else { return [] }
    return fixes.fixForFailingRequests.map {
      Line.commands($0.fix.commands, after: "  Fix:", width: width)
    } ?? [Line("  None of the fixes tried helps.", .faint)]
  }

  private var heading: [Line] {
    guard report.candidates > 0 else { return [Line("  Nothing on this site can fail in this way.")] }
    guard !kinds.isEmpty else { return [Line("  Until that is fixed, no further SPOFs can be found.")] }
    let all = "\(report.candidates) hosts, components and links"
    let count = report.spofs.count
    guard report.failing.isEmpty else {
      return [
        Line(
          count == 0
            ? "  None of the \(all) would cause a further outage on its own."
            : "  \(count) of \(all) would \(count == 1 ? "" : "each ")cause a further outage "
              + "on \(count == 1 ? "its" : "their") own.")
      ]
    }
    guard count > 0 else { return [Line("  None of the \(all) is a single point of failure.", .good)] }
    return [
      Line("  \(count) of \(all) \(count == 1 ? "is a single point" : "are single points") of failure")
    ]
      + (links > 0 && links < count
        ? [Line("  (hosts and components: \(count - links), links: \(links))", .faint)] : [])
  }

  private var links: Int { report.spofs.count { $0.isLink } }

  private var nameWidth: Int {
    max(16, report.spofs.prefix(SpofTable.rowLimit).map { $0.component.columns }.max() ?? 0)
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
    let observation = spof.representative.map { "like \($0)" } ?? spof.results.last?.summary ?? ""
    return line + Line("   \(observation)", .faint)
  }

  // MARK: Fixes

  private static let mostFixes = 4
  private static let mostListed = 3
  private static let mostReasons = 2

  /// The fixes as numbered paragraphs. Each line of commands can be typed as it is.
  private var fixLines: [Line] {
    let helpful = fixes.fixBySpof.compactMap { $0 }.unique
    var lines: [Line] = helpful.isEmpty ? [] : [Line(), Line("  Fixes")]
    for (i, fix) in helpful.prefix(SpofTable.mostFixes).enumerated() {
      lines.append(Line("  \(i + 1)  for ") + Line("\(components(fixedBy: fix))"))
      lines += Line.commands(fix.fix.commands, after: "    ", width: width)
      lines += reasons(for: fix)
    }
    if helpful.count > SpofTable.mostFixes {
      lines.append(Line("  and \(helpful.count - SpofTable.mostFixes) more fixes", .faint))
    }
    if fixes.fixBySpof.contains(nil) {
      lines.append(Line("  None of the fixes tried removes \(components(fixedBy: nil)).", .faint))
    }
    return helpful.isEmpty ? lines : lines + trial(of: helpful)
  }

  /// Returns why a part of the fix is not enough, and which new SPOFs the fix adds.
  private func reasons(for fix: CompletedFix) -> [Line] {
    var lines: [Line] = []
    if let first = fix.reasons.first {
      let others = fix.reasons.count - SpofTable.mostReasons
      let reasons = others > 0 ? [first, "and \(others + 1) more findings"] : fix.reasons
      let text = reasons.joined(separator: "; ")
      lines.append(Line("     Apply all of it. With only a part: \(text).", .faint))
    }
    if !fix.newSpofs.isEmpty {
      let become = fix.newSpofs.count == 1 ? "becomes a SPOF" : "become SPOFs"
      lines.append(Line("     The price: \(Sentences.listed(fix.newSpofs)) \(become).", .attention))
    }
    return lines
  }

  /// Returns the commands that try the fixes on a copy, if each fits a line: if pasted, the second line of a
  /// longer command would change the site. Otherwise, returns how to check a fix.
  private func trial(of helpful: [CompletedFix]) -> [Line] {
    // If the fixes cannot be combined, each is offered on its own.
    let tried = (fixes.combinedFix.map { [$0] } ?? Array(helpful.prefix(SpofTable.mostFixes))).map {
      "whatif \($0.fix.text); \(Fix.pause); \(search.command)"
    }.unique
    guard tried.allSatisfy({ $0.columns + 5 <= width }) else {
      return [
        Line("  To check a fix, type its commands, then:"),
        Line("     ") + Line("\(Fix.pause); \(search.command)", .accent),
      ]
    }
    return [Line("  To try \(fixes.combinedFix != nil && helpful.count > 1 ? "them all" : "it") on a copy:")]
      + tried.map { Line("     \($0)", .accent) }
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
      lines.append(Line("  The requests were sent within \(window).", .faint))
    }
    if report.inferredCount > 0 {
      lines.append(
        Line(
          "  \(report.inferredCount) of them were not tested: each is built like one that was tested.", .faint
        ))
    }
    if report.unknownCount > 0 {
      lines.append(
        Line("  \(report.unknownCount) more were not tested, because there are too many.", .attention))
    }
    return lines
  }

  private var pairLines: [Line] {
    guard let pairs, !kinds.isEmpty else { return [] }
    guard !pairs.isEmpty else {
      return [Line("  No two hosts or components together cause a further outage.")]
    }
    let names = pairs.prefix(SpofTable.rowLimit).map { $0.components.joined(separator: " + ") }
    let width = max(nameWidth, names.map { $0.count }.max() ?? 0)
    var lines = [Line(), Line("  Pairs that cause an outage together")]
    for (name, pair) in zip(names, pairs) {
      let words = pair.kinds.map { $0.rawValue }.joined(separator: ", ")
      lines.append(Line("  \(Column.left(name, width))  ") + Line(words, .failed))
    }
    if pairs.count > names.count {
      lines.append(Line("  and \(pairs.count - names.count) more pairs", .faint))
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
