/// A strict JSON reader according to RFC 8259. It shares no code with the writer that it checks.
struct JSONChecker {
  indirect enum Value: Equatable {
    case null
    case flag(Bool)
    /// A number as it was written.
    case number(String)
    case string(String)
    case array([Value])
    case object([(String, Value)])

    static func == (a: Value, b: Value) -> Bool {
      switch (a, b) {
      case (.null, .null): true
      case (.flag(let a), .flag(let b)): a == b
      // Compared by scalars, because equal strings can have different scalars.
      case (.number(let a), .number(let b)), (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
      case (.array(let a), .array(let b)): a == b
      case (.object(let a), .object(let b)):
        a.count == b.count && zip(a, b).allSatisfy { $0.0.utf8.elementsEqual($1.0.utf8) && $0.1 == $1.1 }
      case (.null, _), (.flag, _), (.number, _), (.string, _), (.array, _), (.object, _): false
      }
    }
  }

  private let bytes: [UInt8]
  private var place = 0

  private struct Invalid: Error {}

  private init(_ text: String) { bytes = Array(text.utf8) }

  static func isValid(_ text: String) -> Bool { value(of: text) != nil }

  /// Returns nil if the text is not exactly one JSON value.
  static func value(of text: String) -> Value? {
    var checker = JSONChecker(text)
    guard let value = try? checker.value(), checker.place == checker.bytes.count else { return nil }
    return value
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ word: StaticString) throws {
    for byte in "\(word)".utf8 {
      guard next == byte else { throw Invalid() }
      place += 1
    }
  }

  private mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value() throws -> Value {
    switch next {
    case UInt8(ascii: "n"):
      try take("null")
      return .null
    case UInt8(ascii: "t"):
      try take("true")
      return .flag(true)
    case UInt8(ascii: "f"):
      try take("false")
      return .flag(false)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "{"): return .object(try members())
    default: return .number(try number())
    }
  }

  private mutating func elements() throws -> [Value] {
    try take("[")
    var values: [Value] = []
    if takes("]") { return values }
    repeat { values.append(try value()) } while takes(",")
    try take("]")
    return values
  }

  private mutating func members() throws -> [(String, Value)] {
    try take("{")
    var members: [(String, Value)] = []
    if takes("}") { return members }
    repeat {
      let name = try string()
      try take(":")
      members.append((name, try value()))
    } while takes(",")
    try take("}")
    return members
  }

  private mutating func number() throws -> String {
    let start = place
    _ = takes("-")
    if !takes("0") { try digits() }
    if takes(".") { try digits() }
    if takes("e") || takes("E") {
      if !takes("-") { _ = takes("+") }
      try digits()
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func digits() throws {
    let start = place
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
    guard place > start else { throw Invalid() }
  }

  private mutating func string() throws -> String {
    try take("\"")
    var content: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): content += String(Character(try escaped())).utf8
      case 0..<0x20: throw Invalid()
      default: content.append(byte)
      }
    }
    throw Invalid()
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    guard let byte = next else { throw Invalid() }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      guard (0xD800..<0xDC00).contains(first) else { return try scalar(first) }
      try take("\\u")
      let second = try hexadecimal()
      guard (0xDC00..<0xE000).contains(second) else { throw Invalid() }
      return try scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    default: throw Invalid()
    }
  }

  private func scalar(_ number: UInt32) throws -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(number) else { throw Invalid() }
    return scalar
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard place + 4 <= bytes.count else { throw Invalid() }
    var number: UInt32 = 0
    for byte in bytes[place..<place + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Invalid() }
      number = number << 4 | UInt32(digit)
    }
    place += 4
    return number
  }
}
