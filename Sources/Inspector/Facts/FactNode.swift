import Blueprint

/// A fact as it was read: its shape, and where each part of it stands. Its types are not known yet.
struct FactNode: Sendable {
  let place: Range<Int>
  let kind: Kind
  /// How many nodes are nested in it, with itself.
  let depth: Int

  indirect enum Kind: Sendable {
    case literal(FactValue, FactType)
    case call(Call)
    /// `base.name`: a field of it, or a fact about another site.
    case member(FactNode, Call)
    case element(FactNode, FactNode)
    case negated(FactNode)
    case minus(FactNode)
    case binary(FactOperator, FactNode, FactNode)
    case set([FactNode])
    case list([FactNode])
    case counts([(key: FactNode, count: FactNode)])
  }

  /// A name and what is asked about: `spofs(read) at 150/s by hang`. Without parentheses it may be a component.
  struct Call: Sendable {
    let name: String
    let place: Range<Int>
    var arguments: [Argument] = []
    var hasParentheses = false
    var rate: FactNode?
    var fault: Fault?
  }

  enum Argument: Sendable {
    case fact(FactNode)
    case commands(String, place: Range<Int>)
    case breaking([Breaking])
    case event(String, place: Range<Int>)

    var place: Range<Int> {
      switch self {
      case .fact(let node): node.place
      case .commands(_, let place), .event(_, let place): place
      case .breaking(let breakings): breakings.first?.component.place ?? 0..<0
      }
    }
  }

  struct Breaking: Sendable {
    let component: FactNode
    let fault: Fault?
  }
}

/// What stands between two facts.
enum FactOperator: String, Sendable {
  case or, and
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
  /// Equal within five per cent.
  case about = "=~"
  case `in`
  case notIn = "not in"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case over = "/"
  case within = "±"
  /// Of the number before it: `150/s ± 5 %`.
  case withinShare = "± %"
  case intersection = "∩"
  case union = "∪"
  case without

  /// The higher ones are done first.
  var rank: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .unequal, .less, .atMost, .greater, .atLeast, .about, .in, .notIn: 4
    case .within, .withinShare: 5
    case .plus, .minus, .union, .without: 6
    case .times, .over, .intersection: 7
    }
  }

  /// Chains such as `1 < 2 < 3` are refused rather than guessed.
  var isComparison: Bool { rank == 4 }
}
