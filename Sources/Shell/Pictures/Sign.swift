/// How something stands, as a sign that is the same in every picture. Each has its word in the legend.
enum Sign: String, CaseIterable, Sendable {
  case serves = "●"
  case standsBy = "○"
  case broken = "✗"
  case leftOut = "◌"
  case paused = "◐"

  var meaning: String {
    switch self {
    case .serves: "serves"
    case .standsBy: "stands by: it serves when nobody else does"
    case .broken: "broken"
    case .leftOut: "DOWN: noticed, and left out"
    case .paused: "in drain or maint: it gets nothing new"
    }
  }

  var look: Line.Look {
    switch self {
    case .serves: .plain
    case .broken: .failed
    case .standsBy, .leftOut, .paused: .faint
    }
  }
}

/// What the signs and strokes of the pictures mean.
enum Legend {
  private static let strokes: [(sign: String, meaning: String)] = [
    ("│", "a way that requests take; a number beside it: how many did in the last run"),
    ("┊", "a way that gets no new requests now"),
    ("▶", "the way of data: replication"),
    ("█", "an amount, or time at work"),
    ("·", "time spent waiting"),
    ("▲", "when something happened"),
  ]

  static var lines: [Line] {
    Sign.allCases.map { Line("  \($0.rawValue)  ", $0.look) + Line($0.meaning) }
      + strokes.map { Line("  \($0.sign)  ") + Line($0.meaning) }
  }
}
