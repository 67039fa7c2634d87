import Blueprint
import Inspector

/// Checks the types of a fact before anything runs.
struct FactChecker {
  /// The number of facts around the current one in which `it` is defined.
  private var itDepth = 0

  typealias TypedTerm = (term: FactTerm, type: FactType)

  /// Checks a complete fact.
  static func check(_ node: FactNode) throws(FactProblem) -> TypedTerm {
    var checker = FactChecker()
    let found = try checker.check(node, expecting: nil)
    guard found.type.isValue else {
      throw FactProblem(
        "\(found.type.words) cannot be the answer",
        hint: found.type == .site ? "start.primary" : "run(send 4).answered",
        at: node.position)
    }
    return found
  }

  // MARK: Nodes

  mutating func check(_ node: FactNode, expecting expected: FactType?) throws(FactProblem) -> TypedTerm {
    switch node.shape {
    case .literal(let value, let type): return literal(value, type, expecting: expected)
    case .call(let call): return try check(call, expecting: expected)
    case .member(let base, let call): return try member(call, of: base)
    case .element(let base, let index): return try element(index, of: base, node.position)
    case .negated(let inner):
      return (.negated(try checkedTerm(inner, .bool), position: inner.position), .bool)
    case .minus(let inner):
      let found = try check(inner, expecting: expected)
      guard [.number, .duration, .rate, .replyValue].contains(found.type) else {
        throw FactChecker.mismatch(found.type, .number, at: inner.position)
      }
      return (.minus(found.term), found.type)
    case .binary(let sign, let left, let right):
      return try binary(sign, left, right, node.position, expecting: expected)
    case .set(let elements):
      let (terms, type) = try checkAll(elements, expecting: expected)
      return (.set(terms), .set(type))
    case .list(let elements):
      let (terms, type) = try checkAll(elements, expecting: expected)
      return (.list(terms), .list(type))
    case .counts(let counts): return try check(counts: counts, node.position, expecting: expected)
    }
  }

  /// Checks a node whose value must have this type.
  mutating func checkedTerm(_ node: FactNode, _ type: FactType) throws(FactProblem) -> FactTerm {
    let found = try check(node, expecting: type)
    guard found.type.unified(with: type) != nil else {
      throw FactChecker.mismatch(found.type, type, of: node)
    }
    return found.term
  }

  private func literal(_ value: FactValue, _ type: FactType, expecting expected: FactType?) -> TypedTerm {
    if expected == .status, case .number(let number) = value {
      return (.constant(.status(number.text)), .status)
    }
    return (.constant(value), type)
  }

  private mutating func checkAll(_ nodes: [FactNode], expecting expected: FactType?) throws(FactProblem)
    -> ([FactTerm], FactType)
  {
    var type = expected?.element ?? .anything
    var terms: [FactTerm] = []
    // A member of a reply may have any type.
    if type == .replyValue {
      for node in nodes { terms.append(try check(node, expecting: .replyValue).term) }
      return (terms, .replyValue)
    }
    for node in nodes {
      let found = try check(node, expecting: type == .anything ? nil : type)
      guard let unified = type.unified(with: found.type) else {
        throw FactChecker.mismatch(found.type, type, of: node)
      }
      type = unified
      terms.append(found.term)
    }
    return (terms, type)
  }

  private mutating func check(
    counts: [(key: FactNode, count: FactNode)], _ position: Range<Int>, expecting expected: FactType?
  ) throws(FactProblem) -> TypedTerm {
    let (keys, type) = try checkAll(counts.map { $0.key }, expecting: expected)
    var terms: [(key: FactTerm, count: FactTerm)] = []
    for (key, count) in zip(keys, counts) { terms.append((key, try checkedTerm(count.count, .number))) }
    return (.counts(terms, position: position), .counts(type))
  }

  // MARK: Names

  private mutating func check(_ call: FactCall, expecting expected: FactType?) throws(FactProblem)
    -> TypedTerm
  {
    if !call.hasParentheses, call.rate == nil, call.fault == nil {
      if let word = word(call, expecting: expected) { return word }
      if call.name == "it", itDepth > 0 { return (.it, .component) }
      if call.name.contains(":") { return (.constant(.component(call.name)), .component) }
    }
    if let entry = FactEntry.named(call.name),
      call.hasParentheses || entry.isComplete
    {
      return (.fact(entry, try checkedCall(call, entry.parameters, entry)), entry.type)
    }
    if let entry = FactEntry.named(call.name) {
      throw FactProblem(
        "\(call.name) needs more arguments", hint: "\(entry.usage), such as \(entry.example)",
        at: call.position
      )
    }
    guard !call.hasParentheses else { throw FactChecker.unknown(call) }
    return (.component(call.name, position: call.position), .component)
  }

