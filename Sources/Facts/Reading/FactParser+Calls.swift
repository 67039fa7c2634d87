import Blueprint
import Inspector

/// Parses a name with its arguments, rate and fault.
extension FactParser {
  mutating func call() throws(FactProblem) -> FactCall {
    guard case .name(let name) = token else { throw missing("a name") }
    var call = FactCall(name: name, position: position)
    var end = position.upperBound
    // The parentheses of such a fact contain commands or an event, not facts.
    if let entry = FactEntry.named(name), entry.parameters.first?.isRaw == true,
      try scanner.peekToken() == .sign("(")
    {
      call.hasParentheses = true
      call.arguments = try rawArguments(of: entry, &end)
    } else {
      try advance()
      if token == .sign("(") {
        // Report an unknown name before anything else, because its parentheses may contain something other
        // than facts.
        guard FactParser.takesParentheses(name) else { throw FactChecker.unknown(call) }
        try advance()
        call.hasParentheses = true
        var list: [WrittenArgument] = []
        while token != .sign(")") {
          list.append(try argument())
          if token == .sign(",") { try advance() } else if token != .sign(")") { throw missing(") or ,") }
        }
        call.arguments = list
        end = position.upperBound
        try advance()
      }
    }
    try options(of: &call, &end)
    return FactCall(
      name: call.name, position: call.position.lowerBound..<end, arguments: call.arguments,
      hasParentheses: call.hasParentheses, rate: call.rate, fault: call.fault)
  }

  private static func takesParentheses(_ name: String) -> Bool {
    FactEntry.named(name) != nil || FactField.all.contains { $0.name == name }
  }

  /// Parses the text in the parentheses without reading it as a fact.
  private mutating func rawArguments(of entry: FactEntry, _ end: inout Int) throws(FactProblem)
    -> [WrittenArgument]
  {
    try advance()
    let (text, position) = try scanner.commands()
    end = position.upperBound + 1
    try advance()
    let isEvent = entry.parameters.first?.content == .event
    return [
      isEvent ? .event(text.filter { $0 != " " }, position: position) : .commands(text, position: position)
    ]
  }

  private mutating func argument() throws(FactProblem) -> WrittenArgument {
    guard token == .name("break"), try scanner.peekToken() == .sign("(") else {
      return .fact(try expression())
    }
    try advance()
    try advance()
    var writtenFailures: [WrittenFailure] = []
    while token != .sign(")") {
      let component = try postfix()
      writtenFailures.append(WrittenFailure(component: component, fault: try fault()))
      if case .name(let word) = token, word != "and" { throw FactParser.unknown(fault: word, at: position) }
      if token == .sign(",") || token == .name("and") {
        try advance()
      } else if token != .sign(")") {
        throw missing(")")
      }
      guard writtenFailures.count <= 8 else {
        throw FactProblem("too many failures at once", hint: "8 at most", at: position)
      }
    }
    guard !writtenFailures.isEmpty else { throw missing("a component") }
    try advance()
    return .failures(writtenFailures)
  }

  /// Parses a rate such as `at 150/s` and a fault such as `by hang`, if they follow.
  private mutating func options(of call: inout FactCall, _ end: inout Int) throws(FactProblem) {
    while true {
      if token == .name("at"), call.rate == nil {
        try advance()
        let rate = try expression(above: 6)
        call.rate = rate
        end = rate.position.upperBound
      } else if token == .name("by"), call.fault == nil {
        try advance()
        let here = position
        guard let fault = try fault() else {
          if case .name(let word) = token { throw FactParser.unknown(fault: word, at: here) }
          throw FactProblem(
            "a fault is missing", hint: FactEntry.faults.joined(separator: ", "), at: here)
        }
        call.fault = fault
        end = max(end, here.upperBound)
      } else {
        return
      }
    }
  }

  private static func unknown(fault word: String, at position: Range<Int>) -> FactProblem {
    let near = nearest(to: word, among: FactEntry.faults)
    return FactProblem(
      "“\(word)” is not a fault", hint: near.map { "\($0)?" } ?? FactEntry.faults.joined(separator: ", "),
      at: position)
  }

  private mutating func fault() throws(FactProblem) -> Fault? {
    guard case .name(let name) = token, let kind = FaultKind(rawValue: name) else { return nil }
    try advance()
    var (duration, pagesOnly): (Span?, Bool) = (nil, false)
    switch kind.fault().row.detail {
    case .none: break
    case .pages:
      if token == .name("pages") {
        pagesOnly = true
        try advance()
      }
    case .duration:
      if case .literal(.duration(let span), _) = token {
        duration = Span(
          nanoseconds: Int64(min(max(span.amount * 1e9, 1_000), Double(Span.longest.nanoseconds))))
        try advance()
      }
    }
    return kind.fault(duration: duration, pagesOnly: pagesOnly)
  }
}
