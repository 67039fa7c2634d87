import Blueprint
import Course
import Facts
import Inspector
import Simulator

/// The whole program except its input and output: it takes a line and returns a reply.
///
/// A tutor owns a session, runs its commands, and tracks the learner's progress in a lesson. Commands within
/// commands run on copies of the tutor.
public struct Tutor: Sendable {
  var session: Session
  let library: LessonLibrary
  var learner = LearnerState()
  /// A person's progress, as last read from the journal.
  var knownProgress = KnownProgress()
  /// The remembered results of facts, if a lesson is being tested.
  var factMemories: FactMemories?
  /// How deeply the current command is nested in files and other commands.
  var depth = 0
  static let deepestNesting = 16
  /// Why the design `textbook` could not be built at the start; nil if it was built. After a failure, the
  /// site is a new one.
  public private(set) var startFailure: Failure?

  /// Starts with the design `textbook`, or with a new site if there is none.
  public init(
    designs: [Document], lessons: [Document] = [], folder: DesignFolder = .empty,
    shouldContinue: @escaping WorkCheck = { _ in true }, seed: UInt64? = nil
  ) {
    self.init(
      Session(
        LoadedSite(Simulation(seed: seed), design: "new"),
        designs: DesignCatalog(builtIn: designs, folder: folder),
        limits: Limits(shouldContinue: shouldContinue)),
      LessonLibrary(lessons))
    guard let first = designs.first(where: { $0.name == UnfinishedSite.firstDesign }) else { return }
    do throws(Complaint) {
      loadedSite = try withAuthorLimits { tutor throws(Complaint) in
        // The claims of the design are read only when they are needed.
        try tutor.build(first.text, named: first.name, as: first.name, seed: seed, readsClaims: false)
      }
    } catch {
      startFailure = Sentences.failure(for: error)
    }
  }

  /// Creates a tutor with a new session and without a lesson.
  init(_ session: Session, _ library: LessonLibrary) {
    self.session = session
    self.library = library
  }

  // MARK: Session

  var loadedSite: LoadedSite {
    get { session.loadedSite }
    set { session.loadedSite = newValue }
  }

  var history: History {
    get { session.history }
    set { session.history = newValue }
  }

  /// The screen, which limits the width of lines. The main program sets it before each command.
  public var screen: Screen {
    get { session.screen }
    set { session.screen = newValue }
  }

  /// A number that changes whenever a command changes the site.
  public var revision: Int { session.revision }

  /// Whether fog hides everything except what users can see.
  public var isFoggy: Bool { session.isFoggy }

  /// The lessons, as documents.
  public var lessons: [Document] { library.documents }

  /// Begins a script, which counts as one step for undo.
  public mutating func beginScript(named name: String) { session.beginScript("run \(name)") }

  public mutating func endScript() { session.endScript() }

  // MARK: Prompt

  public var prompt: String { promptLine.text }

  /// The prompt, with the design or the lesson, and what has failed.
  public var promptLine: Line {
    var line = Line("tripod", .accent)
    if let position = learner.title {
      line = line + Line(" \(position)")
    } else if loadedSite.design != UnfinishedSite.firstDesign {
      line = line + Line(" \(loadedSite.design.shortenedForPrompt)")
    }
    if isFoggy { return line + Line(" ") + Line("[fog]", .faint) + Line("> ") }
    let faults = loadedSite.simulation.faults.map { $0.target.text }.unique
    if let first = faults.first {
      let others = faults.count > 1 ? " +\(faults.count - 1)" : ""
      line = line + Line(" ") + Line("[✗ \(first.shortenedForPrompt)\(others)]", .failed)
    }
    return line + Line("> ")
  }

  /// Returns the greeting at the start of a session, in a terminal with this many rows. `completes` says
  /// whether Tab completes words. `isFresh` leaves out the sites that were left.
  public mutating func greeting(
    rows: Int, completes: Bool, isFresh: Bool, _ access: FileAccess
  ) -> [Line] {
    readProgress(access)
    let page = HomePage(
      library, progress, learner.study, isFresh ? [] : access.savedSites.list(),
      lastProgress: access.journal.lastChange())
    var copy = self
    return page.greeting(
      site: loadedSite.design, drawing: copy.obey("show").lines, rows: rows, completes: completes
    ).flatMap { $0.text.columns > screen.width ? $0.reflowed(to: screen.width) : [$0] }
  }

