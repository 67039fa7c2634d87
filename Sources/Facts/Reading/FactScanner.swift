import Blueprint
import Inspector

/// Splits the text of a fact into tokens, one at a time. The commands in `run(…)` are one token.
struct FactScanner {
  let characters: [Character]
  private(set) var index = 0

  /// The most characters that a fact may have.
  static let maxLength = 8_192

  init(_ text: String) { characters = Array(text) }

  /// The range of the last token in the text.
  private(set) var position = 0..<0

  private var currentCharacter: Character? { index < characters.count ? characters[index] : nil }

  private func peek(_ ahead: Int) -> Character? {
    index + ahead < characters.count ? characters[index + ahead] : nil
  }

  mutating func next() throws(FactProblem) -> FactToken {
    while let space = currentCharacter, space == " " || space == "\t" { index += 1 }
    let start = index
    defer { position = start..<max(index, start) }
    guard let first = currentCharacter else { return .end }
    if FactScanner.isDigit(first) || (first == "." && peek(1).map(FactScanner.isDigit) == true) {
      return try number(from: start)
    }
    if FactScanner.isLetter(first) { return .name(name()) }
    if first == "\"" { return .text(try quoted(from: start)) }
    return try sign(first, from: start)
  }

  /// Returns the next token without consuming it.
  func peekToken() throws(FactProblem) -> FactToken {
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
      index += sign.count
      return .sign(sign)
    }
    guard let sign = FactScanner.otherSigns[String(first)] else {
      throw FactProblem(
        "“\(first)” has no meaning in a fact", hint: "`show facts` lists all facts", at: start..<start + 1
      )
    }
    index += 1
    return .sign(sign)
  }

  /// Scans a name: letters, digits, `_` and inner hyphens, as in `server-1`, `lb-1--server-1` or
  /// `bad-release`. An en dash means the `--` of a link.
  private mutating func name() -> String {
    var name = ""
    while let character = currentCharacter {
      if FactScanner.isLetter(character) || FactScanner.isDigit(character) || character == "_" {
        name.append(character)
      } else if character == "–", peek(1).map(FactScanner.isLetter) == true {
        name += "--"
      } else if character == "-", let after = innerHyphenCount {
        name += String(repeating: "-", count: after)
        index += after - 1
      } else if character == ":", peek(1).map(FactScanner.isDigit) == true, !name.contains(":") {
        // A digit after the colon makes it a port, as in `lb-1:80`. In counts, a space follows the colon.
        name.append(character)
      } else {
        break
      }
      index += 1
    }
    return name
  }

  /// The number of hyphens at this position, or nil if the name does not continue after them.
  private var innerHyphenCount: Int? {
    let count = peek(1) == "-" ? 2 : 1
    return peek(count).map { FactScanner.isLetter($0) || FactScanner.isDigit($0) } == true ? count : nil
  }

  private mutating func quoted(from start: Int) throws(FactProblem) -> String {
    index += 1
    var text = ""
    while let character = currentCharacter, character != "\"" {
      text.append(character)
      index += 1
    }
    guard currentCharacter != nil else {
      throw FactProblem("the quote is not closed", hint: "\"", at: start..<index)
    }
    index += 1
    return text
  }

  private mutating func number(from start: Int) throws(FactProblem) -> FactToken {
    var digits = ""
    while let character = currentCharacter,
      FactScanner.isDigit(character) || (character == "." && isPartOfNumber)
    {
      digits.append(character)
      index += 1
    }
    guard digits.count <= 15, let amount = FactScanner.amount(digits) else {
      throw FactProblem("the number is too long", hint: "15 digits at most", at: start..<index)
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

  /// Scans the unit after a number: a unit of time, a rate such as `/s`, a percent sign, or nothing.
  private mutating func withUnit(_ amount: Double, from start: Int) throws(FactProblem) -> FactToken {
    if currentCharacter == "%" || (currentCharacter == " " && peek(1) == "%") {
      index += currentCharacter == "%" ? 1 : 2
      return .percent(amount / 100)
    }
    if currentCharacter == "/", let rate = FactScanner.rates.first(where: { word(at: index + 1) == $0.name })
    {
      index += 1 + rate.name.count
      return .literal(.rate(Quantity(amount / rate.seconds)), .rate)
    }
    let unit = word(at: index)
    guard !unit.isEmpty else { return .literal(.number(Quantity(amount)), .number) }
    guard let found = TimeUnit(unit, in: .fact) else {
      throw FactProblem(
        "“\(unit)” is not a unit",
        hint: "a length of time such as 4s, a rate such as 150/s, a share such as 75%",
        at: start..<index + unit.count)
    }
    index += unit.count
    return .literal(.duration(Quantity(amount * found.seconds)), .duration)
  }

  private func word(at start: Int) -> String {
    var word = ""
    var end = start
    while end < characters.count, FactScanner.isLetter(characters[end]) {
      word.append(characters[end])
      end += 1
    }
    return word
  }

  // MARK: Commands

  /// Scans the text up to and including the closing parenthesis. Returns the text without the parenthesis.
  mutating func commands() throws(FactProblem) -> (text: String, position: Range<Int>) {
    let start = index
    var depth = 1
    var isQuoted = false
    while let character = currentCharacter {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "(" { depth += 1 }
      if !isQuoted, character == ")" { depth -= 1 }
      index += 1
      guard depth > 0 else {
        position = index - 1..<index
        return (String(characters[start..<index - 1]), start..<index - 1)
      }
    }
    throw FactProblem("the parenthesis is not closed", hint: ")", at: start..<index)
  }

  /// Returns whether the character is an ASCII digit. The range alone would also contain digits with
  /// combining marks.
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
