import Blueprint

/// A word of a command, with its position.
struct Word: Equatable, Sendable {
  let text: String
  /// The position, in characters from the start of the command.
  let position: Range<Int>
  /// Whether the word was in quotes, so it is text and not a keyword.
  var isQuoted = false
}

/// Splits lines into commands, and commands into words.
enum Words {
  /// Throws an error if the line is longer than `most` bytes or contains characters that are unsafe to print.
  static func check(_ line: String, most: Int) throws(Complaint) {
    guard line.utf8.count <= most else { throw .tooLong(limit: most) }
    for scalar in line.unicodeScalars where scalar.isUnsafeToPrint && scalar != "\t" || scalar == "\u{FFFD}" {
      throw .notText
    }
  }

  /// Returns the first word of a line, safe to print.
  static func verb(of line: String) -> String {
    Sentences.clean(line.split(maxSplits: 1, whereSeparator: isSpace).first.map(String.init) ?? "")
  }

  /// Returns the commands of a line, trimmed. A `;` ends a command; a `#` begins a comment. Commands after
  /// `whatif` belong to it.
  static func commands(in line: String) -> [String] {
    let (ended, last, _) = splitCommands(line)
    return (ended + [last]).map(trimmed).filter { !$0.isEmpty }
  }

  /// Returns the unfinished command at the end of a line; nil in a comment.
  static func unfinished(in line: String) -> String? {
    let (_, last, isComment) = splitCommands(line)
    return isComment ? nil : last
  }

  private static func splitCommands(_ line: String) -> (ended: [String], last: String, isComment: Bool) {
    // A fast path, because most lines are a single command.
    guard line.utf8.contains(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "#") }) else {
      return ([], line, false)
    }
    var commands: [String] = []
    var command = ""
    var isComment = false
    var isQuoted = false
    var depth = 0
    var first = ""
    var syntax: CommandSyntax?
    var previous: Character = " "
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "#", previous == " " || previous == "\t" || previous == ";" {
        isComment = true
        break
      }
      // In a fact, parentheses may contain commands.
      if !isQuoted, character == "(" { depth += 1 }
      if !isQuoted, character == ")" { depth = max(0, depth - 1) }
      let mayEnd = !isQuoted && character == ";"
      if syntax == nil, mayEnd || (!first.isEmpty && isSpace(character)) { syntax = CommandSyntax(first) }
      if syntax == nil, !isSpace(character) { first.append(character) }
      if mayEnd, syntax == .plain || (syntax == .fact && depth == 0) {
        commands.append(command)
        command = ""
        depth = 0
        first = ""
        syntax = nil
      } else {
        command.append(character)
      }
      previous = character
    }
    return (commands, command, isComment)
  }

  /// What a `;` means in a command, which depends on the command's first word.
  private enum CommandSyntax {
    /// The semicolon ends the command.
    case plain
    /// The semicolon ends the command, except between parentheses.
    case fact
    /// The semicolon is part of the command.
    case whatIf

    private static let factWords = ["assert", "show", "claim", "expect"]

    init(_ first: String) {
      let word = first.lowercased()
      if word.count >= 3, "whatif".hasPrefix(word) {
        self = .whatIf
      } else if word.count >= 2, CommandSyntax.factWords.contains(where: { $0.hasPrefix(word) }) {
        self = .fact
      } else {
        self = .plain
      }
    }
  }

  static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\r"
  }

  static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }

  /// Returns the words of a command. A space after a comma in a list does not end the word.
  static func split(_ command: String) throws(Complaint) -> [Word] {
    var words: [Word] = []
    var text = ""
    var start = 0
    var isQuoted = false
    var wasQuoted = false
    var position = 0
    for character in command {
      if character == "\"" {
        if !isQuoted, text.isEmpty { start = position }
        isQuoted.toggle()
        wasQuoted = true
      } else if !isQuoted, isSpace(character) {
        if !text.isEmpty || wasQuoted {
          words.append(Word(text: text, position: start..<position, isQuoted: wasQuoted))
        }
        text = ""
        wasQuoted = false
      } else {
        if text.isEmpty, !wasQuoted { start = position }
        text.append(character)
      }
      position += 1
    }
    guard !isQuoted else { throw .openQuote(at: start..<position) }
    if !text.isEmpty || wasQuoted {
      words.append(Word(text: text, position: start..<position, isQuoted: wasQuoted))
    }
    return joiningLists(words)
  }

  private static func joiningLists(_ words: [Word]) -> [Word] {
    guard words.contains(where: { $0.text.hasPrefix(",") || $0.text.hasSuffix(",") }) else { return words }
    var joined: [Word] = []
    var rest = words[...]
    while let first = rest.popFirst() {
      var (text, end) = (first.text, first.position.upperBound)
      while !first.isQuoted, let next = rest.first, !next.isQuoted,
        text.hasSuffix(",") || next.text.hasPrefix(",")
      {
        text += next.text
        end = next.position.upperBound
        rest.removeFirst()
      }
      joined.append(Word(text: text, position: first.position.lowerBound..<end, isQuoted: first.isQuoted))
    }
    return joined
  }
}
