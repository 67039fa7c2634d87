import Blueprint
import Course
import Facts
import Inspector

/// The sentences of all errors. Text that the user typed is quoted and shortened.
enum Sentences {
  static func failure(for complaint: Complaint) -> Failure {
    switch complaint {
    case .notText:
      makeFailure(
        "bad-input", "the line contains characters that cannot be printed",
        "type it again with letters, digits and signs only")
    case .tooLong(let limit):
      makeFailure("bad-input", "the line is longer than \(limit) bytes", "split it into several lines")
    case .openQuote(let position):
      makeFailure("bad-input", "the quotation mark is not closed", "add a closing \"", position)
    case .unknownCommand(let word, let nearest):
      makeFailure(
        "unknown-command", "unknown command \(quote(word))",
        nearest.map(suggestion) ?? "type `help` for the commands", word.position)
    case .unknownTerm(let word, let nearest):
      makeFailure(
        "unknown-term", "there is no explanation of \(quote(word))",
        nearest.map(suggestion) ?? "type `explain` for the list of terms", word.position)
    case .ambiguous(let word, let choices):
      makeFailure(
        "ambiguous", "\(quote(word)) could mean \(either(choices))", "type more letters of the word",
        word.position)
    case .missing(let what, let usage):
      makeFailure(
        "missing-word", "`\(usage.prefix { $0 != " " })` needs \(what)", "type `\(usage)`")
    case .unexpected(let word, let choices, let usage): unexpected(word, choices, usage)
    case .unreadable(let word, let what, let choices):
      makeFailure(
        "unreadable", "\(quote(word)) is not \(choices.isEmpty ? what : either(choices))",
        (nearest(to: word.text, among: choices) ?? abbreviated(word.text, among: choices))
          .map(suggestion) ?? "", word.position)
    case .outOfRange(let word, let low, let high):
      makeFailure(
        "out-of-range", "\(quote(word)) is out of range", "type a value from \(low) to \(high)",
        word.position)
    case .wrongMix(let word, let sum):
      makeFailure(
        "unreadable", "the shares of the mix add up to \(sum), not 100", "type `mix read=90 write=10`",
        word.position)
    case .unknownComponent(let word, let choices):
      makeFailure(
        "unknown-component", "there is no \(quote(word)) on this site",
        (choices.count == 1 ? choices[0] : nearest(to: word.text, among: choices)).map(suggestion)
          ?? (choices.isEmpty ? "" : "possible here: \(listed(choices))"), word.position)
    case .problem(let problem, let word): failure(for: problem, word)
    case .unknownDesign(let word, let choices, let reason):
      makeFailure(
        "unknown-design", "\(quote(word)) is not a design, and as a file: \(reason)",
        nearest(to: word.text, among: choices).map(suggestion) ?? "designs: \(listed(choices))",
        word.position)
    case .file(let path, let reason): makeFailure("file", "\(quote(path)): \(reason)", "")
    case .foreignFile(let path, let command):
      makeFailure(
        "exists", "\(quote(path)) exists, and Tripod did not write it",
        "to replace it, type `\(command) \(word(path)) force`")
    case .outOfReach(let name):
      makeFailure(
        "out-of-reach", "`\(name)` uses your files, so a lesson, a design or a fact cannot run it",
        "type `source FILE` to run a script of your own")
    case .tooMuchWork:
      makeFailure("too-much-work", "the lesson or design exceeds its work limit", "")
    case .inFile(let path, let line, let message, let code):
      makeFailure(code, "\(path):\(line): \(message)", "")
    case .inWhatIf(let command, let failure):
      makeFailure(failure.code, "\(clean(command)): \(failure.message)", failure.hint)
    case .nothingToUndo: makeFailure("nothing-to-undo", "there is nothing to undo", "")
    case .nothingToRedo: makeFailure("nothing-to-redo", "there is nothing to redo", "")
    case .noUnfinishedSite:
      makeFailure("nothing-left", "there is nothing to resume", "type `home` to see what you left")
    case .nestedTooDeeply(let word): makeFailure("nested", "`\(word)` is nested too deeply", "")
    case .noRequest(let what, let hint): makeFailure("no-request", what, hint)
    case .timeLimit: makeFailure("interrupted", "stopped; nothing has changed", "")
    case .cannotBeScheduled(let verb):
      makeFailure(
        "not-for-later", "`at` cannot run `\(verb)` later",
        "these can run later: break, repair, promote, rebuild, set, add, remove, algorithm and mode")
    case .fact(let problem, let start):
      makeFailure(
        "fact", clean(problem.message, most: 200),
        problem.hint.isEmpty ? "type `show facts` for the list of facts" : clean(problem.hint, most: 200),
        start + problem.position.lowerBound..<start + problem.position.upperBound)
    case .refuted(let text, let evaluated):
      makeFailure(
        "refuted",
        "\(clean(text, most: 120)) does not hold: \(clean(evaluated.evidence.observation, most: 300))",
        evaluated.evidence.commands.first.map { clean($0, most: 300) } ?? "")
    case .notAnAssertion(let text, let evaluated):
      makeFailure(
        "fact",
        "\(clean(text, most: 120)) is \(clean(evaluated.value.text, most: 120)), not true or false",
        "type `show` with it, or compare it with `==`")
    case .notInLesson: makeFailure("no-lesson", "you are not in a lesson", "type `lessons` for the list")
    case .unknownLesson(let name, let choices, let position):
      makeFailure(
        "unknown-lesson", "there is no lesson \(quote(name))",
        nearest(to: name, among: choices).map(suggestion)
          ?? (choices.isEmpty ? "" : "lessons: \(listed(choices))"), position)
    case .brokenLesson(let name, let problem):
      makeFailure("broken-lesson", "the lesson \(quote(name)) cannot be read: \(problem)", "")
    case .unreadableAnswer(let message, let hint): makeFailure("unreadable-answer", message, hint)
    case .unchecked(let reason):
      makeFailure(
        "unchecked", "this answer could not be checked: \(reason)",
        "it does not count; type `undo` or `reset`, then answer again")
    case .notNow(let message, let hint): makeFailure("not-now", message, hint)
    case .hidden(let verb, let what, let lifter):
      makeFailure("fog", what.message(about: verb), "\(what.instead); `\(lifter)` lifts the fog")
    }
  }

