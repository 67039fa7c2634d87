import Blueprint
import Facts
import Inspector

/// Reads an answer. Case, order, commas and repeated words do not matter, and names can be described.
public struct AnswerReader {
  private let question: Question
  private let type: FactType
  private let topology: Topology

  static let maxLength = 10_000

  /// Creates a reader for answers that have the type of the right answer.
  public init(_ question: Question, type: FactType, topology: Topology) {
    self.question = question
    self.type = type
    self.topology = topology
  }

  public func answer(from text: String) throws(UnreadableAnswer) -> GivenAnswer {
    guard text.utf8.count <= AnswerReader.maxLength else {
      throw UnreadableAnswer("that is too long to be an answer", hint: form)
    }
    var segments = AnswerSegments(text)
    let confidence = segments.takeConfidence()
    guard !segments.words.isEmpty else { throw UnreadableAnswer("the answer has no words", hint: form) }
    let value = try value(of: segments)
    return GivenAnswer(value: value, text: self.text(of: value), confidence: confidence)
  }

  /// How to type the answer, as a sentence.
  public var form: String {
    switch question.kind {
    case .set:
      isOfComponents
        ? "Type the names, such as `lb-1, server-3.app`, or `none`."
        : "Type all that apply, such as `\(elementExample)`, or `none`."
    case .list: "Type them in order, such as `\(elementExample)`."
    case .number: type == .rate ? "Type the number of requests per second." : "Type a number."
    case .duration: "Type a time with its unit: s, ms or min."
    case .status: "Type a status, such as `503`, `refused` or `timeout`."
    case .component: "Type a name, such as `server-3.app`."
    case .kind: "Type `picture`, `page` or `comment`."
    case .flag: "Type `yes` or `no`."
    case .choice: "Type \(Prose.either(question.choices.map { $0.letter }))."
    case .claims: "Type the letters of the true statements, such as `a, c`, or `none`."
    }
  }

  /// Whether each word of the text belongs to an answer, so that the text can be taken for one without the
  /// word `answer`. A name that several components share counts too.
  public func isPlainAnswer(_ text: String) -> Bool {
    guard text.utf8.count <= AnswerReader.maxLength else { return false }
    var segments = AnswerSegments(text)
    _ = segments.takeConfidence()
    guard !segments.words.isEmpty else { return false }
    switch (question.kind, elementType) {
    case (.number, _):
      return !segments.content.isEmpty && segments.content.allSatisfy(AnswerReader.isPartOfNumber)
    case (.set, .component), (.list, .component), (.component, .component):
      if (try? value(of: segments)) != nil { return true }
      let reader = ComponentReader(topology)
      return segments.all.allSatisfy { reader.knows($0) }
    case (.set, .text), (.list, .text), (.status, .text), (.kind, .text), (.component, .text): return false
    case (.set, _), (.list, _), (.duration, _), (.status, _), (.component, _), (.kind, _), (.flag, _),
      (.choice, _), (.claims, _):
      return (try? value(of: segments)) != nil
    }
  }

  private static func isPartOfNumber(_ word: String) -> Bool {
    let digits = word.hasSuffix("%") ? word.dropLast() : word.hasSuffix("/s") ? word.dropLast(2) : word[...]
    return ["of", "per", "second", "%", "/s"].contains(word) || NumberWords.decimal(String(digits)) != nil
  }

  private var isOfComponents: Bool { elementType == .component }

  private var elementType: FactType {
    switch type {
    case .set(let element), .list(let element), .counts(let element): element
    case .bool, .number, .duration, .rate, .status, .kind, .component, .text, .word, .run, .site, .latency,
      .request, .replyValue, .anything:
      type
    }
  }

  private var elementExample: String {
    switch elementType {
    case .kind: "static, read"
    case .status: "200, 503"
    case .number: "1, 2"
    case .word(let vocabulary): vocabulary.words.prefix(2).joined(separator: ", ")
    case .bool, .duration, .rate, .component, .text, .counts, .set, .list, .run, .site, .latency, .request,
      .replyValue, .anything:
      "server-1, server-2"
    }
  }

