/// The state of a host or component, as a sign that has the same meaning in every picture.
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

/// The meanings of the signs and strokes in the pictures.
enum Legend {
  private static let strokes: [(sign: String, meaning: String)] = [
    ("│", "a way that requests take; a number beside it: how many did in the last run"),
    ("┊", "a way that gets no new requests now"),
    ("▶", "the way of data: replication"),
    ("█", "an amount, or time at work"),
    ("·", "time spent waiting"),
    ("▲", "when something happened"),
  ]

  /// The protections that boxes show in addition to the components that serve requests.
  private static let protections: [(name: String, meaning: String)] = [
    ("firewall", "lets in only what a rule names"),
    ("tls", "what users send is encrypted, to the balancer or as far as it says"),
    ("monitor", "its agent tells the operators"),
  ]

  static var lines: [Line] {
    Sign.allCases.map { Line("  \($0.rawValue)  ", $0.look) + Line($0.meaning) }
      + protections.map { name, meaning in
        Line("  \(Sign.serves.rawValue)  ", .faint) + Line("\(name): \(meaning)")
      }
      + strokes.map { Line("  \($0.sign)  ") + Line($0.meaning) }
  }
}
