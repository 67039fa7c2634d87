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
