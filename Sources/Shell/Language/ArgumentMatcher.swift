import Blueprint
import Simulator

/// Matches the words of a command with its parameters and reads their values.
struct ArgumentMatcher {
  private let words: [Word]
  private let command: String
  /// Builds the usage line. It is called only for errors, because it is slow.
  private let wholeUsage: () -> String
  /// Whether the command has a single parameter, which may be a choice of several forms.
  private var hasOnlyAlternatives = false
  /// The form that the first word has chosen, for the usage line in errors.
  private var alternative: [Parameter]?
  let topology: Topology
  private var next = 1
  private(set) var arguments = Arguments()
  /// The parameters that the next word could match, in the order in which they were tried.
  private var expected: [Parameter] = []

  static func arguments(
    of command: String, words: [Word], for parameters: [Parameter],
    usage: @escaping @autoclosure () -> String, topology: Topology
  ) throws(Complaint) -> Arguments {
    var matcher = ArgumentMatcher(words: words, command: command, usage: usage, topology: topology)
    matcher.hasOnlyAlternatives = parameters.count == 1
    try matcher.match(parameters)
    if matcher.next < words.count {
      throw .unexpected(
        words[matcher.next], choices: matcher.choices, usage: matcher.usage())
    }
    return matcher.arguments
  }

  /// Returns the parameters that could follow the words, and the values that the words have. Returns nil if
  /// the words are already wrong.
  static func expectation(
    behind words: [Word], of command: String, for parameters: [Parameter], topology: Topology
  ) -> (parameters: [Parameter], arguments: Arguments)? {
    var matcher = ArgumentMatcher(words: words, command: command, usage: { "" }, topology: topology)
    do {
      try matcher.match(parameters)
    } catch {
      guard case .missing = error else { return nil }
    }
    return matcher.next == words.count ? (matcher.expected, matcher.arguments) : nil
  }

  private init(words: [Word], command: String, usage: @escaping () -> String, topology: Topology) {
    self.words = words
    self.command = command
    wholeUsage = usage
    self.topology = topology
  }

  private func usage() -> String {
    guard let alternative else { return wholeUsage() }
    return "\(wholeUsage().prefix { $0 != " " }) \(Parameter.usage(alternative))"
  }

  private var word: Word? { next < words.count ? words[next] : nil }

  /// The words that could come next, without duplicates.
  private var choices: [String] {
    expected.flatMap { $0.beginnings }.unique
  }

  private mutating func match(_ parameters: [Parameter]) throws(Complaint) {
    for parameter in parameters { try match(parameter) }
  }

  private mutating func match(_ parameter: Parameter) throws(Complaint) {
    expected.append(parameter)
    switch parameter {
    case .word(let literal):
      guard let word else { throw .missing("`\(literal)`", usage: usage()) }
      guard fits(parameter, word) else { throw .unexpected(word, choices: [literal], usage: usage()) }
      arguments.add(word: literal)
      advance()
    case .value(let name, let kind):
      guard let word else { throw .missing(name, usage: usage()) }
      arguments.add(name, try read(word, as: kind, name), word)
      advance()
    case .optional(let inner):
      guard let word, let first = inner.first, fits(first, word) || isOnlyChoice(first) else { return }
      try match(inner)
    case .oneOf(let alternatives):
      guard let word else { throw .missing(Sentences.either(parameter.firstNames), usage: usage()) }
      guard let alternative = choose(alternatives, word) else {
        throw .unexpected(word, choices: parameter.beginnings, usage: usage())
      }
      if next == 1, hasOnlyAlternatives { self.alternative = alternatives[alternative] }
      try match(alternatives[alternative])
    case .anyOrder(let options): try matchAnyOrder(options)
    case .many(let inner):
      try match(inner)
      while let word, fits(inner, word) { try match(inner) }
      expected.append(inner)
    case .rest(let name), .commands(let name, _), .text(let name, _):
      guard let word else { throw .missing(name, usage: usage()) }
      arguments.add(name, .text(String(command.dropFirst(word.position.lowerBound))), word)
      next = words.count
    }
  }

  /// Whether the parameter is a choice that any word right after the command must be meant for.
  private func isOnlyChoice(_ parameter: Parameter) -> Bool {
    guard next == 1, hasOnlyAlternatives, case .value(_, .choice) = parameter else { return false }
    return true
  }

  private mutating func matchAnyOrder(_ options: [[Parameter]]) throws(Complaint) {
    var left = options
    while let word, let option = choose(left, word) { try match(left.remove(at: option)) }
    expected.append(.anyOrder(left))
  }

