import Blueprint
import Inspector

/// A sentence about a design, and the fact that decides whether it is true.
public struct Claim: Equatable, Sendable {
  public let text: String
  /// The verdict that the author expects, or nil if none was given.
  public let expected: ClaimVerdict?
  /// The text of a fact. Its value is true or false, or the set of kinds of request for which the claim
  /// holds.
  public let fact: String

  public init(_ text: String, expected: ClaimVerdict?, fact: String) {
    self.text = text
    self.expected = expected
    self.fact = fact
  }

  /// The reason why the fact cannot decide a claim, or nil if it can. Nothing is evaluated.
  public var problem: FactProblem? {
    do {
      let type = try Fact(fact).type
      guard type == .bool || type.unified(with: .set(.kind)) != nil else {
        return FactProblem(
          "a claim is true or false, or a set of kinds of request; this is \(type.words)",
          hint: "stops(break(lb-1))",
          at: 0..<fact.count)
      }
      return nil
    } catch {
      return error
    }
  }

  /// The `claim` command that states the claim.
  public var command: String {
    "claim \"\(text)\"" + (expected.map { " expect \($0.rawValue)" } ?? "") + ": \(fact)"
  }

  public func evaluated(in context: FactContext) throws(FactProblem) -> EvaluatedClaim {
    let evaluated = try Fact(fact).evaluated(in: context)
    return EvaluatedClaim(claim: self, kinds: kinds(evaluated.value), evidence: evaluated.evidence)
  }

  /// Returns the kinds of request for which a fact with this value holds.
  private func kinds(_ value: FactValue) -> [RequestKind] {
    if value == .bool(true) { return RequestKind.allCases }
    let kinds = value.elements.compactMap { if case .kind(let kind) = $0 { kind } else { nil } }
    return RequestKind.allCases.filter { kinds.contains($0) }
  }
}

/// How far a claim holds: for all kinds of request, for some, or for none.
public enum ClaimVerdict: String, CaseIterable, Sendable {
  case holds, partly, refuted
}

/// A claim with its verdict.
public struct EvaluatedClaim: Equatable, Sendable {
  public let claim: Claim
  /// The kinds of request for which the claim holds.
  public let kinds: [RequestKind]
  public let evidence: Evidence

  public var verdict: ClaimVerdict {
    switch kinds.count {
    case 0: .refuted
    case RequestKind.allCases.count: .holds
    default: .partly
    }
  }

  public var isAsExpected: Bool { claim.expected.map { $0 == verdict } ?? true }
}
