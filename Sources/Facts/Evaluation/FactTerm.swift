import Blueprint
import Inspector

/// A fact whose types have been checked, ready to be evaluated.
indirect enum FactTerm: Sendable {
  case constant(FactValue)
  case component(String, position: Range<Int>)
  /// `it`: the element that a fact such as `argmax` is currently trying.
  case it
  case fact(FactEntry, CheckedCall)
  case field(FactTerm, FactField, CheckedCall)
  /// The second term, evaluated on the site to which the first term leads.
  case onSite(FactTerm, FactTerm, position: Range<Int>)
  case element(FactTerm, FactTerm, position: Range<Int>)
  case negated(FactTerm, position: Range<Int>)
  case minus(FactTerm)
  case binary(FactOperator, FactTerm, FactTerm, position: Range<Int>)
  case set([FactTerm])
  case list([FactTerm])
  case counts([(key: FactTerm, count: FactTerm)], position: Range<Int>)
}

/// The arguments of a fact or a field, after their types have been checked.
struct CheckedCall: Sendable {
  var arguments: [CheckedArgument] = []
  var rate: FactTerm?
  var fault: Fault?
  let position: Range<Int>
}

enum CheckedArgument: Sendable {
  case term(FactTerm)
  case commands(String)
  case failures([(component: FactTerm, fault: Fault?)])
  case event(String)
  case repeatedFact(FactTerm, position: Range<Int>)
}

extension FactTerm {
  /// Whether the fact consists only of `==` and `in`, joined by `and` or `or`. If it is false, so was the
  /// last comparison made.
  var comparesSets: Bool {
    guard case .binary(let sign, let left, let right, _) = self else { return false }
    switch sign {
    case .equal, .in: return true
    case .and, .or: return left.comparesSets && right.comparesSets
    case .unequal, .about, .less, .atMost, .greater, .atLeast, .notIn, .plus, .minus, .times, .dividedBy,
      .within,
      .withinShare, .intersection, .union, .without:
      return false
    }
  }
}
