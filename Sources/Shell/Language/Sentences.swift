import Blueprint
import Course
import Facts
import Inspector

/// The sentences of all errors. Text that the user typed is quoted and shortened.
enum Sentences {
  static func failure(for complaint: Complaint) -> Failure {
    switch complaint {
    case .notText:
      makeFailure("bad-input", "the line holds bytes that are no text", "only printable characters, please")
    case .tooLong(let limit):
      makeFailure("bad-input", "the line is longer than \(limit) characters", "use several lines")
    case .openQuote(let position):
      makeFailure("bad-input", "a quotation mark is open", "close it with \"", position)
    case .unknownCommand(let word, let nearest):
      makeFailure(
        "unknown-command", "no such command: \(quote(word))", nearest.map { "\($0)?" } ?? "help lists them",
        word.position)
    case .unknownTerm(let word, let nearest):
      makeFailure(
        "unknown-term", "\(quote(word)) is not explained",
        nearest.map { "\($0)?" } ?? "explain lists the terms",
        word.position)
    case .ambiguous(let word, let choices):
      makeFailure(
        "ambiguous", "\(quote(word)) could be \(either(choices))", "say a letter more", word.position)
    case .missing(let what, let usage): makeFailure("missing-word", "\(what) is missing", usage)
    case .unexpected(let word, let choices, let usage): unexpected(word, choices, usage)
    case .unreadable(let word, let what, let choices):
      makeFailure(
        "unreadable", "\(quote(word)) is not \(choices.isEmpty ? what : either(choices))",
        (nearest(to: word.text, among: choices) ?? abbreviated(word.text, among: choices))
          .map { "\($0)?" } ?? "", word.position)
    case .outOfRange(let word, let low, let high):
      makeFailure("out-of-range", "\(quote(word)) is out of range", "from \(low) to \(high)", word.position)
    case .wrongMix(let word, let sum):
      makeFailure(
        "unreadable", "that mix makes \(sum) in all", "its shares make 100: read=90 write=10", word.position)
    case .unknownComponent(let word, let choices):
      makeFailure(
        "unknown-component", "there is no \(quote(word))",
        (choices.count == 1 ? choices[0] : nearest(to: word.text, among: choices)).map { "\($0)?" }
          ?? listed(choices), word.position)
    case .problem(let problem, let word): failure(for: problem, word)
    case .unknownDesign(let word, let choices, let reason):
      makeFailure(
        "unknown-design", "\(quote(word)) is no design, and no file: \(reason)",
        nearest(to: word.text, among: choices).map { "\($0)?" } ?? listed(choices), word.position)
    case .file(let path, let reason): makeFailure("file", "\(quote(path)): \(reason)", "")
    case .foreignFile(let path, let command):
      makeFailure(
        "exists", "\(quote(path)) exists, and Tripod did not write it",
        "to replace it: \(command) \(word(path)) force")
    case .outOfReach(let name):
      makeFailure(
        "out-of-reach", "\(name): a lesson, a design or a fact cannot use your files",
        "`source FILE` runs a script of your own")
    case .tooMuchWork:
      makeFailure("too-much-work", "the lesson or design exceeds its work limit", "")
    case .inFile(let path, let line, let message, let code):
      makeFailure(code, "\(path):\(line): \(message)", "")
    case .inWhatIf(let command, let failure):
      makeFailure(failure.code, "\(clean(command)): \(failure.message)", failure.hint)
    case .nothingToUndo: makeFailure("nothing-to-undo", "there is nothing to undo", "")
    case .nothingToRedo: makeFailure("nothing-to-redo", "there is nothing to redo", "")
    case .noUnfinishedSite:
      makeFailure("nothing-left", "there is nothing to resume", "home shows what you left")
    case .nestedTooDeeply(let word): makeFailure("nested", "\(word) is nested too deeply", "")
    case .noRequest(let what, let hint): makeFailure("no-request", what, hint)
    case .timeLimit: makeFailure("interrupted", "stopped; it has changed nothing", "")
    case .cannotBeScheduled(let verb):
      makeFailure(
        "not-for-later", "\(verb) cannot be said for later",
        "break, repair, promote, rebuild, set, add, remove, algorithm or mode can")
    case .fact(let problem, let start):
      makeFailure(
        "fact", clean(problem.message, most: 200),
        problem.hint.isEmpty ? "show facts lists what can be said" : clean(problem.hint, most: 200),
        start + problem.position.lowerBound..<start + problem.position.upperBound)
    case .refuted(let text, let evaluated):
      makeFailure(
        "refuted",
        "\(clean(text, most: 120)) does not hold: \(clean(evaluated.evidence.observation, most: 300))",
        evaluated.evidence.commands.first.map { clean($0, most: 300) } ?? "")
    case .notAnAssertion(let text, let evaluated):
      makeFailure(
        "fact",
        "\(clean(text, most: 120)) is \(clean(evaluated.value.text, most: 120)), which neither holds nor not",
        "show, or == with what it should be")
    case .notInLesson: makeFailure("no-lesson", "you are in no lesson", "lessons lists them")
    case .unknownLesson(let name, let choices, let position):
      makeFailure(
        "unknown-lesson", "there is no lesson \(quote(name))",
        nearest(to: name, among: choices).map { "\($0)?" } ?? listed(choices), position)
    case .brokenLesson(let name, let problem):
      makeFailure("broken-lesson", "\(quote(name)) cannot be read: \(problem)", "")
    case .unreadableAnswer(let message, let hint): makeFailure("unreadable-answer", message, hint)
    case .unchecked(let reason):
      makeFailure(
        "unchecked", "I could not check this: \(reason)", "it counts for nothing; undo or reset may help")
    case .notNow(let message, let hint): makeFailure("not-now", message, hint)
    case .hidden(let verb, let what, let lifter):
      makeFailure("fog", what.message(about: verb), "\(what.instead); \(lifter) lifts it")
    }
  }