  private static func unexpected(_ word: Word, _ choices: [String], _ usage: String) -> Failure {
    guard let near = nearest(to: word.text, among: choices) else {
      let what =
        choices.isEmpty ? "\(quote(word)) is one word too many" : "\(quote(word)) does not belong here"
      // The usage line of a command with many forms is too long, so the hint has only the words that are
      // possible here.
      let isLong = usage.count > 100 && !choices.isEmpty
      return makeFailure(
        "unexpected-word", what, isLong ? "possible here: \(listed(choices))" : "type `\(usage)`",
        word.position)
    }
    return makeFailure(
      "unexpected-word", "\(quote(word)) does not belong here", suggestion(near), word.position)
  }

  private static func failure(for problem: Problem, _ word: Word?) -> Failure {
    let position = word?.position
    switch problem {
    case .unknownHost(let name):
      return makeFailure("unknown-component", "there is no \(quote(name)) on this site", "", position)
    case .missingComponent(let kind, let host):
      return makeFailure("unknown-component", "\(host) has no \(kind.rawValue)", "", position)
    case .nameTaken(let name):
      return makeFailure(
        "name-taken", "the name \(quote(name)) is taken", "choose another name", position)
    case .invalidName(let name) where Topology.reservedNames.contains(name):
      return makeFailure(
        "unfit-name", "\(quote(name)) has a meaning of its own in commands", "choose another name",
        position)
    case .invalidName(let name):
      return makeFailure(
        "unfit-name", "\(quote(name)) is not a valid name",
        "a name is a small letter, then small letters, digits and single hyphens", position)
    case .noComponents:
      return makeFailure(
        "nothing-carried", "a server needs at least one component", "type `with nginx,app,files,mysql`",
        position)
    case .unsuitableForServer(let kind):
      return makeFailure(
        "unfit", "a server cannot have \(kind.rawValue)", suggestion("add balancer"), position)
    case .lastBalancer(let name):
      return makeFailure(
        "needed", "\(name) is the only balancer, and users need one", "type `add balancer` first", position)
    case .lastComponent(let address):
      return makeFailure(
        "needed", "\(address.text) is the only component on \(address.host)",
        "type `remove \(address.host)` to remove the host", position)
    case .primaryInUse(let name, let replicas):
      let verb = replicas.count == 1 ? "replicates" : "replicate"
      return makeFailure(
        "needed", "\(name) has the primary, and \(listed(replicas)) \(verb) from it",
        "type `promote \(replicas[0])` first, or remove the replicas", position)
    case .notABalancer(let name):
      return makeFailure(
        "not-a-balancer", "\(name) is not a balancer, so users do not connect to it",
        "type `add tls` for the balancer", position)
    case .cannotReadPaths(let name):
      return makeFailure(
        "blind-balancer", "\(name) passes TLS through, so it cannot read the path",
        "type `add tls \(name) to-servers` first, or choose another algorithm", position)
    case .onlyOneBalancer:
      return makeFailure(
        "one-balancer", "there is only one balancer", "type `add balancer` first", position)
    case .settingOfOtherTarget(let key, let on, let fits):
      return makeFailure(
        "which-part", "several components of \(on) have the setting \(key.rawValue)",
        "name one: \(either(fits.map { $0.text }))", position)
    case .unknownSetting(let key, let on, let choices):
      return makeFailure(
        "unknown-key", "\(on) has no setting \(quote(key))",
        (nearest(to: key, among: choices) ?? choices.first { isWithin($0, key) }).map(suggestion)
          ?? (choices.isEmpty ? "" : "its settings: \(listed(choices))"), position)
    case .invalidValue(let key, let given, let wanted):
      return makeFailure(
        "unfit-value", "\(quote(given)) is not a value of \(key.rawValue)", "type \(wanted.sentence)",
        position)
    case .fixedWeights(let algorithm):
      return makeFailure(
        "fixed-weights",
        "with \(algorithm.rawValue), a weight can only be 0% or 100% of its first value",
        "type `algorithm roundrobin` to allow any weight", position)
    case .notHashed(let algorithm):
      return makeFailure(
        "not-hashed", "\(algorithm.rawValue) does not hash, so it cannot be consistent",
        "`consistent` works with source and uri", position)
    case .tooManyHosts(let limit):
      return makeFailure("too-many", "a site can have at most \(limit) hosts", "", position)
    case .alreadyHeld(let name):
      return makeFailure(
        "already-held", "a held request has the name \(quote(name)) already",
        "choose another name, or type `release \(clean(name))`", position)
    case .notHeld(let name, let held):
      return makeFailure(
        "not-held", "no held request has the name \(quote(name))",
        held.isEmpty ? "type `hold \(clean(name))` first" : "held requests: \(listed(held))",
        position)
    case .tooMany(let what, let limit):
      return makeFailure("out-of-range", "too many \(what)", "the limit is \(limit)", position)
    case .inapplicableFault(let fault, let target, let fits):
      return makeFailure(
        "unfit-fault", "\(target.text) cannot have the fault \(fault.text)",
        "possible here: \(listed(fits.map { $0.text }))", position)
    case .alreadyFailed(let target, let fault):
      return makeFailure(
        "broken-already", "\(target.text) already has the fault \(fault.text)",
        "type `repair \(target.text)` to remove it", position)
    case .nothingToRepair(let target, let broken):
      return makeFailure("not-broken", "\(target.text) has no fault", self.broken(broken), position)
    case .notADatabase(let name):
      return makeFailure(
        "no-database", "\(name) has no database node", "type `show database` for the nodes", position)
    case .alreadyPrimary(let name):
      return makeFailure("primary-already", "\(name) is already the primary", "", position)
    case .nodeDown(let name):
      return makeFailure("node-down", "\(name) is not running", "repair it first", position)
    case .noReplicationSource(let name):
      return makeFailure(
        "no-primary", "\(name) reaches no other primary that it could copy", "promote another node first",
        position)
    case .alreadyReplicates(let name):
      return makeFailure("follows-already", "\(name) is already a replica", "", position)
    case .notAServer(let name):
      return makeFailure(
        "not-a-server", "no balancer sends requests to \(name)", "type `show servers` for the servers",
        position)
    case .noChecks:
      return makeFailure(
        "no-checks", "health checks are off, so no server is marked UP or DOWN",
        "type `set lb-1 check http` first", position)
    case .statusNotReached(let name, let isUp):
      return makeFailure(
        "never-came", "\(name) was not marked \(isUp ? "UP" : "DOWN") within an hour",
        "the site is as it was before", position)
    case .timeLimitReached:
      return makeFailure(
        "out-of-range", "the clock of a site ends at 100 years", "type `reset` to start again at 0 s",
        position)
    case .interrupted: return failure(for: .timeLimit)
    }
  }

  /// Returns the hint that offers a word or a line in place of what was typed.
  static func suggestion(_ line: String) -> String { "did you mean `\(line)`?" }

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
    return names.isEmpty ? "nothing on this site has a fault" : "these have faults: \(listed(names))"
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

  /// Returns `a is the standby` or `a and b are standbys`.
  static func standbys(_ names: [String]) -> String {
    names.count == 1 ? "\(names[0]) is the standby" : "\(listed(names)) are standbys"
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
      "a length of time from \(range.lowerBound.command) to \(range.upperBound.command), or none for the default"
    case .flag: "on or off"
    case .words(let words): Sentences.either(words.map { $0.text })
    }
  }
}