  /// The words that have the same value on every site.
  private static let constants: [(word: String, value: FactValue, type: FactType)] = [
    ("true", .bool(true), .bool), ("false", .bool(false), .bool), ("never", .duration(.never), .duration),
    ("nothing", .nothing, .component), ("kinds", .kinds(RequestKind.allCases), .set(.kind)),
  ]

  /// Returns the value of a word in this position, or nil if it has no meaning here.
  private func word(_ call: FactCall, expecting expected: FactType?) -> TypedTerm? {
    if let constant = FactChecker.constants.first(where: { $0.word == call.name }) {
      return (.constant(constant.value), constant.type)
    }
    if case .word(let vocabulary) = expected, let word = vocabulary.word(for: call.name) {
      return (.constant(.word(word)), .word(vocabulary))
    }
    if expected == .status, ["refused", "timeout"].contains(call.name) {
      return (.constant(.status(call.name)), .status)
    }
    // Texts are printed without quotation marks, so they can be typed without quotation marks.
    if let expected, expected.isOfWords, !(FactEntry.named(call.name)?.isComplete ?? false) {
      return (.constant(.text(call.name)), .text)
    }
    return RequestKind(rawValue: call.name).map { (.constant(.kind($0)), .kind) }
  }

  static func unknown(_ call: FactCall) -> FactProblem {
    let near = nearest(to: call.name, among: FactEntry.all.map { $0.name })
    return FactProblem(
      "there is no fact “\(call.name)”", hint: near.map { "\($0)?" } ?? "`show facts` lists them",
      at: call.position)
  }

  private static func unknownField(_ call: FactCall, of type: FactType) -> FactProblem {
    let names = FactField.names(of: type)
    let facts = type == .run || type == .site ? FactEntry.all.map { $0.name } : []
    let members = type.isPartOfReply ? ReplyNames.members.sorted() : []
    let near = nearest(to: call.name, among: names + facts + members)
    return FactProblem(
      "\(type.words) has no “\(call.name)”",
      hint: near.map { "\($0)?" } ?? (names.isEmpty ? "" : names.joined(separator: ", ")), at: call.position)
  }

  private mutating func checkedCall(_ call: FactCall, _ parameters: [FactParameter], _ entry: FactEntry?)
    throws(FactProblem) -> CheckedCall
  {
    let least = parameters.count { !$0.isOptional }
    guard (least...parameters.count).contains(call.arguments.count) else {
      let words = parameters.map { $0.name }.joined(separator: ", ")
      throw FactProblem(
        call.arguments.count < least
          ? "\(call.name) needs more arguments" : "\(call.name) has too many arguments",
        hint: entry?.usage ?? "\(call.name)(\(words))", at: call.position)
    }
    var checkedCall = CheckedCall(position: call.position)
    for (argument, parameter) in zip(call.arguments, parameters) {
      checkedCall.arguments.append(try check(argument, parameter))
    }
    if let rate = call.rate {
      guard entry?.takesRate == true else {
        throw FactProblem("\(call.name) does not accept a rate", hint: entry?.usage ?? "", at: rate.position)
      }
      checkedCall.rate = try checkedTerm(rate, .rate)
    }
    if let fault = call.fault {
      guard entry?.takesFault == true else {
        throw FactProblem("\(call.name) does not accept a fault", hint: entry?.usage ?? "", at: call.position)
      }
      checkedCall.fault = fault
    }
    return checkedCall
  }

  private mutating func check(_ argument: WrittenArgument, _ parameter: FactParameter) throws(FactProblem)
    -> CheckedArgument
  {
    switch (parameter.content, argument) {
    case (.commands, .commands(let text, _)): return .commands(text)
    case (.event, .event(let text, let position)):
      guard FactEvent.all.contains(where: { $0.name == text }) else {
        throw FactEvent.unknown(text, at: position)
      }
      return .event(text)
    case (.failures, .failures(let writtenFailures)), (.failuresOrComponents, .failures(let writtenFailures)):
      var terms: [(component: FactTerm, fault: Fault?)] = []
      for failure in writtenFailures {
        terms.append((try checkedTerm(failure.component, .component), failure.fault))
      }
      return .failures(terms)
    case (.value(let type), .fact(let node)): return .term(try checkedTerm(node, type))
    case (.components, .fact(let node)), (.failuresOrComponents, .fact(let node)):
      let found = try check(node, expecting: nil)
      guard found.type == .component || found.type.unified(with: .set(.component)) != nil else {
        throw FactChecker.mismatch(found.type, .set(.component), at: node.position)
      }
      return .term(found.term)
    case (.repeatedFact(let type), .fact(let node)):
      itDepth += 1
      defer { itDepth -= 1 }
      return .repeatedFact(try checkedTerm(node, type), position: node.position)
    default:
      throw FactProblem("this does not belong here", hint: parameter.name, at: argument.position)
    }
  }

