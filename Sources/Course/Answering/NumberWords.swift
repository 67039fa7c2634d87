import Blueprint

/// Reads numbers and durations as people write them. The functions return nil for other texts.
enum NumberWords {
  private static let names = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
  ]

  /// Reads `3`, `three` or `none`.
  static func whole(_ text: String) -> Int? {
    guard let number = decimal(text), number == number.rounded(), number.magnitude < 1e15 else { return nil }
    return Int(number)
  }

  /// Reads `3`, `2.5`, `1,000`, `three` or `none`.
  static func decimal(_ text: String) -> Double? {
    let word = text.lowercased()
    if let number = names.firstIndex(of: word) { return Double(number) }
    switch word {
    case "none", "nothing", "nobody", "no": return 0
    case "hundred": return 100
    case "thousand": return 1_000
    default: return digits(word)
    }
  }

  /// Whether the word changes the meaning of a number beside it.
  static func isRelative(_ word: String) -> Bool {
    ["half", "every", "each", "third", "quarter", "twice"].contains(word)
  }

  private static func digits(_ text: String) -> Double? {
    var rest = Substring(text)
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest = rest.dropFirst() }
    var number = 0.0
    var scale = 1.0
    var isFraction = false
    var count = 0
    for character in rest {
      if character == ".", !isFraction {
        isFraction = true
      } else if let digit = character.wholeNumberValue, character.isASCII {
        count += 1
        number = number * 10 + Double(digit)
        if isFraction { scale *= 10 }
      } else if character != "_" {
        return nil
      }
    }
    guard (1...18).contains(count) else { return nil }
    return (isNegative ? -number : number) / scale
  }

  /// Reads `4s`, `4 s`, `four seconds`, `1m30s` or `250 ms`. A number without a unit is in seconds.
  static func seconds(_ text: String) -> Double? {
    let text = text.lowercased()
    if text == "never" || text == "for ever" || text == "forever" { return .infinity }
    var total = 0.0
    var amount: Double?
    var words = 0
    for word in pieces(text) {
      if let number = decimal(word) {
        guard amount == nil else { return nil }
        amount = number
      } else if let unit = TimeUnit(word, in: .answer), let number = amount {
        total += number * unit.seconds
        amount = nil
      } else if word != "and" {
        return nil
      }
      words += 1
    }
    guard words > 0 else { return nil }
    guard let amount else { return total }
    return words == 1 ? amount : nil
  }

  /// Splits a text at spaces, and between digits and letters.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var wasDigit = false
    for character in text {
      let isDigit = character.isNumber || character == "."
      if character == " " || (!piece.isEmpty && isDigit != wasDigit) {
        if !piece.isEmpty { pieces.append(piece) }
        piece = ""
      }
      if character != " " { piece.append(character) }
      wasDigit = isDigit
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }
}
