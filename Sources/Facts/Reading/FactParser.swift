import Blueprint
import Inspector

/// Parses the text of a fact. It limits length, depth and the number of elements, so that it is fast for any
/// text.
struct FactParser {
  var scanner: FactScanner
  private(set) var token = FactToken.end
  private(set) var position = 0..<0
  private var nesting = 0

  /// The most levels to which a fact may be nested.
  static let maxDepth = 100
  /// The most elements that a set, a list or counts may have.
  static let mostElements = 1_000

  static func node(of text: String) throws(FactProblem) -> FactNode {
    var parser = FactParser(scanner: FactScanner(text))
    let length = parser.scanner.characters.count
    guard length <= FactScanner.maxLength else {
      throw FactProblem(
        "the fact is too long", hint: "\(FactScanner.maxLength) characters at most", at: 0..<length)
    }
    try parser.advance()
    let node = try parser.expression()
    guard parser.token == .end else { throw parser.unexpected() }
    return node
  }

  private init(scanner: FactScanner) { self.scanner = scanner }

  mutating func advance() throws(FactProblem) {
    token = try scanner.next()
    position = scanner.position
  }

  // MARK: Expressions

  mutating func expression(above rank: Int = 0) throws(FactProblem) -> FactNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= FactParser.maxDepth else { throw tooDeep(position) }
    var left = try operand(above: rank)
    var hasComparison = false
    while var sign = try nextOperator(), sign.rank > rank {
      if sign.isComparison {
        guard !hasComparison else {
          throw FactProblem("two comparisons in a row", hint: "join them with and", at: position)
        }
        hasComparison = true
      }
      try advance()
      if sign == .notIn { try advance() }
      if sign == .within, case .percent = token { sign = .withinShare }
      let right = try expression(above: sign.rank)
      left = try node(
        .binary(sign, left, right), left.position.lowerBound..<right.position.upperBound, [left, right])
    }
    return left
  }

  private func nextOperator() throws(FactProblem) -> FactOperator? {
    switch token {
    case .sign("∖"): return .without
    case .sign(let sign): return FactOperator(rawValue: sign)
    case .name("not"): return try scanner.peekToken() == .name("in") ? .notIn : nil
    case .name("intersect"): return .intersection
    case .name("union"): return .union
    case .name("but"): return .without
    case .name(let name):
      guard let found = FactOperator(rawValue: name) else { return nil }
      return found
    case .literal, .percent, .text, .end: return nil
    }
  }

  private mutating func operand(above rank: Int) throws(FactProblem) -> FactNode {
    let start = position.lowerBound
    switch token {
    case .name("not"):
      try advance()
      let inner = try expression(above: 3)
      return try node(.negated(inner), start..<inner.position.upperBound, [inner])
    case .sign("-"):
      try advance()
      let inner = try expression(above: 8)
      return try node(.minus(inner), start..<inner.position.upperBound, [inner])
    case .name, .sign, .literal, .percent, .text, .end: return try postfix()
    }
  }

  mutating func postfix() throws(FactProblem) -> FactNode {
    var base = try primary()
    while true {
      switch token {
      case .sign("."):
        try advance()
        let call = try self.call()
        base = try node(.member(base, call), base.position.lowerBound..<call.position.upperBound, [base])
      case .sign("["):
        try advance()
        let index = try expression()
        let end = position.upperBound
        try expect("]")
        base = try node(.element(base, index), base.position.lowerBound..<end, [base, index])
      case .name, .sign, .literal, .percent, .text, .end: return base
      }
    }
  }

  private mutating func primary() throws(FactProblem) -> FactNode {
    let here = position
    switch token {
    case .literal(let value, let type):
      try advance()
      return try node(.literal(value, type), here, [])
    case .percent(let share):
      try advance()
      return try node(.literal(.number(Quantity(share)), .number), here, [])
    case .text(let text):
      try advance()
      return try node(.literal(.text(text), .text), here, [])
    case .sign("("):
      try advance()
      let inner = try expression()
      try expect(")")
      return inner
    case .sign("{"): return try braces(from: here.lowerBound)
    case .sign("["):
      try advance()
      let (elements, end) = try elements(until: "]")
      return try node(.list(elements), here.lowerBound..<end, elements)
    case .name(let name):
      if FactParser.reservedWords.contains(name) { throw unexpected() }
      let call = try self.call()
      return try node(.call(call), call.position, [])
    case .sign, .end: throw unexpected()
    }
  }

  private static let reservedWords = ["and", "or", "in", "at", "by", "union", "intersect", "without", "but"]

  // MARK: Sets and lists

  private mutating func elements(until closing: String) throws(FactProblem) -> ([FactNode], end: Int) {
    var elements: [FactNode] = []
    while token != .sign(closing) {
      elements.append(try expression())
      guard elements.count <= FactParser.mostElements else {
        throw FactProblem("too many elements", hint: "\(FactParser.mostElements) at most", at: position)
      }
      if token == .sign(",") {
        try advance()
      } else if token != .sign(closing) {
        throw missing("\(closing) or ,")
      }
    }
    let end = position.upperBound
    try advance()
    return (elements, end)
  }

  /// Parses a set, or counts if a colon follows the first element.
  private mutating func braces(from start: Int) throws(FactProblem) -> FactNode {
    try advance()
    guard token != .sign("}") else {
      let end = position.upperBound
      try advance()
      return try node(.set([]), start..<end, [])
    }
    let first = try expression()
    guard token == .sign(":") else {
      if token == .sign(",") { try advance() } else if token != .sign("}") { throw missing("} or ,") }
      let (rest, end) = try elements(until: "}")
      return try node(.set([first] + rest), start..<end, [first] + rest)
    }
    return try counts(from: start, first)
  }

  private mutating func counts(from start: Int, _ first: FactNode) throws(FactProblem) -> FactNode {
    var counts: [(key: FactNode, count: FactNode)] = []
    var key = first
    while true {
      try expect(":")
      counts.append((key, try expression()))
      guard counts.count <= FactParser.mostElements else { throw missing("}") }
      if token == .sign("}") { break }
      try expect(",")
      key = try expression()
    }
    let end = position.upperBound
    try advance()
    return try node(.counts(counts), start..<end, counts.flatMap { [$0.key, $0.count] })
  }

  // MARK: Problems

  private func node(_ shape: FactNode.Shape, _ position: Range<Int>, _ inner: [FactNode]) throws(FactProblem)
    -> FactNode
  {
    let depth = 1 + (inner.map { $0.depth }.max() ?? 0)
    guard depth <= FactParser.maxDepth else { throw tooDeep(position) }
    return FactNode(position: position, shape: shape, depth: depth)
  }

  private func tooDeep(_ position: Range<Int>) -> FactProblem {
    FactProblem(
      "the fact is nested too deeply", hint: "\(FactParser.maxDepth) levels at most", at: position)
  }

  private mutating func expect(_ sign: String) throws(FactProblem) {
    guard token == .sign(sign) else { throw missing(sign) }
    try advance()
  }

  func missing(_ item: String) -> FactProblem {
    FactProblem("“\(token.text)” where \(item) is expected", at: position)
  }

  private func unexpected() -> FactProblem {
    token == .end
      ? FactProblem("the fact ends too soon", hint: "`show facts` lists all facts", at: position)
      : FactProblem("“\(token.text)” does not belong here", at: position)
  }
}
