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
    var commands: [String] = []
    var command = ""
    var isQuoted = false
    var previous: Character = " "
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "#", previous == " " || previous == "\t" || previous == ";" { break }
      if !isQuoted, character == ";", !takesRest(command) {
        commands.append(trimmed(command))
        command = ""
      } else {
        command.append(character)
      }
      previous = character
    }
    commands.append(trimmed(command))
    return commands.filter { !$0.isEmpty }
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

/// How far two words are apart, in typing errors; more than `most` is not counted out.
func distance(_ a: String, _ b: String, most: Int = 3) -> Int {
  let a = Array(a.utf8.prefix(64))
  let b = Array(b.utf8.prefix(64))
  guard abs(a.count - b.count) <= most else { return most + 1 }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1] + Array(repeating: 0, count: b.count)
    for j in b.indices {
      row[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
      }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

/// The one that was most likely meant, if any is near enough.
public func nearest(to word: String, among choices: [String]) -> String? {
  let word = word.lowercased()
  if word.count >= 3, let begun = choices.first(where: { $0.lowercased().hasPrefix(word) }) { return begun }
  let allowed = word.count <= 1 ? 0 : word.count <= 4 ? 1 : word.count <= 7 ? 2 : 3
  var best: (choice: String, distance: Int)?
  for choice in choices {
    let d = distance(word, choice.lowercased(), most: allowed)
    if d <= allowed, d < best?.distance ?? .max { best = (choice, d) }
  }
  return best?.choice
}
