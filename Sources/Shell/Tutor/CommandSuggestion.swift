import Blueprint
import Course
import Facts
import Inspector
import Simulator

/// A guess at what an invalid line was meant to be: the nearest valid line, with one or two words changed.
struct CommandSuggestion {
  private let session: Session
  private let lessons: LessonLibrary
  private let verb: String
  private let topology: Topology

  /// The most words that a line may have for a guess to be made.
  private static let mostWords = 9
  /// The most words that a phrase may have.
  private static let mostPhraseWords = 16
  private static let longestLine = 200

  /// Returns the line that was probably meant. Returns nil if no similar line is valid or the complaint's own
  /// hint is better.
  static func line(
    for command: String, after complaint: Complaint, _ hint: String, on session: Session,
    _ lessons: LessonLibrary
  ) -> String? {
    guard let words = words(of: command, after: complaint), let first = words.first else { return nil }
    let suggestion = CommandSuggestion(
      session: session, lessons: lessons, verb: first.lowercased(), topology: session.knownTopology)
    if let meant = suggestion.command(meantBy: words, among: PhraseBook.certain + PhraseBook.uncertain) {
      return meant
    }
    guard words.count <= mostWords, isHelpful(command, complaint, hint) else { return nil }
    // Every word was parsed; only their combination is impossible.
    if case .unreadable = complaint, suggestion.reading(of: words) != nil { return nil }
    if let other = suggestion.alternativeCommand(of: words) { return other }
    return suggestion.line(from: words)?.map(suggestion.expandedAlgorithm).joined(separator: " ")
      ?? ((try? Command.named(Word(text: first, position: 0..<0))) == nil
        ? Synonyms.verbs[suggestion.verb] : nil)
  }

  /// Returns the command that a refused line certainly means, so that it may run in place of the line. Returns
  /// nil if there is none.
  static func certainLine(
    for command: String, after complaint: Complaint, on session: Session, _ lessons: LessonLibrary
  ) -> String? {
    guard !command.contains("\""), let words = words(of: command, after: complaint), let first = words.first
    else { return nil }
    let suggestion = CommandSuggestion(
      session: session, lessons: lessons, verb: first.lowercased(), topology: session.knownTopology)
    guard suggestion.reading(of: words) == nil || complaint.isAboutNames else { return nil }
    let meant = suggestion.command(meantBy: words, among: PhraseBook.certain)
    // A command that was refused would be refused again.
    return meant == words.joined(separator: " ") ? nil : meant
  }

  /// Returns the words of a line if other words could make it valid.
  private static func words(of command: String, after complaint: Complaint) -> [String]? {
    guard command.utf8.count <= longestLine, complaint.isAboutWords || complaint.isAboutNames,
      let words = try? Words.split(command).map({ $0.text })
    else { return nil }
    return words.count <= mostPhraseWords ? words : nil
  }

  private func command(meantBy words: [String], among phrases: [PhraseBook.Phrase]) -> String? {
    PhraseReader(topology, isCommand: { reading(of: $0) != nil }, isValid: isReadable)
      .command(meantBy: words, among: phrases)
  }

  /// Whether a guessed line would help more than the complaint's own hint.
  private static func isHelpful(_ command: String, _ complaint: Complaint, _ hint: String) -> Bool {
    guard complaint.isAboutWords else { return false }
    if case .unknownCommand(let word, _) = complaint,
      Synonyms.verbs[word.text.lowercased()] != nil || Synonyms.leadingWords.contains(word.text.lowercased())
    {
      return true
    }
    if case .unknownComponent(let word, _) = complaint {
      // A number after the name may be part of it, as in `server 1`.
      let next = command.dropFirst(word.position.upperBound).split(separator: " ").first
      return !hint.hasSuffix("?") || next.flatMap { Int($0) } != nil
    }
    if case .missing = complaint { return command.contains("=") }
    if case .problem(.unknownSetting, let word?) = complaint, word.text.contains("=") { return true }
    if case .inWhatIf = complaint { return command.lowercased().hasPrefix("what ") }
    return !hint.hasSuffix("?")
  }

