import Blueprint
import Inspector

/// The findings of an audit. Findings with one title are grouped, with a row for each component.
struct FindingList {
  let findings: [Finding]
  let width: Int
  /// Whether each finding is followed by its evidence.
  let hasEvidence: Bool

  private static let rowLimit = 60

  private struct Group {
    let first: Finding
    var findings: [Finding]
  }

  var lines: [Line] {
    guard !findings.isEmpty else { return [Line("  No findings.", .good)] }
    let shown = findings.prefix(FindingList.rowLimit)
    let names = shown.reduce(12) { max($0, $1.component.columns) }
    var lines = [summary]
    for group in groups(of: Array(shown)) {
      let cwe = group.first.cwe.map { " (CWE-\($0))" } ?? ""
      lines.append(
        Line("  ") + Line(Column.left(group.first.severity.rawValue, 8), group.first.severity.look)
          + Line("\(group.first.title)\(cwe)"))
      for finding in group.findings { lines += rows(of: finding, names) }
    }
    if findings.count > shown.count {
      lines.append(Line("  and \(findings.count - shown.count) more findings", .faint))
    }
    return hasEvidence ? lines : lines + [hint]
  }

  private var summary: Line {
    let counts = Finding.Severity.allCases.compactMap { severity in
      let count = findings.count { $0.severity == severity }
      return count > 0 ? "\(count) \(severity.rawValue)" : nil
    }
    let noun = findings.count == 1 ? "finding" : "findings"
    return Line("  \(findings.count) \(noun): \(counts.joined(separator: ", "))")
  }

  private var hint: Line {
    Line("  Each is followed by its fix. Type ")
      + Line("audit \(findings.first?.component ?? "")", .accent) + Line(" for the evidence.")
  }

  private func groups(of findings: [Finding]) -> [Group] {
    var groups: [Group] = []
    for finding in findings {
      let position = groups.firstIndex {
        $0.first.title == finding.title && $0.first.severity == finding.severity
      }
      if let position {
        groups[position].findings.append(finding)
      } else {
        groups.append(Group(first: finding, findings: [finding]))
      }
    }
    return groups
  }

  private func rows(of finding: Finding, _ names: Int) -> [Line] {
    let name = Line("          \(Column.left(finding.component, names)) ")
    let isWide = 10 + names + 1 + 30 <= width
    let fix = Line.commands(finding.fix, after: isWide ? name.text : "            ", width: width)
    return (isWide ? fix : [name] + fix)
      + (hasEvidence ? [Line("            ") + Line(finding.evidence.observation, .faint)] : [])
  }
}

extension Finding.Severity {
  fileprivate var look: Line.Look {
    switch self {
    case .high: .failed
    case .medium: .attention
    case .low: .plain
    }
  }
}
