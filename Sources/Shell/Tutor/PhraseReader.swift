import Blueprint
import Facts
import Simulator

/// Finds the command that an everyday phrase means, with the phrases of `PhraseBook`.
struct PhraseReader {
  private let topology: Topology
  /// Whether a line can be read as a command.
  private let isCommand: ([String]) -> Bool
  /// Whether a line is a command with names that exist.
  private let isValid: ([String]) -> Bool

  init(
    _ topology: Topology, isCommand: @escaping ([String]) -> Bool, isValid: @escaping ([String]) -> Bool
  ) {
    self.topology = topology
    self.isCommand = isCommand
    self.isValid = isValid
  }

  /// Returns the command that the words mean, or nil if no phrase fits or its command cannot be read.
  func command(meantBy words: [String], among phrases: [PhraseBook.Phrase]) -> String? {
    let typed = words
    let words = PhraseReader.meaningful(typed)
    guard !words.isEmpty else { return nil }
    for phrase in phrases {
      let tokens = phrase.pattern.split(separator: " ").map { Token(String($0)) }
      guard let values = values(of: tokens[...], in: words[...], [:]) else { continue }
      let line = phrase.command.split(separator: " ").compactMap { PhraseReader.filled(String($0), values) }
      if isCommand(line) { return line.joined(separator: " ") }
    }
    // A line such as `what is a replica?` begins like `whatif`, so the phrases come first.
    return words != typed && isValid(words) ? words.joined(separator: " ") : nil
  }

  /// Returns a word of a phrase's command with its slot filled; nil if the slot has no value.
  private static func filled(_ word: String, _ values: [Slot: String]) -> String? {
    let before = word.prefix { !$0.isUppercase }
    let name = word.dropFirst(before.count).prefix { $0.isUppercase }
    guard let slot = Slot(rawValue: String(name)) else { return word }
    return values[slot].map { before + $0 + word.dropFirst(before.count + name.count) }
  }

  // MARK: Words

  /// Words that add no meaning to a phrase.
  private static let emptyWords: Set<String> = ["a", "an", "the", "my", "our", "please", "just", "some"]

  private static let contractions: [String: [String]] = [
    "what's": ["what", "is"], "whats": ["what", "is"], "who's": ["who", "is"], "where's": ["where", "is"],
    "how's": ["how", "is"], "it's": ["it", "is"], "isn't": ["is", "not"], "didn't": ["did", "not"],
    "doesn't": ["does", "not"], "i'd": ["i", "would"], "let's": ["let", "us"],
    "healthchecks": ["health", "checks"],
  ]

  /// Returns the words without punctuation, contractions and words that add no meaning.
  private static func meaningful(_ words: [String]) -> [String] {
    words.flatMap { word -> [String] in
      var text = word
      while let last = text.last, "?!.,".contains(last) { text.removeLast() }
      let plain = String(text.map { $0 == "’" ? "'" : $0 })
      if let parts = contractions[plain.lowercased()] { return parts }
      if text.hasPrefix("/") || !text.contains("=") { return [text] }
      return text.split(separator: "=").map(String.init)
    }.filter { !$0.isEmpty && !emptyWords.contains($0.lowercased()) }
  }

  // MARK: Patterns

  private enum Token {
    case literals([String])
    case slot(Slot)
    indirect case optional(Token)

    init(_ text: String) {
      if text.hasPrefix("["), text.hasSuffix("]") {
        self = .optional(Token(String(text.dropFirst().dropLast())))
      } else if let slot = Slot(rawValue: text) {
        self = .slot(slot)
      } else {
        self = .literals(text.split(separator: "|").map(String.init))
      }
    }
  }

