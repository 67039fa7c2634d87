import Blueprint
import Simulator

/// A weakness of a site: where it is, the evidence, and what fixes it.
public struct Finding: Equatable, Sendable {
  /// The name of the rule that found it.
  public let id: String
  /// A sentence without a capital letter and a full stop.
  public let title: String
  public let severity: Severity
  /// The number in the Common Weakness Enumeration, if one fits.
  public let cwe: Int?
  public let component: String
  public let evidence: Evidence
  /// The commands that fix it.
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
