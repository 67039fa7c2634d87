import Blueprint
import Course

/// A lesson's text as lines for a screen.
struct Page {
  private let width: Int
  private(set) var lines: [Line] = []

  init(width: Int) { self.width = width }

  mutating func add(_ blocks: [Block], demo: (Demo) -> [Line]) {
    for block in blocks {
      if !lines.isEmpty, lines.last?.text.isEmpty == false { lines.append(Line()) }
      switch block {
      case .heading(_, let text): lines.append(Line(InlineText.plain(text)))
      case .paragraph(let text): lines += InlineText(text).wrapped(to: width, first: "  ", rest: "  ")
      case .quote(let text): lines += InlineText(text).wrapped(to: width, first: "  | ", rest: "  | ")
      case .list(let items): for item in items { add(item) }
      case .table(let head, let rows): add(head, rows)
      case .code(let code): lines += code.map { Line("    \($0)") }
      case .demo(let steps): lines += demo(steps)
      }
    }
  }

  private mutating func add(_ item: Block.Item) {
    let indent = String(repeating: " ", count: 2 + 2 * min(item.depth, 5))
    let first = "\(indent)\(item.mark) "
    lines += InlineText(item.text).wrapped(
      to: width, first: first, rest: String(repeating: " ", count: first.count))
  }

  /// Adds a table. If its columns do not fit, each row becomes a paragraph.
  private mutating func add(_ head: [String], _ rows: [[String]]) {
    let count = max(head.count, rows.map { $0.count }.max() ?? 0)
    let cells = ([head] + rows).map { row in
      (0..<count).map { row.indices.contains($0) ? InlineText.plain(row[$0]) : "" }
    }
    let widths = (0..<count).map { column in cells.map { $0[column].count }.max() ?? 0 }
    guard widths.reduce(0, +) + 2 * count <= width else {
      for row in rows {
        lines += InlineText(row.joined(separator: ": ")).wrapped(to: width, first: "  - ", rest: "    ")
      }
      return
    }
    for (i, row) in cells.enumerated() {
      let text = zip(row, widths).map { Column.left($0, $1) }.joined(separator: "  ")
      lines.append(Line("  \(Words.trimmed(text))", i == 0 ? .faint : .plain))
    }
  }
}

/// The words of a paragraph, with the looks of `code` and *emphasis*.
struct InlineText {
  private var words: [Line.Piece] = []

  init(_ text: String) {
    var look = Line.Look.plain
    var word = ""
    var isCode = false
    var previous: Character = " "
    let characters = Array(InlineText.withoutLinks(text))
    for (i, character) in characters.enumerated() {
      let next = i + 1 < characters.count ? characters[i + 1] : " "
      if character == "`" {
        // Without colour, the backticks show which words are code.
        if !isCode { flush(&word, look, isComplete: false) }
        word.append(character)
        if isCode { flush(&word, .accent, isComplete: false) }
        isCode.toggle()
      } else if !isCode, InlineText.isMark(character, previous, next) {
        flush(&word, look, isComplete: false)
        if character != previous { look = look == .plain ? .accent : .plain }
      } else if character == " " {
        flush(&word, isCode ? .accent : look, isComplete: true)
      } else {
        word.append(character)
      }
      previous = character
    }
    flush(&word, look, isComplete: true)
  }

  /// Whether a star or an underscore marks emphasis. Neither does between spaces, nor does an underscore
  /// inside a word.
  private static func isMark(_ character: Character, _ previous: Character, _ next: Character) -> Bool {
    guard character == "*" || character == "_" else { return false }
    if previous == " " && next == " " { return false }
    return character == "*" || !(previous.isLetter || previous.isNumber) || !(next.isLetter || next.isNumber)
  }

  /// Ends the current piece. If the word is complete, a space follows it.
  private mutating func flush(_ word: inout String, _ look: Line.Look, isComplete: Bool) {
    if !word.isEmpty { words.append(Line.Piece(text: word, look: look)) }
    if isComplete, words.last?.text.hasSuffix(" ") == false { words[words.count - 1].text += " " }
    word = ""
  }

  static func plain(_ text: String) -> String {
    let text = InlineText(text).words.map { $0.text }.joined()
    return text.hasSuffix(" ") ? String(text.dropLast()) : text
  }

  /// Returns the text with each link `[words](address)` replaced by its words.
  private static func withoutLinks(_ text: String) -> String {
    var result = ""
    var rest = Array(text)[...]
    while let character = rest.first {
      rest = rest.dropFirst()
      guard character == "[", let close = rest.firstIndex(of: "]"), close + 1 < rest.endIndex,
        rest[close + 1] == "(",
        let end = rest[close...].firstIndex(of: ")")
      else {
        result.append(character)
        continue
      }
      result += String(rest[..<close])
      rest = rest[(end + 1)...]
    }
    return result
  }

  func wrapped(to width: Int, first: String, rest: String) -> [Line] {
    var lines: [Line] = []
    var line = Line(first)
    var length = first.count
    for group in groups {
      let size = group.reduce(0) { $0 + $1.text.count } - (group.last?.text.hasSuffix(" ") == true ? 1 : 0)
      if length + size > width, length > rest.count {
        lines.append(line.trimmed)
        line = Line(rest)
        length = rest.count
      }
      line = line + Line(pieces: group)
      length += group.reduce(0) { $0 + $1.text.count }
    }
    return lines + [line.trimmed]
  }

  /// The pieces, grouped so that pieces without a space between them stay on one line.
  private var groups: [[Line.Piece]] {
    var groups: [[Line.Piece]] = []
    var isOpen = false
    for word in words {
      if isOpen { groups[groups.count - 1].append(word) } else { groups.append([word]) }
      isOpen = !word.text.hasSuffix(" ")
    }
    return groups
  }
}

extension Line {
  fileprivate var trimmed: Line {
    var line = self
    if var last = line.pieces.last, last.text.hasSuffix(" ") {
      while last.text.hasSuffix(" ") { last.text.removeLast() }
      line.pieces[line.pieces.count - 1] = last
    }
    return line
  }
}