  /// A place in a phrase for words that the phrase does not fix.
  private enum Slot: String {
    case settingValue = "SETTINGVALUE"
    /// A target, or a kind of component that several hosts have.
    case anyTarget = "ANYTARGET"
    case algorithm = "ALGORITHM"
    case duration = "DURATION"
    case setting = "SETTING"
    case number = "NUMBER"
    case target = "TARGET"
    case topic = "TOPIC"
    case term = "TERM"
    case verb = "VERB"
    case link = "LINK"
    case line = "LINE"
    case rest = "REST"
    case kind = "KIND"
    case mode = "MODE"
    case name = "NAME"
    case path = "PATH"
    case rate = "RATE"
    case id = "ID"

    /// The most words that the slot can stand for.
    var mostWords: Int {
      switch self {
      case .target, .anyTarget, .link, .term: 5
      case .algorithm, .duration, .rate: 3
      case .mode, .number: 2
      case .line, .rest: .max
      case .settingValue, .setting, .topic, .verb, .kind, .name, .path, .id: 1
      }
    }
  }

  /// Returns the values of the slots if the words fit the pattern.
  private func values(of tokens: ArraySlice<Token>, in words: ArraySlice<String>, _ found: [Slot: String])
    -> [Slot: String]?
  {
    guard let token = tokens.first else { return words.isEmpty ? found : nil }
    let rest = tokens.dropFirst()
    switch token {
    case .literals(let literals):
      guard let word = words.first, literals.contains(word.lowercased()) else { return nil }
      return values(of: rest, in: words.dropFirst(), found)
    case .optional(let inner):
      return values(of: [inner] + rest, in: words, found) ?? values(of: rest, in: words, found)
    case .slot(let slot):
      for count in stride(from: min(slot.mostWords, words.count), to: 0, by: -1) {
        guard let value = value(of: slot, in: Array(words.prefix(count))) else { continue }
        var more = found
        more[slot] = value
        if let all = values(of: rest, in: words.dropFirst(count), more) { return all }
      }
      return nil
    }
  }

  // MARK: Slots

  /// Returns what the words stand for in a command, if they fit the slot.
  private func value(of slot: Slot, in words: [String]) -> String? {
    let text = words.joined(separator: " ")
    let lower = text.lowercased()
    switch slot {
    case .target: return target(words.map { $0.lowercased() })
    case .anyTarget:
      return target(words.map { $0.lowercased() })
        ?? Synonyms.componentNames(called: words.joined(separator: "-").lowercased(), in: topology).first
    case .link: return link(words.map { $0.lowercased() })
    case .term: return Term.named(text)?.name
    case .topic: return ShowTopic(rawValue: lower)?.rawValue ?? PhraseReader.topics[lower]
    case .verb:
      return Command.all.first { $0.name == lower }?.name ?? Synonyms.verbs[lower]
    case .algorithm: return PhraseReader.algorithm(lower)
    case .mode: return PhraseReader.modes[lower]
    case .setting: return Setting.all.first { $0.name.rawValue == lower }?.name.rawValue
    case .kind: return RequestKind.allCases.first { $0.names.contains(lower) }?.rawValue
    case .number: return Numeral.whole(text).map(String.init) ?? Numeral.plain(text)
    case .duration: return PhraseReader.duration(lower)
    case .rate: return PhraseReader.rate(lower)
    case .path: return PhraseReader.path(text)
    case .name:
      return Topology.isValid(name: lower) && topology.host(named: lower) == nil ? lower : nil
    case .id: return Numeral.whole(text).map(String.init)
    case .line:
      return isValid(words) ? text : command(meantBy: words, among: PhraseBook.certain)
    case .rest, .settingValue: return text
    }
  }

  /// Returns the only host, component or link that the words name, such as `server 1` or `nginx on server-1`.
  private func target(_ words: [String]) -> String? {
    // HAProxy names a server with its backend, as in `be/server-1`.
    let names = words.map { word in
      word.split(separator: "/").last.map(String.init) ?? word
    }
    let joined = names.joined(separator: "-")
    if names.count == 1, FaultTarget.ends(of: joined) != nil { return link(names) }
    if let address = address(joined) { return address }
    let known = ["on", "of", "at", "from"]
    if let middle = names.firstIndex(where: known.contains) {
      return component(names[..<middle].joined(separator: "-"), on: names[(middle + 1)...])
    }
    for cut in names.indices.dropFirst() {
      if let found = component(names[cut...].joined(separator: "-"), on: names[..<cut]) { return found }
    }
    let described = Synonyms.componentNames(called: joined, in: topology)
    return described.count == 1 ? described[0] : nil
  }

