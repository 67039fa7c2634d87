import Blueprint
import Inspector

/// Splits the text of a fact into tokens, one at a time. The commands in `run(…)` are one token.
struct FactScanner {
  let characters: [Character]
  private(set) var position = 0

  /// The most characters that a fact may have.
  static let longest = 8_192

  init(_ text: String) { characters = Array(text) }

  /// The range of the last token in the text.
  private(set) var place = 0..<0

  private var here: Character? { position < characters.count ? characters[position] : nil }

  private func peek(_ ahead: Int) -> Character? {
    position + ahead < characters.count ? characters[position + ahead] : nil
  }

  mutating func next() throws(FactProblem) -> FactToken {
    while let space = here, space == " " || space == "\t" { position += 1 }
    let start = position
    defer { place = start..<max(position, start) }
    guard let first = here else { return .end }
    if FactScanner.isDigit(first) || (first == "." && peek(1).map(FactScanner.isDigit) == true) {
      return try number(from: start)
    }
    if FactScanner.isLetter(first) { return .name(name()) }
    if first == "\"" { return .text(try quoted(from: start)) }
    return try sign(first, from: start)
  }

  /// Returns the next token without consuming it.
  func ahead() throws(FactProblem) -> FactToken {
    var copy = self
    return try copy.next()
  }

  // MARK: Kinds of tokens

  private static let signs = [
    "==", "!=", "<=", ">=", "=~", "<", ">", "(", ")", "{", "}", "[", "]", ",", ".", ":", "+", "-", "*", "/",
    "±", "∩",
    "∪", "∖",
  ]
  private static let otherSigns = [
    "=": "==", "≠": "!=", "≤": "<=", "≥": ">=", "≈": "=~", "~": "=~", "−": "-", "×": "*",
  ]

  private mutating func sign(_ first: Character, from start: Int) throws(FactProblem) -> FactToken {
    let two = String(first) + (peek(1).map { String($0) } ?? "")
    for sign in FactScanner.signs where sign == two || sign == String(first) {
      position += sign.count
      return .sign(sign)
    }
    guard let sign = FactScanner.otherSigns[String(first)] else {
      throw FactProblem(
        "“\(first)” means nothing in a fact", hint: "show facts lists what can be said", at: start..<start + 1
      )
    }
    position += 1
    return .sign(sign)
  }

  /// Scans a name: letters, digits, `_` and inner hyphens, as in `server-1`, `lb-1--server-1` or
  /// `bad-release`. An en dash means the `--` of a link.
  private mutating func name() -> String {
    var name = ""
    while let character = here {
      if FactScanner.isLetter(character) || FactScanner.isDigit(character) || character == "_" {
        name.append(character)
      } else if character == "–", peek(1).map(FactScanner.isLetter) == true {
        name += "--"
      } else if character == "-", let after = nameAfterHyphens {
        name += String(repeating: "-", count: after)
        position += after - 1
      } else if character == ":", peek(1).map(FactScanner.isDigit) == true, !name.contains(":") {
        // A digit after the colon makes it a port, as in `lb-1:80`. In counts, a space follows the colon.
        name.append(character)
      } else {
        break
      }
      position += 1
    }
    return name
  }

  /// The number of hyphens at this position, or nil if the name does not continue after them.
  private var nameAfterHyphens: Int? {
    let count = peek(1) == "-" ? 2 : 1
    return peek(count).map { FactScanner.isLetter($0) || FactScanner.isDigit($0) } == true ? count : nil
  }

  private mutating func quoted(from start: Int) throws(FactProblem) -> String {
    position += 1
    var text = ""
    while let character = here, character != "\"" {
      text.append(character)
      position += 1
    }
    guard here != nil else { throw FactProblem("the quote is not closed", hint: "\"", at: start..<position) }
    position += 1
    return text
  }

  private mutating func number(from start: Int) throws(FactProblem) -> FactToken {
    var digits = ""
    while let character = here, FactScanner.isDigit(character) || (character == "." && isPartOfNumber) {
      digits.append(character)
      position += 1
    }
    guard digits.count <= 15, let amount = FactScanner.amount(digits) else {
      throw FactProblem("that number is too long", hint: "15 digits are the most", at: start..<position)
    }
    return try withUnit(amount, from: start)
  }

  /// Whether the full stop at this position is a decimal point. In `150.first` it is not.
  private var isPartOfNumber: Bool { peek(1).map(FactScanner.isDigit) == true }

  private static func amount(_ digits: String) -> Double? {
    let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    var amount = 0.0
    for digit in halves[0].utf8 { amount = amount * 10 + Double(digit - 48) }
    var scale = 1.0
    for digit in halves.dropFirst().joined().utf8 {
      amount = amount * 10 + Double(digit - 48)
      scale *= 10
    }
    return amount / scale
  }

  private static let rates: [(name: String, seconds: Double)] = [
    ("s", 1), ("min", 60), ("h", 3_600), ("d", 86_400),
  ]

  /// Scans the unit after a number: a unit of time, of a rate, a percent sign, or none.
  private mutating func withUnit(_ amount: Double, from start: Int) throws(FactProblem) -> FactToken {
    if here == "%" || (here == " " && peek(1) == "%") {
      position += here == "%" ? 1 : 2
      return .percent(amount / 100)
    }
    if here == "/", let rate = FactScanner.rates.first(where: { word(at: position + 1) == $0.name }) {
      position += 1 + rate.name.count
      return .literal(.rate(Quantity(amount / rate.seconds)), .rate)
    }
    let unit = word(at: position)
    guard !unit.isEmpty else { return .literal(.number(Quantity(amount)), .number) }
    guard let found = TimeUnit(unit, in: .fact) else {
      throw FactProblem(
        "“\(unit)” is no unit",
        hint: "a length of time such as 4s, a rate such as 150/s, a share such as 75%",
        at: start..<position + unit.count)
    }
    position += unit.count
    return .literal(.duration(Quantity(amount * found.seconds)), .duration)
  }

  private func word(at start: Int) -> String {
    var word = ""
    var place = start
    while place < characters.count, FactScanner.isLetter(characters[place]) {
      word.append(characters[place])
      place += 1
    }
    return word
  }

  // MARK: Commands

  /// Scans the text up to and including the closing parenthesis. Returns the text without the parenthesis.
  mutating func commands() throws(FactProblem) -> (text: String, place: Range<Int>) {
    let start = position
    var depth = 1
    var isQuoted = false
    while let character = here {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "(" { depth += 1 }
      if !isQuoted, character == ")" { depth -= 1 }
      position += 1
      guard depth > 0 else {
        place = position - 1..<position
        return (String(characters[start..<position - 1]), start..<position - 1)
      }
    }
    throw FactProblem("the parenthesis is not closed", hint: ")", at: start..<position)
  }

  /// Whether the character is an ASCII digit. The range alone would also contain digits with combining marks.
  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && ("0"..."9").contains(character)
  }

  private static func isLetter(_ character: Character) -> Bool {
    character == "µ"
      || (character.isASCII && (("a"..."z").contains(character) || ("A"..."Z").contains(character)))
  }
}

/// A token of a fact.
enum FactToken: Equatable {
  case name(String)
  case sign(String)
  case literal(FactValue, FactType)
  /// A percentage, as a fraction: 5 % is 0.05.
  case percent(Double)
  case text(String)
  case end

  /// The token as text, for messages.
  var text: String {
    switch self {
    case .name(let name), .sign(let name), .text(let name): name
    case .literal(let value, _): value.text
    case .percent(let share): "\(Quantity.text(share * 100))%"
    case .end: "the end"
    }
  }
}
