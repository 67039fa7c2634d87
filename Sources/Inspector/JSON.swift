import Blueprint

/// A JSON value. Objects keep the order of their members, and the text has no spaces.
public indirect enum JSON: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  case null
  case flag(Bool)
  case integer(Int)
  /// A number in thousandths, written with three decimals.
  case thousandths(Int64)
  /// A number in billionths, written with nine decimals. It is used for shares near one.
  case billionths(Int64)
  case string(String)
  case array([JSON])
  case object([Member])

  public struct Member: Equatable, Sendable {
    public let name: String
    public let value: JSON

    /// Creates a member with one of the fixed names.
    public init(_ name: MemberName, _ value: JSON) {
      self.name = name.rawValue
      self.value = value
    }

    /// Creates a member with a computed name, such as the name of a host.
    public init(named name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Creates an object whose members have fixed names: `[.name: .string(name), .weight: .integer(weight)]`.
  public init(dictionaryLiteral members: (MemberName, JSON)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }

  /// Returns a length of time in milliseconds, rounded to the microsecond.
  public static func milliseconds(_ span: Span) -> JSON { .thousandths((span.nanoseconds + 500) / 1_000) }

  /// The value of the member with this name, or nil if there is none.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to out: inout [UInt8]) {
    switch self {
    case .null: out += "null".utf8
    case .flag(let flag): out += (flag ? "true" : "false").utf8
    case .integer(let number): out += "\(number)".utf8
    case .thousandths(let number): out += JSON.decimal(number).utf8
    case .billionths(let number):
      let rest = "\(number.magnitude % 1_000_000_000)"
      let zeros = String(repeating: "0", count: 9 - rest.utf8.count)
      out += "\(number < 0 ? "-" : "")\(number.magnitude / 1_000_000_000).\(zeros)\(rest)".utf8
    case .string(let string): JSON.write(string, to: &out)
    case .array(let values):
      out.append(UInt8(ascii: "["))
      for (i, value) in values.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        value.write(to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (i, member) in members.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        JSON.write(member.name, to: &out)
        out.append(UInt8(ascii: ":"))
        member.value.write(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  /// Returns a number of thousandths as a decimal: 1500 is `1.500`.
  public static func decimal(_ thousandths: Int64) -> String {
    let whole = thousandths.magnitude / 1_000
    let rest = thousandths.magnitude % 1_000
    let digits = "\(rest)"
    let zeros = String(repeating: "0", count: 3 - digits.utf8.count)
    return "\(thousandths < 0 ? "-" : "")\(whole).\(zeros)\(digits)"
  }

  private static let hex = Array("0123456789abcdef".utf8)

  private static func write(_ string: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    if string.utf8.allSatisfy({ $0 < 0x80 }) {
      for byte in string.utf8 { write(Unicode.Scalar(byte), to: &out) }
    } else {
      for scalar in string.unicodeScalars { write(scalar, to: &out) }
    }
    out.append(UInt8(ascii: "\""))
  }

  private static func write(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
    switch scalar {
    case "\"", "\\": out += [UInt8(ascii: "\\"), UInt8(ascii: scalar)]
    case "\n": out += "\\n".utf8
    case "\t": out += "\\t".utf8
    // Unsafe characters are escaped, because the line may be printed to a terminal.
    case _ where scalar.isUnsafeToPrint:
      out += "\\u".utf8
      for shift in [12, 8, 4, 0] as [UInt32] { out.append(hex[Int(scalar.value >> shift & 15)]) }
    case _ where scalar.isASCII: out.append(UInt8(ascii: scalar))
    default: out += scalar.utf8
    }
  }
}
