import Blueprint
import Course
import Facts
import Inspector

/// The sentences of all errors. Text quoted from the user is shortened.
enum Sentences {
  static func failure(for complaint: Complaint) -> Failure {
    switch complaint {
    case .notText:
      said("bad-input", "the line holds bytes that are no text", "only printable characters, please")
    case .tooLong(let limit):
      said("bad-input", "the line is longer than \(limit) characters", "use several lines")
    case .openQuote(let place): said("bad-input", "a quotation mark is open", "close it with \"", place)
    case .unknownCommand(let word, let nearest):
      said(
        "unknown-command", "no such command: \(quote(word))", nearest.map { "\($0)?" } ?? "help lists them",
        word.place)
    case .unknownTerm(let word, let nearest):
      said(
        "unknown-term", "\(quote(word)) is not explained",
        nearest.map { "\($0)?" } ?? "explain lists the terms",
        word.place)
    case .ambiguous(let word, let choices):
      said("ambiguous", "\(quote(word)) could be \(either(choices))", "say a letter more", word.place)
    case .missing(let what, let usage): said("missing-word", "\(what) is missing", usage)
    case .unexpected(let word, let choices, let usage): unexpected(word, choices, usage)
    case .unreadable(let word, let what, let choices):
      said(
        "unreadable", "\(quote(word)) is not \(choices.isEmpty ? what : either(choices))",
        (nearest(to: word.text, among: choices) ?? abbreviated(word.text, among: choices))
          .map { "\($0)?" } ?? "", word.place)
    case .outOfRange(let word, let low, let high):
      said("out-of-range", "\(quote(word)) is out of range", "from \(low) to \(high)", word.place)
    case .wrongMix(let word, let sum):
      said("unreadable", "that mix makes \(sum) in all", "its shares make 100: read=90 write=10", word.place)
    case .unknownComponent(let word, let choices):
      said(
        "unknown-component", "there is no \(quote(word))",
        (choices.count == 1 ? choices[0] : nearest(to: word.text, among: choices)).map { "\($0)?" }
          ?? listed(choices), word.place)
    case .problem(let problem, let word): failure(for: problem, word)
    case .unknownDesign(let word, let choices, let reason):
      said(
        "unknown-design", "\(quote(word)) is no design, and no file: \(reason)",
        nearest(to: word.text, among: choices).map { "\($0)?" } ?? listed(choices), word.place)
    case .file(let path, let reason): said("file", "\(quote(path)): \(reason)", "")
    case .otherFile(let path, let command):
      said(
        "exists", "\(quote(path)) exists, and Tripod did not write it",
        "to replace it: \(command) \(word(path)) force")
    case .outOfReach(let name):
      said(
        "out-of-reach", "\(name): a lesson, a design or a fact cannot use your files",
        "`source FILE` runs a script of your own")
    case .tooMuchWork:
      said("too-much-work", "the lesson or design exceeds its work limit", "")
    case .inFile(let path, let line, let message, let code): said(code, "\(path):\(line): \(message)", "")
    case .inWhatIf(let command, let failure):
      said(failure.code, "\(clean(command)): \(failure.message)", failure.hint)
    case .nothingToUndo: said("nothing-to-undo", "there is nothing to undo", "")
    case .nothingToRedo: said("nothing-to-redo", "there is nothing to redo", "")
    case .nothingLeft: said("nothing-left", "no site was left by an earlier shell", "")
    case .nested(let word): said("nested", "\(word) is nested too deeply", "")
    case .noRequest(let what, let hint): said("no-request", what, hint)
    case .timeLimit: said("interrupted", "stopped; it has changed nothing", "")
    case .notForLater(let verb):
      said(
        "not-for-later", "\(verb) cannot be said for later",
        "break, repair, promote, rebuild, set, add, remove, algorithm or mode can")
    case .fact(let problem, let start):
      said(
        "fact", clean(problem.message, most: 200),
        problem.hint.isEmpty ? "show facts lists what can be said" : clean(problem.hint, most: 200),
        start + problem.place.lowerBound..<start + problem.place.upperBound)
    case .refuted(let text, let judged):
      said(
        "refuted", "\(clean(text, most: 120)) does not hold: \(clean(judged.evidence.saw, most: 300))",
        judged.evidence.commands.first.map { clean($0, most: 300) } ?? "")
    case .notAnAssertion(let text, let judged):
      said(
        "fact",
        "\(clean(text, most: 120)) is \(clean(judged.value.text, most: 120)), which neither holds nor not",
        "show, or == with what it should be")
    case .notInLesson: said("no-lesson", "you are in no lesson", "lessons lists them")
    case .unknownLesson(let name, let choices, let place):
      said(
        "unknown-lesson", "there is no lesson \(quote(name))",
        nearest(to: name, among: choices).map { "\($0)?" } ?? listed(choices), place)
    case .brokenLesson(let name, let problem):
      said("broken-lesson", "\(quote(name)) cannot be read: \(problem)", "")
    case .unreadableAnswer(let message, let hint): said("unreadable-answer", message, hint)
    case .unchecked(let reason):
      said("unchecked", "I could not check this: \(reason)", "it counts for nothing; undo or reset may help")
    case .notNow(let message, let hint): said("not-now", message, hint)
    case .hidden(let verb, let what, let lifter):
      said("fog", what.message(about: verb), "\(what.instead); \(lifter) lifts it")
    }
  }