  private func text(of value: FactValue) -> String {
    switch value {
    case .set(let set): set.elements.isEmpty ? "none" : set.elements.map { $0.text }.joined(separator: ", ")
    case .list(let elements): elements.map { $0.text }.joined(separator: " ")
    case .bool, .number, .duration, .rate, .status, .kind, .component, .nothing, .word, .text, .counts,
      .report:
      value.text
    }
  }
}

// MARK: - Values

extension AnswerReader {
  private func value(of segments: AnswerSegments) throws(UnreadableAnswer) -> FactValue {
    switch question.kind {
    case .choice: return .text(try letter(segments.words.joined(separator: " ")))
    case .claims: return .set(FactSet(try letters(segments)))
    case .set: return .set(FactSet(try elements(segments)))
    case .list: return .list(try elements(segments))
    case .number, .duration, .status, .component, .kind, .flag: return try single(segments)
    }
  }

  private func single(_ segments: AnswerSegments) throws(UnreadableAnswer) -> FactValue {
    let text = segments.words.joined(separator: " ")
    switch type {
    case .component:
      let found = try elements(segments)
      guard found.count == 1 else {
        throw UnreadableAnswer("one is asked for, and you named \(found.count)", hint: form)
      }
      return found[0]
    case .number: return .number(Quantity(try number(segments.words)))
    case .rate: return .rate(Quantity(try number(AnswerReader.perSecond(segments.words))))
    case .duration:
      guard let seconds = NumberWords.seconds(segments.content.joined(separator: " ")) else {
        throw unreadable(text)
      }
      return .duration(Quantity(seconds))
    case .bool:
      guard let flag = AnswerReader.flag(segments.content.joined(separator: " ")) else {
        throw unreadable(text)
      }
      return .bool(flag)
    case .status, .kind, .word, .text:
      guard let value = element(segments.content.joined(separator: " ")) else { throw unreadable(text) }
      return value
    case .counts, .set, .list, .run, .site, .latency, .request, .replyValue, .anything:
      throw UnreadableAnswer("an answer to this cannot be read", hint: form)
    }
  }

  /// Reads `4`, `four`, `4 of 10` or `75%`. Words such as “half” or “every” do not give a number.
  private func number(_ words: [String]) throws(UnreadableAnswer) -> Double {
    if words.contains(where: NumberWords.isRelative) { throw unreadable(words.joined(separator: " ")) }
    let numbers = words.compactMap { word in
      word.hasSuffix("%")
        ? NumberWords.decimal(String(word.dropLast())).map { $0 / 100 } : NumberWords.decimal(word)
    }
    let isShare = words.count >= 3 && words[1] == "of" && numbers.count == 2
    guard let first = numbers.first, numbers.count == 1 || isShare else {
      throw unreadable(words.joined(separator: " "))
    }
    return first
  }

  /// Returns the words of a rate such as `100/s` or `100 per second` without the unit.
  private static func perSecond(_ words: [String]) -> [String] {
    var words = words
    if let last = words.last, last.hasSuffix("/s") { words[words.count - 1] = String(last.dropLast(2)) }
    for unit in [["per", "second"], ["a", "second"], ["second"]] where words.suffix(unit.count) == unit[...] {
      words.removeLast(unit.count)
    }
    return words.filter { !$0.isEmpty }
  }

  private static func flag(_ text: String) -> Bool? {
    switch text {
    case "yes", "y", "true", "it does", "on": true
    case "no", "n", "false", "it does not", "off", "none": false
    default: nil
    }
  }

  private func unreadable(_ text: String) -> UnreadableAnswer {
    UnreadableAnswer("I could not read “\(text.cleaned())”", hint: form)
  }
}

// MARK: - Claims

extension AnswerReader {
  private func letters(_ segments: AnswerSegments) throws(UnreadableAnswer) -> [FactValue] {
    let words = segments.letters
    if words.count > 1, let one = try? letter(words.joined(separator: " ")) { return [.text(one)] }
    if words == ["both"], question.choices.count == 2 { return question.choices.map { .text($0.letter) } }
    if words == ["none"] || words == ["nothing"] { return [] }
    if words == ["all"] { return question.choices.map { .text($0.letter) } }
    var found: [FactValue] = []
    for word in words { found.append(.text(try letter(word))) }
    return found
  }

