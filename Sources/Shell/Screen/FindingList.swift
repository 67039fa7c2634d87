import Blueprint
import Inspector

/// The findings of an audit, as a list.
extension [Finding] {
  var lines: [Line] {
    guard !isEmpty else { return [Line("  nothing found")] }
    let found = prefix(60).flatMap { finding in
      [
        Line("  \(Column.left(finding.severity.rawValue, 7)) ", finding.severity == .high ? .failed : .plain)
          + Line("\(finding.component): \(finding.title)\(finding.cwe.map { " (CWE-\($0))" } ?? "")"),
        Line("          ") + Line(finding.evidence.observation, .faint),
        Line("          ") + Line(finding.fix.joined(separator: "; "), .accent),
      ]
    }
    let rest = count > 60 ? [Line("  and \(count - 60) findings more", .faint)] : []
    let words = count == 1 ? "1 finding" : "\(count) findings"
    return (found + rest + [Line("  \(words); the last line of each cures it", .faint)])
  }
}