  /// The name of the design that the site was loaded from.
  public var design: String { loadedSite.design }

  // MARK: Input

  /// The most bytes that a line may have.
  static let longestLine = 262_144

  /// Runs one command. In a lesson, also checks whether the task's goals are met.
  public mutating func obey(_ command: String, from origin: CommandOrigin = .author) -> Reply {
    guard depth == 0, !session.isTrial else { return runCommand(command, from: origin) }
    let (isInLesson, before) = (learner.study != nil, revision)
    var reply = runCommand(command, from: origin)
    if isInLesson { trackProgress(&reply, hasChangedSite: revision != before) }
    saveEvents(for: origin, &reply)
    return reply
  }

  /// Returns the reply that refuses a line because it is too long. `text` is the beginning of the line.
  public mutating func refuse(lineBeginning text: String) -> Reply {
    refusal(of: text, verb: Words.verb(of: text), .tooLong(limit: Tutor.longestLine), from: .author)
  }

  private mutating func runCommand(_ command: String, from origin: CommandOrigin) -> Reply {
    let command = Words.trimmed(command)
    do {
      try Words.check(command, most: Tutor.longestLine)
      let words = try Words.split(command)
      guard let first = words.first else { return reply(to: command, verb: "", CommandResponse()) }
      if command.count == 1, isAnswer(command) { return runAnswer(command, from: origin) }
      let found = try Command.named(first)
      return obey(found, command, words, from: origin)
    } catch {
      if error.isAboutVerb, isAnswer(command) { return runAnswer(command, from: origin) }
      return refusal(of: command, verb: Words.verb(of: command), error, from: origin)
    }
  }

  /// Runs a line that is an answer without the word `answer`.
  private mutating func runAnswer(_ line: String, from origin: CommandOrigin) -> Reply {
    var reply = runCommand("answer \(line)", from: origin)
    let typed = JSON.Member(.command, .string(line))
    reply.members = reply.members.map { $0.name == typed.name ? typed : $0 }
    return reply
  }

  private mutating func obey(_ found: Command, _ command: String, _ words: [Word], from origin: CommandOrigin)
    -> Reply
  {
    let stop = StopRequest(session.shouldContinue)
    let (outer, before) = (session.shouldContinue, revision)
    session.limits.shouldContinue = { stop.shouldContinue($0) }
    defer { session.limits.shouldContinue = outer }
    do throws(Complaint) {
      let arguments = try ArgumentMatcher.arguments(
        of: command, words: words, for: found.parameters, usage: found.usage,
        topology: session.knownTopology)
      try checkVisibility(of: found, arguments)
      session.line = command
      // The call is not an argument of `reply`, because it would then keep a copy of the earlier tutor in
      // memory.
      var answer = try run(found.handler, arguments, from: origin, named: found.name)
      if case .author = origin { try session.limits.charge(lines: answer.lines.count) }
      // A response that was interrupted is dropped, unless the command changed the site.
      guard !stop.isRequested || revision != before else { throw session.limits.stopped }
      // The output of a lesson is for people, so programs get it as text.
      if found.group == .learn {
        let text = answer.lines.map { $0.text }.joined(separator: "\n")
        answer.members.append(JSON.Member(.text, .string(text)))
      }
      return reply(to: command, verb: found.name, answer)
    } catch {
      let complaint = stop.isRequested ? session.limits.stopped : error
      return refusal(of: command, verb: found.name, complaint, from: origin)
    }
  }

