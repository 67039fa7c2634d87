import Blueprint
import Course
import Simulator

/// Collects the candidates for completing a command.
struct CandidateSearch {
  let tutor: Tutor
  /// The command so far.
  let text: String
  /// The word that is being typed; empty after a space.
  let currentWord: Word
  let topology: Topology
  private(set) var completion = Completion()
  private var command: Command?
  private(set) var arguments = Arguments()

  init(tutor: Tutor, text: String, currentWord: Word) {
    self.tutor = tutor
    self.text = text
    self.currentWord = currentWord
    topology = tutor.session.knownTopology
    completion.typed = currentWord.text.count
  }

  /// Adds the candidates that the command's parameters allow after these words.
  mutating func add(behind verb: Word, _ words: [Word]) {
    guard let command = try? Command.named(verb),
      let (parameters, arguments) = ArgumentMatcher.expectation(
        behind: words, of: text, for: command.parameters, topology: topology)
    else { return }
    self.command = command
    self.arguments = arguments
    for parameter in parameters { add(parameter) }
  }

  mutating func addCommands(among verbs: [String]? = nil) {
    for command in Command.all where verbs?.contains(command.name) != false {
      addCandidate(command.name, command.summary)
    }
  }

  // MARK: Parameters

  private mutating func add(_ parameter: Parameter) {
    switch parameter {
    case .word(let word): if fits(word) { addCandidate(word, note(word)) }
    case .value(let name, let kind): add(kind, name)
    case .optional(let inner): if let first = inner.first { add(first) }
    case .oneOf(let alternatives), .anyOrder(let alternatives):
      for alternative in alternatives { if let first = alternative.first { add(first) } }
    case .many(let inner): add(inner)
    case .rest(let name): hint(name, "")
    case .commands(let name, let verbs): addCompletion(ofRest: rest(name), among: verbs)
    case .text(let name, let kind):
      let rest = rest(name)
      var whole = CandidateSearch(
        tutor: tutor, text: text, currentWord: Word(text: rest, position: currentWord.position))
      whole.command = command
      whole.add(kind, name)
      completion = whole.completion
    }
  }

  /// Whether the target before the word can have the fault that the word names. True for a word that names no
  /// fault.
  private func fits(_ word: String) -> Bool {
    var typed = Arguments()
    typed.add(word: word)
    guard let fault = Fault(typed), let target = arguments.faultTarget("TARGET"),
      let faults = try? topology.faults(of: target)
    else { return true }
    return faults.contains { $0.isSameKind(as: fault) }
  }

  /// Returns the command's text from the start of the parameter with this name.
  private func rest(_ name: String) -> String {
    String(text.dropFirst((arguments.word(name) ?? currentWord).position.lowerBound))
  }

  private mutating func addCompletion(ofRest rest: String, among verbs: [String]?) {
    var inner = tutor
    inner.depth += 1
    guard inner.depth < Tutor.deepestNesting else { return }
    completion = verbs == nil ? inner.completion(of: rest) : inner.completion(ofCommand: rest, among: verbs)
  }

  private mutating func add(_ kind: Parameter.ValueKind, _ name: String) {
    switch kind {
    case .number(let range): hint(name, "a number from \(range.lowerBound) to \(range.upperBound)")
    case .span: hint(name, "a length of time such as 500ms, 2s or 1m30s")
    case .rate: hint(name, "a rate such as 150/s")
    case .requestKind: addRequestKinds()
    case .share: hint(name, "a share in percent such as read=90")
    case .addresses: hint(name, "an address such as 10.0.0.1, or several with commas")
    case .paths: hint(name, "a path such as /index.html, or several with commas")
    case .newName: hint(name, "a name that you choose")
    case .any: hint(name, "")
    case .host, .vantage: addHosts(andInternet: kind == .vantage)
    case .ports: hint(name, "a port such as 80, or several with commas")
    case .source: hint(name, "internet, a host, or an address such as 198.51.100.7")
    case .decimal: hint(name, "a number such as 90 or 0.5")
    case .component: addComponents()
    case .databaseNode: addDatabaseNodes()
    case .server: addServers()
    case .faultTarget:
      addComponents()
      addLinks()
    case .link: addLinks()
    case .broken: addBrokenTargets(name)
    case .target: addTargets()
    case .setting: addSettings()
    case .settingValue: addSettingValues(name)
    case .parts: addComponentKinds()
    case .heldRequestName: addHeldRequests(name)
    case .design: addDesigns()
    case .file: completion.wantsFile = true
    case .shown: addShowArguments()
    case .command: addHelpTopics()
    case .term: addTerms()
    case .lesson: for lesson in tutor.library.course { addCandidate(lesson.id, lesson.title) }
    case .fact: addFacts()
    case .choice(let choices): for choice in choices { addCandidate(choice, note(choice)) }
    }
  }

  /// Returns the command's note on one of its words; empty if it has none.
  private func note(_ word: String) -> String { command?.notes[word] ?? "" }

  /// Replaces the candidates with those found for a part of the current word.
  mutating func adopt(_ inner: CandidateSearch) { completion = inner.completion }

  // MARK: Candidates

  /// Adds a candidate if its text begins with the current word.
  mutating func addCandidate(_ text: String, _ summary: String) {
    guard begins(text), !completion.candidates.contains(where: { $0.text == text }) else { return }
    completion.candidates.append(Completion.Candidate(text, summary))
  }

  func begins(_ text: String) -> Bool { text.lowercased().hasPrefix(currentWord.text.lowercased()) }

  /// Adds a hint about a value. The command's own note on the value takes precedence over `summary`.
  mutating func hint(_ name: String, _ summary: String) { addHint(name, command?.notes[name] ?? summary) }

  mutating func addHint(_ name: String, _ summary: String) {
    guard currentWord.text.isEmpty, !completion.hints.contains(where: { $0.text == name }) else { return }
    completion.hints.append(Completion.Candidate(name, summary))
  }

  /// Adds the keywords of the kinds, and the words of the lessons that the current word begins.
  private mutating func addRequestKinds() {
    for kind in RequestKind.allCases { addCandidate(kind.rawValue, kind.summary) }
    guard !currentWord.text.isEmpty else { return }
    for kind in RequestKind.allCases { addCandidate(kind.lessonWord, kind.summary) }
  }

  // MARK: Lists

  /// Adds the kinds of component that the current word, a comma-separated list, does not name yet.
  private mutating func addComponentKinds() {
    let listed = currentWord.text.lowercased().split(separator: ",", omittingEmptySubsequences: false)
    let last = listed.last ?? ""
    completion.typed = last.count
    for component in ComponentKind.installableOnServers where component.rawValue.hasPrefix(last) {
      guard !listed.dropLast().contains(where: { $0 == component.rawValue }) else { continue }
      completion.candidates.append(Completion.Candidate(component.rawValue, component.job))
    }
  }

  private mutating func addHeldRequests(_ placeholder: String) {
    if !tutor.session.loadedSite.simulation.log.contains(where: { $0.end == nil }) {
      addHint(placeholder, "a held request; none is held now")
    }
    for record in tutor.session.loadedSite.simulation.log where record.end == nil {
      if let name = record.name {
        addCandidate(name, "\(record.kind.rawValue), \(tutor.session.whereabouts(of: record))")
      }
    }
  }

  private mutating func addDesigns() {
    for design in tutor.session.designs.builtIn { addCandidate(design.name, design.summary) }
    completion.wantsFile = true
  }
}
