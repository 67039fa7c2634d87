extension Line {
  /// Commands after some words, in lines of which each can be typed by itself: none ends within a command.
  static func commands(_ commands: [String], after head: String, width: Int) -> [Line] {
    let indent = head.columns <= width / 2 ? head.columns : 4
    var rows: [(head: String, text: String)] = [(head, "")]
    for (i, command) in commands.enumerated() {
      let piece = command + (i < commands.count - 1 ? ";" : "")
      let row = rows[rows.count - 1]
      let isFull = row.head.columns + row.text.columns + 1 + piece.columns > width
      if isFull, !row.text.isEmpty || row.head.columns > indent {
        rows.append((String(repeating: " ", count: indent), piece))
      } else {
        rows[rows.count - 1].text += (row.text.isEmpty ? "" : " ") + piece
      }
    }
    return rows.map { Line($0.head) + Line($0.text, .accent) }
  }
}