  private static func unexpected(_ word: Word, _ choices: [String], _ usage: String) -> Failure {
    guard let near = nearest(to: word.text, among: choices) else {
      let what =
        choices.isEmpty ? "\(quote(word)) is one word too many" : "\(quote(word)) does not belong here"
      // The usage line of a command with many forms is too long, so the hint has only the words that are
      // possible here.
      let isLong = usage.count > 100 && !choices.isEmpty
      return makeFailure("unexpected-word", what, isLong ? either(choices) : usage, word.position)
    }
    return makeFailure("unexpected-word", "\(quote(word)) does not belong here", "\(near)?", word.position)
  }

  private static func failure(for problem: Problem, _ word: Word?) -> Failure {
    let position = word?.position
    switch problem {
    case .unknownHost(let name):
      return makeFailure("unknown-component", "there is no \(quote(name))", "", position)
    case .missingComponent(let kind, let host):
      return makeFailure("unknown-component", "\(host) carries no \(kind.rawValue)", "", position)
    case .nameTaken(let name):
      return makeFailure("name-taken", "there is a \(quote(name)) already", "take another name", position)
    case .invalidName(let name) where Topology.reservedNames.contains(name):
      return makeFailure(
        "unfit-name", "\(quote(name)) is a word of the language", "take another name", position)
    case .invalidName(let name):
      return makeFailure(
        "unfit-name", "\(quote(name)) cannot be a name",
        "a small letter, then letters, digits and single hyphens", position)
    case .noComponents:
      return makeFailure(
        "nothing-carried", "a server carries something", "with nginx,app,files,mysql", position)
    case .unsuitableForServer(let kind):
      return makeFailure("unfit", "a server carries no \(kind.rawValue)", "add balancer?", position)
    case .lastBalancer(let name):
      return makeFailure(
        "needed", "\(name) is the only balancer: the site's name points to it", "add another one first",
        position
      )
    case .lastComponent(let address):
      return makeFailure(
        "needed", "\(address.text) is all that \(address.host) carries", "remove \(address.host)", position)
    case .primaryInUse(let name, let replicas):
      return makeFailure(
        "needed",
        "\(name) carries the primary, which \(listed(replicas)) \(replicas.count == 1 ? "follows" : "follow")",
        "promote \(replicas[0]) first, or remove the replicas", position)
    case .notABalancer(let name):
      return makeFailure(
        "not-a-balancer", "\(name) is no balancer, so users do not speak TLS to it", "", position)
    case .cannotReadPaths(let name):
      return makeFailure(
        "blind-balancer", "\(name) passes TLS through, so it sees no path to choose by",
        "add tls \(name) to-servers lets it read what it passes on, or take another algorithm", position)
    case .onlyOneBalancer:
      return makeFailure("one-balancer", "there is only one balancer", "add balancer", position)
    case .settingOfOtherTarget(let key, let on, let fits):
      return makeFailure(
        "which-part", "several parts of \(on) have \(key.rawValue)", either(fits.map { $0.text }), position)
    case .unknownSetting(let key, let on, let choices):
      return makeFailure(
        "unknown-key", "\(on) has no \(quote(key))",
        (nearest(to: key, among: choices) ?? choices.first { isWithin($0, key) }).map { "\($0)?" }
          ?? listed(choices), position)
    case .invalidValue(let key, let given, let wanted):
      return makeFailure(
        "unfit-value", "\(quote(given)) is no value of \(key.rawValue)", wanted.sentence, position)
    case .fixedWeights(let algorithm):
      return makeFailure(
        "fixed-weights",
        "with \(algorithm.rawValue) a weight can only be 0%, or 100% of the first one, while it runs",
        "algorithm roundrobin lets it be anything", position)
    case .notHashed(let algorithm):
      return makeFailure(
        "not-hashed", "\(algorithm.rawValue) does not hash", "consistent goes with source or uri", position)
    case .tooManyHosts(let limit):
      return makeFailure("too-many", "a site has \(limit) hosts at most", "", position)
    case .alreadyHeld(let name):
      return makeFailure(
        "already-held", "\(quote(name)) is taken by a held request", "take another name, or release it",
        position
      )
    case .notHeld(let name, let held):
      return makeFailure(
        "not-held", "no request called \(quote(name)) is held",
        held.isEmpty ? "hold \(clean(name))" : "held: \(listed(held))",
        position)
    case .tooMany(let what, let limit):
      return makeFailure("out-of-range", "too many \(what)", "\(limit) at most", position)
    case .inapplicableFault(let fault, let target, let fits):
      return makeFailure(
        "unfit-fault", "\(target.text) cannot have the fault \(fault.text)", either(fits.map { $0.text }),
        position)
    case .alreadyFailed(let target, let fault):
      return makeFailure(
        "broken-already", "\(target.text) has the fault \(fault.text) already", "repair \(target.text)",
        position
      )
    case .nothingToRepair(let target, let broken):
      return makeFailure("not-broken", "\(target.text) is not broken", self.broken(broken), position)
    case .notADatabase(let name):
      return makeFailure("no-database", "\(name) carries no database node", "", position)
    case .alreadyPrimary(let name):
      return makeFailure("primary-already", "\(name) is the primary already", "", position)
    case .nodeDown(let name):
      return makeFailure("node-down", "\(name) does not run", "repair it first", position)
    case .noReplicationSource(let name):
      return makeFailure(
        "no-primary", "\(name) hears no other primary that it could copy", "promote a node first", position)
    case .alreadyReplicates(let name):
      return makeFailure("follows-already", "\(name) is a replica already", "", position)
    case .notAServer(let name):
      return makeFailure(
        "not-a-server", "no balancer sends requests to \(name)", "show servers lists those that are used",
        position)
    case .noChecks:
      return makeFailure(
        "no-checks", "no health check is on: nobody will notice", "set lb-1 check http", position)
    case .statusNotReached(let name, let isUp):
      return makeFailure(
        "never-came", "\(name) is not \(isUp ? "UP" : "DOWN") after an hour", "the site is as it was before",
        position)
    case .timeLimitReached:
      return makeFailure(
        "out-of-range", "a site's clock goes to a hundred years", "reset starts it anew", position)
    case .interrupted: return failure(for: .timeLimit)
    }
  }

