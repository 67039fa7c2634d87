extension Line {
  /// Returns commands after a heading. Each line can be typed alone, because no line ends within a command.
  static func commands(_ commands: [String], after head: String, width: Int) -> [Line] {
    let longest = commands.map { $0.columns }.max() ?? 0
    let isRoomy = head.columns < width / 2 && head.columns + longest + 2 <= width
    let indent = String(repeating: " ", count: isRoomy ? head.columns : 3)
    var rows = [(head: head, text: "")]
    for (i, command) in commands.enumerated() {
      let piece = " \(command)\(i < commands.count - 1 ? ";" : "")"
      let row = rows[rows.count - 1]
      let isFull = row.head.columns + row.text.columns + piece.columns > width
      // Each line has at least one command.
      if isFull, !row.text.isEmpty || row.head != indent {
        rows.append((indent, piece))
      } else {
        rows[rows.count - 1].text += piece
      }
    }
    return rows.map { $0.text.isEmpty ? Line($0.head) : Line($0.head) + Line($0.text, .accent) }
  }
}
