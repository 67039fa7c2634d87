import Blueprint
import Simulator

/// A weakness that an audit found: the component that has it, the evidence, and the fix.
public struct Finding: Equatable, Sendable {
  /// The id of the rule that found the weakness.
  public let id: String
  /// A sentence that begins in lower case and has no full stop.
  public let title: String
  public let severity: Severity
  /// The number in the Common Weakness Enumeration, or nil if none fits.
  public let cwe: Int?
  public let component: String
  public let evidence: Evidence
  /// The commands that fix the weakness.
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