  /// Returns another command with the same purpose, if every word is known.
  private func alternativeCommand(of words: [String]) -> String? {
    guard let last = words.last?.lowercased(), words.count > 1 else { return nil }
    if let phraseCommand = commandFromPhrase(words.map { $0.lowercased() }) { return phraseCommand }
    let entry = Fact.table.first { $0.name == last }
    switch (verb, words.count) {
    case ("show", 2): return entry.map { "show \($0.example)" }
    case ("help", 3...), ("explain", 3...): return isCommand(words[1]) ? entry.map { "help \($0.name)" } : nil
    case ("spof", 2) where isComponent(last) || isLink(last): return "show stops(\(last))"
    case ("spof", 2), ("audit", 2), ("claims", 2), ("availability", 2):
      return session.designs.names.contains(last) ? "load \(last); \(verb)" : nil
    default: return nil
    }
  }

  /// Returns the command that was meant by a copied prompt or by everyday English.
  private func commandFromPhrase(_ words: [String]) -> String? {
    if verb.hasPrefix("tripod"), let prompt = words.firstIndex(where: { $0.hasSuffix(">") }) {
      let rest = words[(prompt + 1)...]
      return rest.isEmpty ? nil : rest.joined(separator: " ")
    }
    let names = words.dropFirst().filter { $0 != "and" }
    switch verb {
    case "break", "repair":
      guard words.contains("and"), names.count > 1, names.allSatisfy(isComponent) else { return nil }
      return names.map { "\(verb) \($0)" }.joined(separator: "; ")
    case "start", "begin", "do", "open", "take":
      return names.last.flatMap { lessons.hasReadableLesson($0) ? "lesson \($0)" : nil }
    default: return nil
    }
  }

  private func isLink(_ word: String) -> Bool {
    FaultTarget.ends(of: word).map { isLinkEnd($0.0) && isLinkEnd($0.1) && $0.0 != $0.1 } ?? false
  }

  private func line(from words: [String]) -> [String]? {
    var candidates: [[String]] = [words]
    var known: Set<[String]> = [words]
    var readable: [String]?
    func isFound(_ line: [String]) -> Bool {
      guard known.insert(line).inserted else { return false }
      candidates.append(line)
      if isReadable(line) { readable = line }
      return readable != nil
    }
    // Changes that keep the order of the words are tried first: one change, then two at a time.
    if smallChanges(of: words).contains(where: isFound) { return readable }
    let changed = Array(candidates.prefix(20))
    for line in changed.dropFirst() where smallChanges(of: line).contains(where: isFound) { return readable }
    for line in changed where largeChanges(of: line).contains(where: isFound) { return readable }
    return nil
  }

  /// Returns the full name of an abbreviated algorithm; any other word unchanged.
  private func expandedAlgorithm(_ word: String) -> String {
    guard "algorithm".hasPrefix(verb), word.count > 1 else { return word }
    return Algorithm.allCases.first { $0.rawValue.hasPrefix(word) }?.rawValue ?? word
  }

  // MARK: Changed lines

  private func smallChanges(of words: [String]) -> [[String]] {
    firstWordChanges(of: words) + replacements(in: words) + joinedWords(in: words) + splitWords(in: words)
      + omissions(in: words)
  }

  private func largeChanges(of words: [String]) -> [[String]] {
    reorderings(of: words) + insertions(in: words)
  }

