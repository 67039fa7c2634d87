import Blueprint
import Simulator

/// Something wrong with a site, where, how one sees it, and what cures it.
public struct Finding: Equatable, Sendable {
  /// Of the rule that found it.
  public let id: String
  /// One sentence in lower key, without a full stop.
  public let title: String
  public let severity: Severity
  /// The number in the Common Weakness Enumeration, where one fits.
  public let cwe: Int?
  public let component: String
  public let evidence: Evidence
  /// Commands that cure it.
  public let fix: [String]

  public enum Severity: String, CaseIterable, Sendable {
    case high, medium, low
  }

  public var json: JSON {
    .object([
      JSON.Member("id", .string(id)), JSON.Member("title", .string(title)),
      JSON.Member("severity", .string(severity.rawValue)), JSON.Member("component", .string(component)),
      JSON.Member("cwe", cwe.map { .integer($0) } ?? .null), JSON.Member("evidence", evidence.json),
      JSON.Member("fix", .string(fix.joined(separator: "; "))),
    ])
  }
}

extension Simulation {
  /// What is wrong, the worst first; only a part of it once it is not to go on.
  public func audit(goOn: GoOn = { _ in true }) -> [Finding] {
    let site = wired
    var found: [Finding] = []
    // Of a few hosts all is known before anybody could want to stop.
    let isLong = topology.hosts.count > 50
    for (i, rule) in AuditRule.all.enumerated() {
      guard !isLong || goOn(Double(i) / Double(AuditRule.all.count)) else { break }
      found += rule.findings(in: site)
    }
    return Finding.Severity.allCases.flatMap { severity in found.filter { $0.severity == severity } }
  }
}