  private static func makeFailure(
    _ code: String, _ message: String, _ hint: String, _ position: Range<Int>? = nil
  )
    -> Failure
  {
    Failure(code: code, message: message, hint: hint, position: position)
  }

  /// Returns a sentence that lists the targets with faults, which could be repaired.
  static func broken(_ targets: [FaultTarget]) -> String {
    let names = targets.reduce(into: [String]()) { if !$0.contains($1.text) { $0.append($1.text) } }
    return names.isEmpty ? "nothing is broken" : "broken: \(listed(names))"
  }

  /// Whether one name is a part of the other, as `check` is of `health-check`.
  private static func isWithin(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.split(separator: "-"), b.lowercased().split(separator: "-"))
    return a.count == 1 && b.contains(a[0]) || b.count == 1 && a.contains(b[0])
  }

  // MARK: Words

  static func quote(_ word: Word) -> String { quote(word.text) }

  static func quote(_ text: String) -> String { "“\(clean(text))”" }

  /// Returns the path as a word of a command: quoted if it contains spaces, `;`, `#` or `,`.
  static func word(_ path: String) -> String {
    let text = clean(path, most: 400)
    return text.contains { " ;#,".contains($0) } ? "\"\(text)\"" : text
  }

  static func clean(_ text: String, most: Int = 40) -> String { text.cleaned(most: most) }

  static func either(_ choices: [String]) -> String {
    guard choices.count > 1, let last = choices.last else { return choices.first ?? "" }
    return choices.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Returns a list such as `a, b and c`. If there are many names, it has only the first ones and their
  /// number.
  static func listed(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    if names.count > 12 {
      return Array(names.prefix(10)).joined(separator: ", ") + " and \(names.count - 10) more"
    }
    return Array(names.dropLast()).joined(separator: ", ") + " and " + last
  }

  /// Returns `a is` or `a and b are`.
  static func subject(_ names: [String]) -> String { "\(listed(names)) \(names.count == 1 ? "is" : "are")" }
}

extension Setting.Values {
  /// The valid values, in words.
  var sentence: String {
    switch self {
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .weight: "a weight from 0 to 256, or a percentage such as 50%"
    case .limit(let range): "a number from \(range.lowerBound) to \(range.upperBound), or none"
    case .span(let range):
      "a length of time from \(range.lowerBound.command) to \(range.upperBound.command), such as 2s"
    case .optionalSpan(let range):
      "a length of time from \(range.lowerBound.command) to \(range.upperBound.command), or none for the usual one"
    case .flag: "on or off"
    case .words(let words): Sentences.either(words.map { $0.text })
    }
  }
}
