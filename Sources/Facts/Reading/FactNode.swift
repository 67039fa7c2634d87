import Blueprint
import Inspector

/// A parsed fact, with the position of each part. Its types have not been checked yet.
struct FactNode: Sendable {
  let position: Range<Int>
  let shape: Shape
  /// The height of the tree below the node, including the node.
  let depth: Int

  indirect enum Shape: Sendable {
    case literal(FactValue, FactType)
    case call(FactCall)
    /// `base.name`: a field of the base's value, or a fact on the site to which the base leads.
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

/// A name with its arguments: `spofs(read) at 150/s by hang`. Without parentheses, the name may be that of a
/// component.
struct FactCall: Sendable {
  let name: String
  let position: Range<Int>
  var arguments: [WrittenArgument] = []
  var hasParentheses = false
  var rate: FactNode?
  var fault: Fault?
}

/// An argument as it was written, before its type is checked.
enum WrittenArgument: Sendable {
  case fact(FactNode)
  case commands(String, position: Range<Int>)
  case failures([WrittenFailure])
  case event(String, position: Range<Int>)

  var position: Range<Int> {
    switch self {
    case .fact(let node): node.position
    case .commands(_, let position), .event(_, let position): position
    case .failures(let writtenFailures): writtenFailures.first?.component.position ?? 0..<0
    }
  }
}

struct WrittenFailure: Sendable {
  let component: FactNode
  let fault: Fault?
}
