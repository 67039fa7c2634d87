import Inspector

/// Checks that written JSON is valid, has no control characters, and can be read back.
enum JSONTarget {
  static func run(_ bytes: [UInt8]) {
    var generator = JSONGenerator(rest: bytes[...])
    let value = generator.value(depth: 0)
    let text = value.text
    guard let read = JSONChecker.value(of: text) else { return require(false, "invalid JSON: \(text)") }
    require(read == value.expected, "the JSON says something else: \(text)")
    Text.requirePrintable(text, of: "JSON")
    let string = Text.decoded(bytes)
    let escaped = XML.escaped(string)
    // Unlike JSON, XML may contain the characters that change the writing direction.
    require(
      !escaped.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) },
      "XML has a control character: \(escaped.debugDescription)")
    require(!escaped.contains { "<>\"".contains($0) }, "XML has markup: \(escaped.debugDescription)")
  }

  /// Makes a JSON value of any kind from bytes.
  private struct JSONGenerator {
    var rest: ArraySlice<UInt8>

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func number() -> Int64 {
      let count = Int(byte() % 9)
      let magnitude = (0..<count).reduce(UInt64(0)) { number, _ in number << 8 | UInt64(byte()) }
      return Int64(bitPattern: magnitude)
    }

    mutating func text() -> String {
      let count = Int(byte())
      defer { rest = rest.dropFirst(count) }
      return Text.decoded(Array(rest.prefix(count)))
    }

    mutating func value(depth: Int) -> JSON {
      switch byte() % (depth < 50 ? 9 : 6) {
      case 0: .null
      case 1: .flag(byte() & 1 == 1)
      case 2: .integer(Int(number()))
      case 3: .thousandths(number())
      case 4: .billionths(number())
      case 5, 6: .string(text())
      case 7: .array((0..<byte() % 8).map { _ in value(depth: depth + 1) })
      default: .object((0..<byte() % 8).map { _ in JSON.Member(named: text(), value(depth: depth + 1)) })
      }
    }
  }
}

extension JSON {
  /// The value that a reader must find.
  fileprivate var expected: JSONChecker.Value {
    switch self {
    case .null: .null
    case .flag(let flag): .flag(flag)
    case .integer(let number): .number("\(number)")
    case .thousandths(let number): .number(JSON.fixed(number, decimals: 3))
    case .billionths(let number): .number(JSON.fixed(number, decimals: 9))
    case .string(let string): .string(string)
    case .array(let values): .array(values.map(\.expected))
    case .object(let members): .object(members.map { ($0.name, $0.value.expected) })
    }
  }

  private static func fixed(_ number: Int64, decimals: Int) -> String {
    var digits = "\(number.magnitude)"
    while digits.count <= decimals { digits = "0" + digits }
    return (number < 0 ? "-" : "") + digits.dropLast(decimals) + "." + digits.suffix(decimals)
  }
}