  // MARK: Fields and elements

  private mutating func member(_ call: FactCall, of base: FactNode) throws(FactProblem) -> TypedTerm {
    let found = try check(base, expecting: nil)
    if found.type == .component, !call.hasParentheses, let part = ComponentKind(rawValue: call.name) {
      return try self.part(part, of: found.term, base.position.lowerBound..<call.position.upperBound)
    }
    // Fields and facts take precedence over members of the reply. All members can be read through
    // `run(…).reply`.
    if let field = FactField.named(call.name, of: found.type) { return try readField(field, call, found) }
    if found.type == .site || found.type == .run, let entry = FactEntry.named(call.name) {
      if !call.hasParentheses, !entry.isComplete, let field = replyField(call, in: found.type) {
        return try readField(field, call, found)
      }
      let inner = try check(call, expecting: nil)
      return (.onSite(found.term, inner.term, position: call.position), inner.type)
    }
    if let field = replyField(call, in: found.type) { return try readField(field, call, found) }
    throw FactChecker.unknownField(call, of: found.type)
  }

  private func replyField(_ call: FactCall, in type: FactType) -> FactField? {
    call.hasParentheses ? nil : FactField.ofReply(call.name, in: type)
  }

  private mutating func readField(_ field: FactField, _ call: FactCall, _ base: TypedTerm) throws(FactProblem)
    -> TypedTerm
  {
    let checkedCall = try checkedCall(call, field.parameters, nil)
    return (.field(base.term, field, checkedCall), field.type(base.type.element ?? base.type))
  }

  /// Checks the access to a component of a host: `server-1.mysql`, `primary.host.app`.
  private func part(_ part: ComponentKind, of term: FactTerm, _ position: Range<Int>) throws(FactProblem)
    -> TypedTerm
  {
    if case .component(let host, _) = term {
      return (.component("\(host).\(part.rawValue)", position: position), .component)
    }
    guard let field = FactField.named(part.rawValue, of: .component) else {
      throw FactProblem("a component has no components of its own", at: position)
    }
    return (.field(term, field, CheckedCall(position: position)), .component)
  }

  private mutating func element(_ index: FactNode, of base: FactNode, _ position: Range<Int>)
    throws(FactProblem)
    -> TypedTerm
  {
    let found = try check(base, expecting: nil)
    switch found.type {
    case .list(let type):
      return (.element(found.term, try checkedTerm(index, .number), position: index.position), type)
    case .counts(let key):
      return (.element(found.term, try checkedTerm(index, key), position: index.position), .number)
    case .replyValue:
      return (
        .element(found.term, try check(index, expecting: .replyValue).term, position: index.position),
        .replyValue
      )
    default:
      var hint = ""
      if case .member(_, let call) = base.shape, ReplyNames.members.contains(call.name) {
        hint = "reply.\(call.name) is the value in the reply"
      }
      throw FactProblem(
        "\(found.type.words) has no elements by number or name", hint: hint, at: base.position)
    }
  }

  /// Returns the problem for an unsuitable type. If the node is a bare word, the hint suggests a similar word
  /// that is valid.
  static func mismatch(_ found: FactType, _ wanted: FactType, of node: FactNode) -> FactProblem {
    guard case .call(let call) = node.shape, !call.hasParentheses, FactEntry.named(call.name) == nil else {
      return mismatch(found, wanted, at: node.position)
    }
    let near = nearest(
      to: call.name, among: wanted.choices + FactEntry.all.filter { $0.type == wanted }.map { $0.name })
    return FactProblem(
      "“\(call.name)” is not \(wanted.words)",
      hint: near.map { "\($0)?" } ?? (wanted.example.isEmpty ? "" : "such as \(wanted.example)"),
      at: node.position)
  }

  static func mismatch(_ found: FactType, _ wanted: FactType, at position: Range<Int>) -> FactProblem {
    if found == .replyValue && !wanted.canBeInReply || wanted == .replyValue && !found.canBeInReply {
      let unit = found == .replyValue ? wanted : found
      return FactProblem(
        "numbers in a reply have no unit, and this is \(unit.words)",
        hint: unit == .rate
          ? "a number without a unit, such as 150"
          : "for milliseconds, a plain number such as 1000; run(send 4).latency.max has a unit", at: position)
    }
    return FactProblem(
      "this is \(found.words), not \(wanted.words)",
      hint: wanted.example.isEmpty ? "" : "such as \(wanted.example)",
      at: position)
  }
}