  /// Returns the lines in which a word at the start is added, replaced or removed.
  private func firstWordChanges(of words: [String]) -> [[String]] {
    guard let first = words.first?.lowercased() else { return [] }
    if let verb = Synonyms.verbs[first], !isCommand(first) { return [[verb] + words.dropFirst()] }
    if first == "what" {
      return [["explain"] + words.dropFirst().filter { !Synonyms.fillerWords.contains($0) }]
    }
    if ["explain", "help"].contains(first), words.count > 2, isCommand(words[1]) {
      return [["help", words[1]]]
    }
    if first == "show", words.count == 2, CommandSuggestion.protections.contains(words[1]) {
      return [["add", words[1]]]
    }
    if first == "show", words.count == 2 {
      return nearest(to: words[1], among: Command.all.map { $0.name }).map { [[$0]] } ?? []
    }
    if first == "set", words.count > 3, isCommand(words[2]) { return [Array(words[2...])] }
    guard !isCommand(first) else { return [] }
    if first == "please" { return [Array(words.dropFirst())] }
    if isComponent(first) { return [["show"] + words] }
    if Algorithm(rawValue: first) != nil { return [["algorithm"] + words] }
    if session.designs.names.contains(first) { return [["load"] + words] }
    if (CommandSuggestion.protections + ["server"]).contains(first) { return [["add"] + words] }
    return lessons.hasReadableLesson(first) ? [["lesson"] + words] : []
  }

  private static let protections = ["firewall", "tls", "monitor"]

  /// Returns the lines in which a known word replaces another, or a number becomes a duration.
  private func replacements(in words: [String]) -> [[String]] {
    words.indices.dropFirst().flatMap { i in
      let word = words[i].lowercased()
      // For a setting, the error message says which values are valid.
      let withUnit = Numeral.thousandths(word) != nil && verb != "set" ? ["\(word)s"] : []
      let componentNames = Synonyms.componentNames(called: word, in: topology)
      if let number = Numeral.plain(word) { return [changed(words, at: i, to: number)] }
      let others = (Synonyms.words[word] ?? []) + (componentNames.count == 1 ? componentNames : []) + withUnit
      return others.map { changed(words, at: i, to: $0) }
    }
  }

  private func changed(_ words: [String], at position: Int, to other: String) -> [String] {
    var changed = words
    changed[position] = other
    return changed
  }

  /// Returns the lines in which two words become one, as in `server 1`, `round robin`, `5 seconds` and `lb-1
  /// server-1`.
  private func joinedWords(in words: [String]) -> [[String]] {
    words.indices.dropFirst().dropLast().flatMap { i in
      ["", "-", ".", "--"].compactMap { separator in
        let one = (words[i] + separator + words[i + 1]).lowercased()
        guard isKnown(one) else { return nil }
        let short = separator.isEmpty ? Span(reading: one)?.command ?? one : one
        return Array(words[..<i]) + [short] + words[(i + 2)...]
      }
    }
  }

  /// Returns the lines in which one word becomes two, as in `weight=3` and `server-1.weight`.
  private func splitWords(in words: [String]) -> [[String]] {
    // The types are written out because the compiler takes seconds to infer them.
    let signs: [Character] = ["=", ".", ":"]
    return words.indices.dropFirst().flatMap { (i: Int) -> [[String]] in
      signs.compactMap { (sign: Character) -> [String]? in
        let halves: [String] = words[i].split(separator: sign).map { String($0) }
        // A decimal number is one word.
        guard halves.count == 2, sign != "." || Numeral.thousandths(words[i]) == nil else { return nil }
        var cut: [String] = words
        cut.replaceSubrange(i...i, with: halves)
        return cut
      }
    }
  }

  private func omissions(in words: [String]) -> [[String]] {
    words.indices.dropFirst().filter { i in
      Synonyms.fillerWords.contains(words[i].lowercased())
        || words[i].lowercased() == "load" && i + 1 < words.count && words[i + 1].lowercased() == "balancer"
    }.map { i in
      Array(words[..<i]) + words[(i + 1)...]
    }
  }

  /// Returns the lines with the same words in another order. In a long line, only neighbouring words are
  /// swapped.
  private func reorderings(of words: [String]) -> [[String]] {
    guard words.count > 4 else { return CommandSuggestion.permutations(words) }
    return words.indices.dropFirst().dropLast().map { i in
      var changed = words
      changed.swapAt(i, i + 1)
      return changed
    }
  }

  private static func permutations(_ words: [String]) -> [[String]] {
    guard words.count > 1 else { return [words] }
    return words.indices.flatMap { i in
      var rest = words
      let first = rest.remove(at: i)
      return permutations(rest).map { [first] + $0 }
    }
  }