  /// Returns the name of an existing host or component.
  private func address(_ name: String) -> String? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, parts.count <= 2, let host = topology.host(named: first) else {
      return nil
    }
    guard parts.count == 2 else { return host.name }
    return ComponentKind(word: parts[1]).flatMap { host.has($0) ? Address(host.name, $0).text : nil }
  }

  private func component(_ kind: String, on host: ArraySlice<String>) -> String? {
    guard let host = address(host.joined(separator: "-")) else { return nil }
    return address("\(host).\(kind)")
      ?? Synonyms.componentNames(called: kind, in: topology).first { $0.hasPrefix("\(host).") }
  }

  /// Returns the link between the two hosts that the words name.
  private func link(_ words: [String]) -> String? {
    var ends = words.filter { !["and", "to", "from", "between"].contains($0) }
    if ends.count == 1, let (a, b) = FaultTarget.ends(of: ends[0]) { ends = [a, b] }
    guard ends.count == 2, ends[0] != ends[1],
      ends.allSatisfy({ $0 == FaultTarget.internet || topology.host(named: $0) != nil })
    else { return nil }
    return FaultTarget.link(ends[0], ends[1]).text
  }

  private static let topics = [
    "server": "servers", "db": "database", "databases": "database", "nodes": "database",
    "replication": "database", "mysql": "database", "balancers": "balancer", "lb": "balancer",
    "haproxy": "balancer", "time": "clock", "hosts": "topology", "components": "topology", "settings": "site",
  ]

  private static let modes = [
    "active-passive": "active-passive", "active passive": "active-passive", "passive": "active-passive",
    "active/passive": "active-passive", "master-slave": "active-passive", "hot standby": "active-passive",
    "active-active": "active-active", "active active": "active-active", "active/active": "active-active",
  ]

  /// Returns the algorithm that the words name, such as `least connections`.
  private static func algorithm(_ text: String) -> String? {
    let name = String(text.filter { $0.isLetter })
    let others = [
      "rr": Algorithm.roundrobin, "robin": .roundrobin, "leastconnections": .leastconn,
      "leastconnection": .leastconn, "leastconns": .leastconn, "sourcehash": .source, "iphash": .source,
      "sourceip": .source, "urihash": .uri, "staticroundrobin": .staticRR,
    ]
    return (Algorithm.allCases.first { $0.rawValue.filter { $0.isLetter } == name } ?? others[name])?.rawValue
  }

  /// Returns a length of time such as `30 seconds` or `minute` as commands write it.
  private static func duration(_ text: String) -> String? {
    let joined = String(text.filter { $0 != " " })
    return (Span(reading: joined) ?? Span(reading: "1\(joined)"))?.command
  }

  /// Returns a rate such as `50 per second` as commands write it.
  private static func rate(_ text: String) -> String? {
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).filter { $0 != " " }
    let units = ["", "/s", "/sec", "/second", "persecond", "persec", "rps", "qps", "asecond"]
    return !number.isEmpty && units.contains(unit) ? "\(number)/s" : nil
  }

  /// Returns the path of an address such as `http://www.foobar.com/index.html`.
  private static func path(_ text: String) -> String? {
    if text.hasPrefix("/") { return text }
    let scheme = ["http://", "https://"].first { text.hasPrefix($0) }
    guard scheme != nil || ["www.", "localhost"].contains(where: { text.hasPrefix($0) }) else { return nil }
    let address = text.dropFirst(scheme?.count ?? 0)
    return address.firstIndex(of: "/").map { String(address[$0...]) } ?? "/"
  }
}
