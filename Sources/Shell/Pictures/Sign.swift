/// The state of a host or component, as a sign that has the same meaning in every picture.
enum Sign: String, CaseIterable, Sendable {
  case serves = "●"
  case standsBy = "○"
  case broken = "✗"
  case leftOut = "◌"
  case paused = "◐"

  var meaning: String {
    switch self {
    case .serves: "in service"
    case .standsBy: "standby: serves only when no other server can"
    case .broken: "failed"
    case .leftOut: "marked DOWN: gets no requests"
    case .paused: "in drain or maintenance: gets no new requests"
    }
  }

  var look: Line.Look {
    switch self {
    case .serves: .good
    case .broken: .failed
    case .leftOut, .paused: .attention
    case .standsBy: .faint
    }
  }
}

/// The meanings of the signs and strokes in the pictures.
enum Legend {
  private static let strokes: [(sign: String, meaning: String)] = [
    ("│", "a link that requests use; beside it: their number in the last run"),
    ("┊", "a link that gets no new requests now"),
    ("▶", "the direction of data: replication"),
    ("█", "an amount, or time at work"),
    ("·", "time spent waiting"),
    ("▲", "when something happened"),
  ]

  /// The protections that boxes show in addition to the components that serve requests.
  private static let protections: [(name: String, meaning: String)] = [
    ("firewall", "allows only what a rule names"),
    ("tls", "requests of users are encrypted, to the balancer or beyond"),
    ("monitor", "an agent that alerts the operators"),
  ]

  static var lines: [Line] {
    Sign.allCases.map { Line("  \($0.rawValue)  ", $0.look) + Line($0.meaning) }
      + protections.map { name, meaning in
        Line("  \(Sign.serves.rawValue)  ", .faint) + Line("\(name): \(meaning)")
      }
      + strokes.map { Line("  \($0.sign)  ") + Line($0.meaning) }
  }
}