  /// Returns the lines with one of the command's keywords inserted.
  private func insertions(in words: [String]) -> [[String]] {
    guard let command = Command.all.first(where: { $0.name == words.first?.lowercased() }) else { return [] }
    return words.indices.dropFirst().flatMap { i in
      // A number directly after the command is not a rate unless it contains a slash.
      let literals = command.parameters.flatMap { $0.literals }.filter {
        $0 != "rate" || i > 1 || words[i].contains("/")
      }
      return literals.map { word in
        Array(words[..<i]) + [word] + words[i...]
      }
    }
  }

  // MARK: Reading

  private static let commands = Set(Command.all.map { $0.name })

  private func isCommand(_ word: String) -> Bool { CommandSuggestion.commands.contains(word) }

  /// Whether the line is a valid command with names that exist.
  private func isReadable(_ texts: [String]) -> Bool {
    guard let (command, arguments) = reading(of: texts) else { return false }
    let rest = Array(texts.dropFirst())
    switch command.parameters.first?.innermost {
    case .text(_, .shown): return rest.count <= 1 && rest.allSatisfy(isShowArgument)
    case .text(_, .command): return rest.count <= 1 && rest.allSatisfy(isCommand)
    case .text(_, .term): return Term.named(rest.joined(separator: " ")) != nil
    case .rest, .text: return false
    case nil, .word, .value, .optional, .oneOf, .anyOrder, .many, .commands: break
    }
    let shares = arguments.all("KIND=N").map { if case .share(_, let share) = $0 { share } else { 0 } }
    guard shares.isEmpty || shares.reduce(0, +) == 100 else { return false }
    if let id = arguments.text("ID") {
      let isLesson = ["learn", "lesson"].contains(command.name)
      guard isLesson ? lessons.hasReadableLesson(id) : Numeral.whole(id) != nil else { return false }
    }
    if arguments.text("NAME").map(Topology.isValid) == false { return false }
    for case .commands(let name, let verbs?) in command.parameters {
      guard let verb = arguments.text(name)?.split(separator: " ").first, verbs.contains(String(verb)) else {
        return false
      }
    }
    return true
  }

  /// Returns the line's command and arguments; nil if the line cannot be parsed.
  private func reading(of texts: [String]) -> (Command, Arguments)? {
    let text = texts.joined(separator: " ")
    guard let words = try? Words.split(text), let first = words.first,
      isCommand(first.text) || first.text.lowercased() == verb, let command = try? Command.named(first),
      let arguments = try? ArgumentMatcher.arguments(
        of: text, words: words, for: command.parameters, usage: "", topology: topology)
    else { return nil }
    return (command, arguments)
  }

  private func isShowArgument(_ word: String) -> Bool {
    ShowTopic(rawValue: word) != nil || isComponent(word)
  }

  private func isComponent(_ word: String) -> Bool {
    let names = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let first = names.first, names.count <= 2, let host = topology.host(named: first) else {
      return false
    }
    return names.count == 1 || ComponentKind(rawValue: names[1]).map(host.has) == true
  }

  private func isLinkEnd(_ name: String) -> Bool {
    name == FaultTarget.internet || topology.host(named: name) != nil
  }

  /// Whether the word exists, so that two typed words may be joined to form it.
  private func isKnown(_ word: String) -> Bool {
    return isShowArgument(word) || Span(reading: word) != nil || Algorithm(rawValue: word) != nil
      || Synonyms.compoundWords.contains(word) || session.designs.names.contains(word) || isLink(word)
  }
}

extension Parameter {
  /// The keywords that the parameter contains.
  fileprivate var literals: [String] {
    switch self {
    case .word(let word): [word]
    case .value, .rest, .commands, .text: []
    case .optional(let inner): inner.flatMap { $0.literals }
    case .oneOf(let alternatives), .anyOrder(let alternatives):
      alternatives.flatMap { $0.flatMap { $0.literals } }
    case .many(let inner): inner.literals
    }
  }

  fileprivate var innermost: Parameter {
    if case .optional(let inner) = self, let first = inner.first { first.innermost } else { self }
  }
}