  private static func unexpected(_ word: Word, _ choices: [String], _ usage: String) -> Failure {
    guard let near = nearest(to: word.text, among: choices) else {
      let what =
        choices.isEmpty ? "\(quote(word)) is one word too many" : "\(quote(word)) does not belong here"
      // The usage of a command with many forms is too long to show what is possible here.
      let isLong = usage.count > 100 && !choices.isEmpty
      return said("unexpected-word", what, isLong ? either(choices) : usage, word.place)
    }
    return said("unexpected-word", "\(quote(word)) does not belong here", "\(near)?", word.place)
  }

  private static func failure(for problem: Problem, _ word: Word?) -> Failure {
    let place = word?.place
    switch problem {
    case .unknownHost(let name): return said("unknown-component", "there is no \(quote(name))", "", place)
    case .missingComponent(let kind, let host):
      return said("unknown-component", "\(host) carries no \(kind.rawValue)", "", place)
    case .nameTaken(let name):
      return said("name-taken", "there is a \(quote(name)) already", "take another name", place)
    case .unfitName(let name) where Topology.reservedNames.contains(name):
      return said("unfit-name", "\(quote(name)) is a word of the language", "take another name", place)
    case .unfitName(let name):
      return said(
        "unfit-name", "\(quote(name)) cannot be a name",
        "a small letter, then letters, digits and single hyphens", place)
    case .noComponents:
      return said("nothing-carried", "a server carries something", "with nginx,app,files,mysql", place)
    case .unfitForServer(let kind):
      return said("unfit", "a server carries no \(kind.rawValue)", "add balancer?", place)
    case .lastBalancer(let name):
      return said(
        "needed", "\(name) is the only balancer: the site's name points to it", "add another one first", place
      )
    case .lastPart(let address):
      return said(
        "needed", "\(address.text) is all that \(address.host) carries", "remove \(address.host)", place)
    case .primaryInUse(let name, let replicas):
      return said(
        "needed",
        "\(name) carries the primary, which \(listed(replicas)) \(replicas.count == 1 ? "follows" : "follow")",
        "promote \(replicas[0]) first, or remove the replicas", place)
    case .notABalancer(let name):
      return said("not-a-balancer", "\(name) is no balancer, so users do not speak TLS to it", "", place)
    case .blindToPaths(let name):
      return said(
        "blind-balancer", "\(name) passes TLS through, so it sees no path to choose by",
        "add tls \(name) to-servers lets it read what it passes on, or take another algorithm", place)
    case .onlyOneBalancer:
      return said("one-balancer", "there is only one balancer", "add balancer", place)
    case .keyElsewhere(let key, let on, let fits):
      return said(
        "which-part", "several parts of \(on) have \(key.rawValue)", either(fits.map { $0.text }), place)
    case .unknownKey(let key, let on, let choices):
      return said(
        "unknown-key", "\(on) has no \(quote(key))",
        (nearest(to: key, among: choices) ?? choices.first { isWithin($0, key) }).map { "\($0)?" }
          ?? listed(choices), place)
    case .unfitValue(let key, let given, let wanted):
      return said("unfit-value", "\(quote(given)) is no value of \(key.rawValue)", wanted.sentence, place)
    case .fixedWeights(let algorithm):
      return said(
        "fixed-weights",
        "with \(algorithm.rawValue) a weight can only be 0%, or 100% of the first one, while it runs",
        "algorithm roundrobin lets it be anything", place)
    case .notHashed(let algorithm):
      return said(
        "not-hashed", "\(algorithm.rawValue) does not hash", "consistent goes with source or uri", place)
    case .tooManyHosts(let limit): return said("too-many", "a site has \(limit) hosts at most", "", place)
    case .alreadyHeld(let name):
      return said(
        "already-held", "\(quote(name)) is taken by a held request", "take another name, or release it", place
      )
    case .notHeld(let name, let held):
      return said(
        "not-held", "no request called \(quote(name)) is held",
        held.isEmpty ? "hold \(clean(name))" : "held: \(listed(held))",
        place)
    case .tooMany(let what, let limit):
      return said("out-of-range", "too many \(what)", "\(limit) at most", place)
    case .unfitFault(let fault, let target, let fits):
      return said(
        "unfit-fault", "\(target.text) cannot have the fault \(fault.text)", either(fits.map { $0.text }),
        place)
    case .brokenAlready(let target, let fault):
      return said(
        "broken-already", "\(target.text) has the fault \(fault.text) already", "repair \(target.text)", place
      )
    case .notBroken(let target, let broken):
      return said("not-broken", "\(target.text) is not broken", self.broken(broken), place)
    case .notDatabase(let name): return said("no-database", "\(name) carries no database node", "", place)
    case .primaryAlready(let name):
      return said("primary-already", "\(name) is the primary already", "", place)
    case .nodeDown(let name): return said("node-down", "\(name) does not run", "repair it first", place)
    case .nothingToFollow(let name):
      return said(
        "no-primary", "\(name) hears no other primary that it could copy", "promote a node first", place)
    case .followsAlready(let name): return said("follows-already", "\(name) is a replica already", "", place)
    case .notAServer(let name):
      return said(
        "not-a-server", "no balancer sends requests to \(name)", "show servers lists those that are used",
        place)
    case .noChecks:
      return said("no-checks", "no health check is on: nobody will notice", "set lb-1 check http", place)
    case .neverCame(let name, let isUp):
      return said(
        "never-came", "\(name) is not \(isUp ? "UP" : "DOWN") after an hour", "the site is as it was before",
        place)
    case .endOfTime:
      return said("out-of-range", "a site's clock goes to a hundred years", "reset starts it anew", place)
    case .interrupted: return failure(for: .timeLimit)
    }
  }

  private static func said(_ code: String, _ message: String, _ hint: String, _ place: Range<Int>? = nil)
    -> Failure
  {
    Failure(code: code, message: message, hint: hint, place: place)
  }

  /// Returns what could be repaired.
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

  /// Returns the path as a word of a command: quoted if it has spaces or punctuation of the language.
  static func word(_ path: String) -> String {
    let text = clean(path, most: 400)
    return text.contains { " ;#,".contains($0) } ? "\"\(text)\"" : text
  }

  static func clean(_ text: String, most: Int = 40) -> String { text.cleaned(most: most) }

  static func either(_ choices: [String]) -> String {
    guard choices.count > 1, let last = choices.last else { return choices.first ?? "" }
    return choices.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Returns a list such as `a, b and c`. Of many names, only the first ones are listed.
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
    case .usualSpan(let range):
      "a length of time from \(range.lowerBound.command) to \(range.upperBound.command), or none for the usual one"
    case .flag: "on or off"
    case .words(let words): Sentences.either(words.map { $0.text })
    }
  }
}
