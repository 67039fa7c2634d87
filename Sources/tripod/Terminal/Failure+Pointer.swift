import Shell

extension Failure {
  /// Returns lines to show below a command: a mark under the wrong word, with the reason beside or below it.
  func pointing(indentedBy indent: Int, width: Int = 80) -> [Line] {
    let reason = Line("  \(message)", .failed).wrapped(to: width)
    let advice = hint.isEmpty ? [] : Line("  \(hint)", .faint).wrapped(to: width)
    guard let position, !position.isEmpty else { return reason + advice }
    let space = String(repeating: " ", count: indent + position.lowerBound)
    let mark = String(repeating: "▔", count: position.count)
    guard space.count + mark.count + 1 + message.count <= width else {
      return [Line(space + mark, .failed)] + reason + advice
    }
    return [Line("\(space)\(mark) \(message)", .failed)] + advice
  }
}
