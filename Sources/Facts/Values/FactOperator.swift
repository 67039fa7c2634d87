/// An operator between two facts.
enum FactOperator: String, Sendable {
  case or, and
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
  /// Equal to within five per cent.
  case about = "=~"
  case `in`
  case notIn = "not in"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case dividedBy = "/"
  case within = "±"
  /// A tolerance as a percentage of the left side: `150/s ± 5 %`.
  case withinShare = "± %"
  case intersection = "∩"
  case union = "∪"
  case without

  /// The precedence: operators of a higher rank are applied first.
  var rank: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .unequal, .less, .atMost, .greater, .atLeast, .about, .in, .notIn: 4
    case .within, .withinShare: 5
    case .plus, .minus, .union, .without: 6
    case .times, .dividedBy, .intersection: 7
    }
  }

  /// Whether the operator compares its two sides. Chains such as `1 < 2 < 3` are refused, because they are
  /// ambiguous.
  var isComparison: Bool { rank == 4 }
}