  /// Runs a command. Only this function gives commands access to files.
  private mutating func run(
    _ handler: Command.Handler, _ arguments: Arguments, from origin: CommandOrigin, named name: String
  ) throws(Complaint) -> CommandResponse {
    defer { learner.recordSeenEvents(session.takeNewEvents()) }
    switch (handler, origin) {
    case (.onSession(let handle), _): return try handle(&session, arguments)
    case (.onTutor(let handle), _), (.either(let handle, _), .author):
      return try handle(&self, arguments)
    case (.withFiles(let handle), .person(let access)), (.either(_, let handle), .person(let access)):
      knownProgress.update(from: access.journal)
      return try handle(&self, arguments, access)
    case (.withFiles, .author): throw .outOfReach(name)
    }
  }

  /// Throws an error if fog hides what the command reveals.
  private func checkVisibility(of command: Command, _ words: Arguments) throws(Complaint) {
    guard let fog = loadedSite.fog, fog.isActive else { return }
    var hidden = command.visibility.hidden(arguments: words)
    if case .replacingSite = command.visibility, !learner.isRunningSetup { hidden = .past }
    guard let hidden else { return }
    throw .hidden(command.name, hidden, lifts: fog.isRaisedByTask ? "solution" : "fog off")
  }

  // MARK: Output

  private func reply(to command: String, verb: String, _ answer: CommandResponse) -> Reply {
    let first =
      head(command, verb, isOK: true) + [JSON.Member(.events, .array(answer.events.map { $0.json }))]
    var requests = answer.requests
    requests?.position += first.count
    var result = answer.result
    result.time = loadedSite.simulation.time
    return Reply(
      command: command, verb: verb,
      lines: answer.isVerbatim ? answer.lines : answer.lines.wrapped(to: screen.width),
      members: first + answer.members, requests: requests, failure: nil, effect: answer.effect, result: result
    )
  }

  /// Returns the reply to a line that cannot be obeyed. If a person's line has a certain meaning, that command
  /// runs instead.
  private mutating func refusal(
    of command: String, verb: String, _ complaint: Complaint, from origin: CommandOrigin
  ) -> Reply {
    if case .person = origin, !complaint.isAboutVerb || !isAnswer(command),
      let line = CommandSuggestion.certainLine(for: command, after: complaint, on: session, library)
    {
      return runCommand(line, from: origin).meant(by: command)
    }
    let failure = failure(for: complaint, of: command, verb: verb)
    let error = JSON.object([
      JSON.Member(.code, .string(failure.code)), JSON.Member(.message, .string(failure.message)),
      JSON.Member(.hint, .string(failure.hint)),
    ])
    let shown = command.utf8.count <= Tutor.longestLine ? command : String(command.prefix(200)) + "…"
    var members = [JSON.Member(.events, .array([])), JSON.Member(.error, error)]
    if case .refuted(_, let evaluated) = complaint { members += evaluated.members }
    return Reply(
      command: command, verb: verb, lines: [], members: head(shown, verb, isOK: false) + members,
      failure: failure, effect: nil)
  }

  /// Returns the failure in words. If the complaint's own hint does not help, the hint is a guess at what was
  /// meant.
  private func failure(for complaint: Complaint, of command: String, verb: String) -> Failure {
    var failure = Sentences.failure(for: complaint)
    if let line = CommandSuggestion.line(
      for: command, after: complaint, failure.hint, on: session, library)
    {
      failure.hint = Sentences.suggestion(Sentences.clean(line, most: 120))
    } else if case .missing(let what, _) = complaint, what.hasPrefix("DESIGN") {
      failure.hint = "designs: \(Sentences.listed(session.designs.names))"
    } else if complaint.expectsComponent, verb == "repair", !isFoggy, !failure.hint.hasSuffix("?") {
      failure.hint = Sentences.broken(loadedSite.simulation.faults.map { $0.target })
    }
    return failure
  }

  private func head(_ command: String, _ verb: String, isOK: Bool) -> [JSON.Member] {
    [
      JSON.Member(.schema, .integer(1)), JSON.Member(.command, .string(command)),
      JSON.Member(.verb, .string(verb)),
      JSON.Member(.ok, .flag(isOK)), JSON.Member(.timeMs, .milliseconds(loadedSite.simulation.time)),
    ]
  }
}

extension String {
  /// The name, shortened if it does not fit in a prompt.
  fileprivate var shortenedForPrompt: String { count <= 24 ? self : prefix(23) + "…" }
}
