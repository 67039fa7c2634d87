/// A word of a command, and where it stands in it.
struct Word: Equatable, Sendable {
  let text: String
  /// In characters from the start of the command.
  let place: Range<Int>
  /// Whether it was in quotes, so that it is a text and no word of the language.
  var isQuoted = false
}

/// Cuts lines into commands and commands into words.
enum Words {
  /// The commands of a line, trimmed: a `;` ends one, a `#` begins a comment. What follows `whatif` is its own.
  static func commands(in line: String) -> [String] {
    let (ended, last, _) = cut(line)
    return (ended + [last]).map(trimmed).filter { !$0.isEmpty }
  }

  /// What is being typed at the end of a line: the last command as it stands; nil in a comment.
  static func unfinished(in line: String) -> String? {
    let (_, last, isComment) = cut(line)
    return isComment ? nil : last
  }

  private static func cut(_ line: String) -> (ended: [String], last: String, isComment: Bool) {
    // Most lines are one command, which is seen at a glance.
    guard line.utf8.contains(where: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "#") }) else {
      return ([], line, false)
    }
    var commands: [String] = []
    var command = ""
    var isComment = false
    var isQuoted = false
    var depth = 0
    var previous: Character = " "
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "#", previous == " " || previous == "\t" || previous == ";" {
        isComment = true
        break
      }
      // In a fact, what stands between parentheses may be commands.
      if !isQuoted, character == "(" { depth += 1 }
      if !isQuoted, character == ")" { depth = max(0, depth - 1) }
      if !isQuoted, character == ";", !takesRest(command), depth == 0 || !isFact(command) {
        commands.append(command)
        command = ""
        depth = 0
      } else {
        command.append(character)
      }
      previous = character
    }
    return (commands, command, isComment)
  }

  /// Whether the command is about a fact.
  private static func isFact(_ command: String) -> Bool {
    guard let first = command.split(whereSeparator: isSpace).first.map({ $0.lowercased() }) else {
      return false
    }
    return ["assert", "show", "claim", "expect"].contains { first.count >= 2 && $0.hasPrefix(first) }
  }

  private static func takesRest(_ command: String) -> Bool {
    guard let first = command.split(whereSeparator: isSpace).first.map(String.init) else { return false }
    return first.count >= 2 && "whatif".hasPrefix(first.lowercased()) && first.lowercased() != "wh"
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

  /// The words of a command. A list may have spaces behind its commas.
  static func split(_ command: String) throws(Complaint) -> [Word] {
    var words: [Word] = []
    var text = ""
    var start = 0
    var isQuoted = false
    var wasQuoted = false
    var place = 0
    for character in command {
      if character == "\"" {
        if !isQuoted, text.isEmpty { start = place }
        isQuoted.toggle()
        wasQuoted = true
      } else if !isQuoted, isSpace(character) {
        if !text.isEmpty || wasQuoted {
          words.append(Word(text: text, place: start..<place, isQuoted: wasQuoted))
        }
        text = ""
        wasQuoted = false
      } else {
        if text.isEmpty, !wasQuoted { start = place }
        text.append(character)
      }
      place += 1
    }
    guard !isQuoted else { throw .openQuote(at: start..<place) }
    if !text.isEmpty || wasQuoted {
      words.append(Word(text: text, place: start..<place, isQuoted: wasQuoted))
    }
    return joiningLists(words)
  }

  private static func joiningLists(_ words: [Word]) -> [Word] {
    var joined: [Word] = []
    for word in words {
      if let last = joined.last, !last.isQuoted, !word.isQuoted,
        last.text.hasSuffix(",") || word.text.hasPrefix(",")
      {
        joined[joined.count - 1] = Word(
          text: last.text + word.text, place: last.place.lowerBound..<word.place.upperBound)
      } else {
        joined.append(word)
      }
    }
    return joined
  }
}
