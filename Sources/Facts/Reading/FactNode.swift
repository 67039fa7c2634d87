import Blueprint
import Inspector

/// A fact as it was read: its shape, and where each part of it stands. Its types are not known yet.
struct FactNode: Sendable {
  let place: Range<Int>
  let shape: Shape
  /// How many nodes are nested in it, with itself.
  let depth: Int

  indirect enum Shape: Sendable {
    case literal(FactValue, FactType)
    case call(FactCall)
    /// `base.name`: a field of it, or a fact about another site.
    case member(FactNode, FactCall)
    case element(FactNode, FactNode)
    case negated(FactNode)
    case minus(FactNode)
    case binary(FactOperator, FactNode, FactNode)
    case set([FactNode])
    case list([FactNode])
    case counts([(key: FactNode, count: FactNode)])
  }
}

/// A name and what is asked about: `spofs(read) at 150/s by hang`. Without parentheses it may be a component.
struct FactCall: Sendable {
  let name: String
  let place: Range<Int>
  var arguments: [WrittenArgument] = []
  var hasParentheses = false
  var rate: FactNode?
  var fault: Fault?
}

enum WrittenArgument: Sendable {
  case fact(FactNode)
  case commands(String, place: Range<Int>)
  case breaking([WrittenFailure])
  case event(String, place: Range<Int>)

  var place: Range<Int> {
    switch self {
    case .fact(let node): node.place
    case .commands(_, let place), .event(_, let place): place
    case .breaking(let breakings): breakings.first?.component.place ?? 0..<0
    }
  }
}

struct WrittenFailure: Sendable {
  let component: FactNode
  let fault: Fault?
}
