import Blueprint

/// The lines of a file, read one by one or in blocks.
struct BlockReader {
  private let lines: [String]
  private var next: Int
  /// The last line that can end a comment, or -1 if there is none.
  private let lastCommentEnd: Int

  init(_ lines: [String], from first: Int) {
    self.lines = lines
    next = first
    lastCommentEnd = lines.lastIndex { $0.has("-->") } ?? -1
  }

  /// The next line.
  var peek: Phrase? { next < lines.count ? Phrase(lines[next], at: FilePosition(next + 1)) : nil }

  mutating func skip() { next += 1 }

  /// Reads a block between fences.
  mutating func fence() throws(LessonProblem) -> Fence {
    let first = lines[next]
    let position = FilePosition(next + 1, first.indent + 1)
    let ticks = String(first.trimmed.prefix { $0 == "`" })
    let rest = String(first.trimmed.dropFirst(ticks.count))
    let info = Phrase(rest.trimmed, at: position.moved(by: ticks.count + rest.indent))
    next += 1
    var content: [Phrase] = []
    while let line = peek, !(info.text.hasPrefix("tripod") && BlockReader.isOutside(line.text, ticks)) {
      next += 1
      if line.text.trimmed == ticks { return Fence(info: info, lines: content, position: position) }
      content.append(line)
    }
    let end = peek.map { " before line \($0.position.line)" } ?? ""
    throw LessonProblem(at: position, "the block has no end", hint: "close it with \(ticks)\(end)")
  }

  /// Whether the line cannot be a part of a block. If it follows a block without a closing fence, the error
  /// names this line.
  private static func isOutside(_ line: String, _ ticks: String) -> Bool {
    ["\(ticks)tripod", "<details", "</details"].contains { line.hasPrefix($0) }
  }

  /// Reads a comment, and returns its text without blanks around it.
  mutating func comment() throws(LessonProblem) -> Phrase {
    let whole = try wholeComment()
    return Phrase(whole.text.trimmed, at: whole.position.moved(by: -4))
  }

  /// Reads the text between `<!--` and `-->`, which may be several lines. The position is that of the text.
  mutating func wholeComment() throws(LessonProblem) -> Phrase {
    let begin = next
    let position = FilePosition(next + 1, lines[next].indent + 1)
    var text = ""
    var line = String(lines[next].dropFirst(lines[next].indent + 4))
    next += 1
    // Without this limit, many comments without an end would each be read to the end of the file.
    while begin <= lastCommentEnd {
      if let (inside, _) = line.parted(at: "-->") { return Phrase(text + inside, at: position.moved(by: 4)) }
      guard let following = peek else { break }
      text += line + "\n"
      line = following.text
      next += 1
    }
    next = begin + 1
    throw LessonProblem(at: position, "the comment has no end", hint: "close it with -->")
  }

  /// Reads the id of a task if the next line that is not blank is a task comment.
  mutating func followingTaskID() throws(LessonProblem) -> Phrase? {
    var ahead = next
    while ahead < lines.count, lines[ahead].trimmed.isEmpty { ahead += 1 }
    guard ahead < lines.count, lines[ahead].trimmed.hasPrefix("<!--") else { return nil }
    var other = self
    other.next = ahead
    guard let comment = try? other.comment(), let field = Field(comment.text, at: comment.position),
      field.name == "task"
    else { return nil }
    next = other.next
    return Phrase(field.value.text, at: field.value.position.moved(by: 5))
  }

  /// Reads a paragraph, a list, a table or a quotation.
  mutating func block() -> Block {
    let first = lines[next].trimmed
    if ListMark(lines[next]) != nil { return list() }
    if first.hasPrefix("|") { return table() }
    let isQuote = first.hasPrefix(">")
    var words: [String] = []
    while let line = peek, continuesParagraph(line.text, isFirst: words.isEmpty, isQuote: isQuote) {
      words.append(isQuote ? Substring(line.text.trimmed.dropFirst()).trimmed : line.text.trimmed)
      next += 1
    }
    let text = words.joined(separator: " ")
    return isQuote ? .quote(text) : .paragraph(text)
  }

  /// Reads a block, and returns its texts as well: a paragraph or a quotation, or each item of a list or row of a
  /// table. A text is several lines of the file.
  mutating func blockWithTexts() -> (block: Block, texts: [[Phrase]]) {
    let first = next
    let block = block()
    var texts: [[Phrase]] = []
    for i in first..<next {
      let line = lines[i].trimmedAtEnd
      let mark = ListMark(line)
      let isQuote = line.trimmed.hasPrefix(">")
      let text = mark?.rest ?? (isQuote ? Substring(line.trimmed.dropFirst()).trimmed : line.trimmed)
      if texts.isEmpty || mark != nil || line.trimmed.hasPrefix("|") { texts.append([]) }
      texts[texts.count - 1].append(Phrase(text, at: FilePosition(i + 1, line.count - text.count + 1)))
    }
    return (block, texts)
  }

  private func continuesParagraph(_ line: String, isFirst: Bool, isQuote: Bool) -> Bool {
    let text = line.trimmed
    guard !text.isEmpty else { return false }
    if isFirst { return true }
    if isQuote { return text.hasPrefix(">") }
    return !isSpecial(text) && ListMark(line) == nil && !text.hasPrefix("|") && !text.hasPrefix(">")
  }

  private func isSpecial(_ text: String) -> Bool {
    text.hasPrefix("```") || text.hasPrefix("<") || Heading(Phrase(text, at: FilePosition(1))) != nil
  }

  private mutating func list() -> Block {
    var items: [(mark: ListMark, depth: Int, words: [String])] = []
    while let line = peek, !line.text.trimmed.isEmpty, !isSpecial(line.text.trimmed) {
      next += 1
      if let mark = ListMark(line.text) {
        items.append((mark, line.text.indent / 2, [mark.rest]))
      } else if !items.isEmpty {
        items[items.count - 1].words.append(line.text.trimmed)
      }
    }
    return .list(
      items.map { Block.Item(mark: $0.mark.text, depth: $0.depth, text: $0.words.joined(separator: " ")) })
  }

  private mutating func table() -> Block {
    var rows: [[String]] = []
    while let line = peek, line.text.trimmed.hasPrefix("|") {
      next += 1
      var text = line.text.trimmed.dropFirst()
      if text.hasSuffix("|") { text = text.dropLast() }
      let cells = text.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmed }
      let isRule = cells.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 == "-" || $0 == ":" } }
      if !isRule { rows.append(cells) }
    }
    return .table(head: rows.first ?? [], rows: Array(rows.dropFirst()))
  }
}

/// A heading such as `## Words`.
struct Heading {
  let level: Int
  let text: String
  let position: FilePosition

  init?(_ line: Phrase) {
    let level = line.text.prefix { $0 == "#" }.count
    guard (1...6).contains(level), line.text.dropFirst(level).hasPrefix(" ") else { return nil }
    self.level = level
    text = line.text.dropFirst(level).trimmed
    position = line.position
  }
}

/// The mark of a list item: `-`, `*` or `1.`
private struct ListMark {
  let text: String
  let rest: String

  init?(_ line: String) {
    let words = Substring(line.trimmed)
    if words.hasPrefix("- ") || words.hasPrefix("* ") {
      text = "-"
      rest = words.dropFirst(2).trimmed
      return
    }
    let digits = words.prefix { $0.isNumber }
    guard (1...3).contains(digits.count), words.dropFirst(digits.count).hasPrefix(". ") else { return nil }
    text = "\(digits)."
    rest = words.dropFirst(digits.count + 2).trimmed
  }
}
