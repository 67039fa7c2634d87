import Course
import Inspector

/// What was said, run and seen, each under its word.
extension Session {
  func part(_ word: String, _ text: String, _ look: Line.Look = .plain, indent: Int = 2) -> [Line] {
    let margin = String(repeating: " ", count: indent)
    return (Line("\(margin)\(Column.left(word, 9))  ") + Line(text, look)).wrapped(to: width)
  }

  /// You said, I ran, because. What is right was said already, and needs no word about copies.
  func told(_ point: Feedback.Point, isRight: Bool) -> [Line] {
    let said = isRight ? [] : part(point.isOmission ? "left out" : "you said", point.said)
    return said + ran(point.ran, isOnCopy: !isRight) + (point.saw.isEmpty ? [] : part("", point.saw))
      + (point.because.map { part("because", $0) } ?? [])
  }

  /// A line for each run of its own; of many the first few.
  func ran(_ commands: [String], isOnCopy: Bool, indent: Int = 2) -> [Line] {
    let isNamed = isOnCopy && !commands.allSatisfy { $0.hasPrefix("show ") }
    if commands.count == 1 {
      return part(
        "I ran", commands[0] + (isNamed ? "   on a copy of your site" : ""), .accent, indent: indent)
    }
    var lines: [Line] = []
    for (i, command) in commands.prefix(Session.mostRuns).enumerated() {
      lines += part(i == 0 ? "I ran" : "", command, .accent, indent: indent)
    }
    let more = commands.count - Session.mostRuns
    if more > 0 { lines += part("", "and \(more) more", indent: indent) }
    return lines
      + (isNamed && !commands.isEmpty ? part("", "each on a copy of your site", indent: indent) : [])
  }

  private static let mostRuns = 4

  /// Plays again what the last feedback was about, each run on a copy of its own.
  func proofAgain() throws(Complaint) -> Answer? {
    guard let proof = learning.study?.proof, !proof.isEmpty else { return nil }
    var lines: [Line] = []
    var replies: [JSON] = []
    for command in proof {
      let answer = try whatIf(command)
      lines += (proof.count > 1 ? [Line("  \(command)", .accent)] : []) + answer.lines
      if case .array(let some) = answer.members.first?.value { replies += some }
    }
    return Answer(lines, [JSON.Member("replies", .array(replies))])
  }
}
