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
    [
      .id: .string(id), .title: .string(title), .severity: .string(severity.rawValue),
      .component: .string(component), .cwe: cwe.map { .integer($0) } ?? .null, .evidence: evidence.json,
      .fix: .string(fix.joined(separator: "; ")),
    ]
  }
}