  /// Reads a letter, the first words of a statement, or both as in `b) no server`.
  private func letter(_ text: String) throws(UnreadableAnswer) -> String {
    var words = AnswerSegments(text).words
    while words.first?.last.map({ ").:".contains($0) }) == true { words[0].removeLast() }
    let letter = question.choices.first { $0.letter == words.first }
    if let letter, words.count == 1 { return letter.letter }
    let rest = words.dropFirst(letter == nil ? 0 : 1).joined(separator: " ")
    let matches = question.choices.filter { choice in
      let statement = AnswerSegments(choice.text).words.joined(separator: " ")
      return rest.count >= 2 && statement.hasPrefix(rest) && (letter == nil || letter == choice)
    }
    if matches.isEmpty, letter?.letter == "a" {
      // The article can begin a statement, as in `A server waits`.
      let whole = words.joined(separator: " ")
      let named = question.choices.filter {
        AnswerSegments($0.text).words.joined(separator: " ").hasPrefix(whole)
      }
      if named.count == 1 { return named[0].letter }
    }
    guard matches.count == 1 else { throw unreadable(text) }
    return matches[0].letter
  }
}

// MARK: - Elements

extension AnswerReader {
  private func elements(_ segments: AnswerSegments) throws(UnreadableAnswer) -> [FactValue] {
    if segments.content == ["none"] || segments.content == ["nothing"] { return [] }
    var found: [FactValue] = []
    if isOfComponents {
      found = try components(segments)
    } else {
      for word in segments.content {
        guard let value = element(word) else { throw unreadable(word) }
        found.append(value)
      }
    }
    // Filler words alone are not an answer.
    if found.isEmpty { throw unreadable(segments.words.joined(separator: " ")) }
    return found
  }

  private func components(_ segments: AnswerSegments) throws(UnreadableAnswer) -> [FactValue] {
    let reader = ComponentReader(topology)
    var found: [FactValue] = []
    if segments.words == ["both"], case let names = reader.servers, names.count == 2 {
      return names.map { .component($0) }
    }
    for segment in segments.all {
      for name in try reader.names(in: segment, form: form) { found.append(.component(name)) }
    }
    return found
  }

  private func element(_ word: String) -> FactValue? {
    switch elementType {
    case .kind: AnswerReader.kind(word).map { .kind($0) }
    case .status: AnswerReader.status(word).map { .status($0) }
    case .number: NumberWords.decimal(word).map { .number(Quantity($0)) }
    case .duration: NumberWords.seconds(word).map { .duration(Quantity($0)) }
    case .bool: AnswerReader.flag(word).map { .bool($0) }
    case .word(let vocabulary): AnswerReader.word(word, of: vocabulary).map { .word($0) }
    case .text: .text(word)
    case .rate, .component, .counts, .set, .list, .run, .site, .latency, .request, .replyValue, .anything: nil
    }
  }

  private static func kind(_ word: String) -> RequestKind? {
    switch word {
    case "static", "picture", "pictures", "image", "images", "file", "files", "static file", "static files":
      .static
    case "read", "reads", "page", "pages": .read
    case "write", "writes", "comment", "comments": .write
    default: nil
    }
  }

  private static func status(_ text: String) -> String? {
    switch text {
    case "refused", "connection refused", "no connection": return "refused"
    case "timeout", "timed out", "no answer": return "timeout"
    default:
      let digits = text.hasPrefix("http ") ? String(text.dropFirst(5)) : text
      return NumberWords.whole(digits).flatMap { (100...599).contains($0) ? "\($0)" : nil }
    }
  }

  private static func word(_ word: String, of vocabulary: FactType.Vocabulary) -> String? {
    let synonyms = [
      "master": "primary", "slave": "replica", "secondary": "replica", "fresh": "new", "stale": "old",
    ]
    let wanted = synonyms[word] ?? word
    return vocabulary.words.first { $0.lowercased() == wanted }
  }
}