  private mutating func advance() {
    next += 1
    expected = []
  }

  /// Returns the index of the form that the word begins. An exact match takes precedence over an
  /// abbreviation.
  private func choose(_ alternatives: [[Parameter]], _ word: Word) -> Int? {
    let text = word.text.lowercased()
    let exact = alternatives.firstIndex { alternative in alternative.first?.beginnings.contains(text) == true
    }
    return exact
      ?? alternatives.firstIndex { alternative in alternative.first.map { fits($0, word) } == true }
  }

  private func fits(_ parameter: Parameter, _ word: Word) -> Bool {
    switch parameter {
    case .word(let literal): !word.isQuoted && begins(literal, word.text)
    case .value(_, let kind): fits(kind, word)
    case .optional(let inner): inner.first.map { fits($0, word) } ?? false
    case .oneOf(let alternatives), .anyOrder(let alternatives): choose(alternatives, word) != nil
    case .many(let inner): fits(inner, word)
    case .rest, .commands, .text: true
    }
  }

  private func begins(_ literal: String, _ text: String) -> Bool {
    literal == text.lowercased() || (text.count >= 2 && literal.hasPrefix(text.lowercased()))
  }

  private func fits(_ kind: Parameter.ValueKind, _ word: Word) -> Bool {
    switch kind {
    case .number where Numeral.whole(word.text) != nil: true
    case .number, .span, .rate, .decimal:
      word.text.utf8.first.map {
        Numeral.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ".")
      } ?? false
    case .requestKind: RequestKind.named(word.text) != nil
    case .share: word.text.contains("=")
    case .choice(let choices): choices.contains { begins($0, word.text) }
    case .heldRequestName: !ArgumentMatcher.behindNames.contains(word.text.lowercased())
    case .host: !ArgumentMatcher.behindHosts.contains { begins($0, word.text) }
    case .newName: !ArgumentMatcher.behindNames.contains(word.text.lowercased())
    case .addresses, .paths, .component, .databaseNode, .server, .faultTarget, .broken, .link, .target,
      .setting,
      .settingValue,
      .parts, .design, .file, .shown, .command, .term, .lesson, .fact, .any, .ports, .source, .vantage:
      true
    }
  }

  /// Keywords that may follow new names, so they cannot be names themselves.
  private static let behindNames =
    RequestKind.allCases.flatMap { $0.names } + [
      "from", "to", "weight", "backup", "maxconn", "disabled", "with",
    ]

  /// Keywords that may follow an optional host.
  private static let behindHosts =
    ["allow", "deny", "from", "push", "pull", "interval", "alert"] + TLS.Reach.allCases.map { $0.rawValue }

  // MARK: Values

  private func read(_ word: Word, as kind: Parameter.ValueKind, _ name: String) throws(Complaint)
    -> ParameterValue
  {
    switch kind {
    case .number(let range): return .number(try number(word, in: range))
    case .span(let range): return .span(try span(word, in: range))
    case .rate: return .rate(try rate(word))
    case .requestKind:
      guard let kind = RequestKind.named(word.text) else {
        throw .unreadable(word, as: "a kind of request", choices: RequestKind.allCases.map { $0.rawValue })
      }
      return .kind(kind)
    case .share: return try share(word)
    case .addresses:
      return .addresses(try list(word, as: "an address such as 10.0.0.1", IPv4.init(reading:)))
    case .paths: return .texts(try list(word, as: "a path such as /index.html", ArgumentMatcher.path))
    case .parts:
      return .parts(
        try list(word, as: "a component", choices: ComponentKind.installableOnServers.map { $0.rawValue }) {
          text in
          ComponentKind.installableOnServers.first { $0.rawValue == text.lowercased() }
        })
    case .component, .databaseNode, .server: return .component(try component(word))
    case .host:
      return .text(try host(word))
    case .vantage:
      if word.text.lowercased() == FaultTarget.internet { return .text(FaultTarget.internet) }
      return .text(try host(word))
    case .ports: return .ports(try list(word, as: "a port such as 80, or vrrp", Port.init(reading:)))
    case .source: return .source(try source(word))
    case .decimal:
      guard let number = Numeral.thousandths(word.text) else {
        throw .unreadable(word, as: "a number such as 90 or 0.5", choices: [])
      }
      return .thousandths(number)
    case .faultTarget, .broken: return .faultTarget(try faultTarget(word))
    case .link: return .faultTarget(try link(word))
    case .target: return .target(try target(word))
    case .choice(let choices): return .text(try choice(word, among: choices))
    case .setting: return .setting(try setting(word))
    case .settingValue: return .settingValue(try settingValue(word))
    case .newName, .heldRequestName, .design, .file, .shown, .command, .term, .lesson, .fact, .any:
      return .text(word.text)
    }
  }

  private func number(_ word: Word, in range: ClosedRange<Int>) throws(Complaint) -> Int {
    guard let number = Numeral.whole(word.text) else {
      throw .unreadable(word, as: "a number from \(range.lowerBound) to \(range.upperBound)", choices: [])
    }
    guard range.contains(number) else {
      throw .outOfRange(word, from: "\(range.lowerBound)", to: "\(range.upperBound)")
    }
    return number
  }

  private func span(_ word: Word, in range: ClosedRange<Span>) throws(Complaint) -> Span {
    guard let span = Span(reading: word.text) else {
      throw .unreadable(word, as: "a length of time such as 500ms, 2s or 1m30s", choices: [])
    }
    guard range.contains(span) else {
      throw .outOfRange(word, from: range.lowerBound.command, to: range.upperBound.command)
    }
    return span
  }

  /// Returns the text if it is a path as browsers send it: a slash, then printable characters without a
  /// space.
  static func path(_ text: String) -> String? {
    guard text.hasPrefix("/"), text.utf8.count <= 2_000 else { return nil }
    return text.utf8.allSatisfy { $0 > 32 && $0 < 127 } ? text : nil
  }

  private func rate(_ word: Word) throws(Complaint) -> Int64 {
    guard let rate = Rate.read(word.text) else {
      throw .unreadable(word, as: "a rate such as 150/s", choices: [])
    }
    guard rate > 0, rate <= SendOptions.highestRate else {
      throw .outOfRange(word, from: "0.000001/s", to: "1000000/s")
    }
    return rate
  }

  private func share(_ word: Word) throws(Complaint) -> ParameterValue {
    let halves = word.text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard halves.count == 2, let kind = RequestKind.named(halves[0]),
      let share = Numeral.whole(halves[1]), share <= 100
    else { throw .unreadable(word, as: "a share in percent such as read=90", choices: []) }
    return .share(kind, share)
  }

  private func list<T>(
    _ word: Word, as what: String, choices: [String] = [], _ read: (String) -> T?
  ) throws(Complaint) -> [T] {
    var values: [T] = []
    for text in word.text.split(separator: ",") {
      guard let value = read(String(text)) else {
        throw .unreadable(Word(text: String(text), position: word.position), as: what, choices: choices)
      }
      values.append(value)
    }
    guard !values.isEmpty else { throw .unreadable(word, as: what, choices: choices) }
    return values
  }

  private func choice(_ word: Word, among choices: [String]) throws(Complaint) -> String {
    if let chosen = try uniquePrefixMatch(word, among: choices) { return chosen }
    throw .unreadable(word, as: "one of these", choices: choices)
  }

  /// Returns the choice that the word names, in full or by an unambiguous abbreviation of at least two
  /// letters.
  private func uniquePrefixMatch(_ word: Word, among choices: [String]) throws(Complaint) -> String? {
    let text = word.text.lowercased()
    if choices.contains(text) { return text }
    let uniquePrefixMatch = choices.filter { text.count >= 2 && $0.hasPrefix(text) }
    if uniquePrefixMatch.count > 1 { throw .ambiguous(word, choices: uniquePrefixMatch) }
    return uniquePrefixMatch.first
  }

  /// Reads the word as a setting of the target that was named last.
  private func setting(_ word: Word) throws(Complaint) -> Setting {
    guard let target = arguments.lastTarget else { throw .unreadable(word, as: "a setting", choices: []) }
    let names = topology.settings(at: target).map { $0.name.rawValue }
    let name = try uniquePrefixMatch(word, among: names) ?? word.text.lowercased()
    do {
      return try topology.setting(named: name, at: target)
    } catch {
      throw .problem(error, word)
    }
  }

  /// Reads the word as a value of the setting that was named last.
  private func settingValue(_ word: Word) throws(Complaint) -> Setting.Value {
    guard let setting = arguments.lastSetting else { throw .unreadable(word, as: "a value", choices: []) }
    var text = word.text
    if case .words(let words) = setting.values {
      text = try uniquePrefixMatch(word, among: words.map { $0.text }) ?? text
    }
    guard let value = setting.values.read(text), setting.accepts(value) else {
      throw .problem(.invalidValue(setting.name, given: word.text, wanted: setting.values), word)
    }
    return value
  }
}
