import Blueprint
import Course
import Facts
import Inspector
import Simulator

/// A line in, a reply out: the whole program but its edge.
public struct Session: Sendable {
  public static let version = "1.0.0"

  let designs: [Document]
  /// The lessons, as files say them.
  public let lessons: [Document]
  /// The designs that an author's text may load besides built-in ones.
  let folder: DesignFolder
  public var screen = Screen()
  var limits: Limits
  var scene: Scene
  var history = History()
  /// The scripts that are running, and where each began.
  private var scripts: [(command: String, mark: History.Mark)] = []
  /// How deep files that run files, or commands that contain commands, are nested.
  var depth = 0
  static let deepest = 16
  /// What has been found out there.
  var recollection: Recollection?
  /// Where somebody is in a lesson.
  var learning = Learning()
  /// A person's progress, as far as the journal was read.
  var knownProgress = KnownProgress()
  /// Whether a claim is read when it is made, and not only when it is judged.
  var readsClaims = true

  /// Starts with the design `textbook`, or, where there is none, with a new site.
  public init(
    designs: [Document], lessons: [Document] = [], folder: DesignFolder = .empty,
    goOn: @escaping GoOn = { _ in true }, seed: UInt64? = nil
  ) {
    self.designs = designs
    self.lessons = lessons
    self.folder = folder
    limits = Limits(goOn: goOn)
    scene = Scene(Simulation(seed: seed), design: "new")
    guard let first = designs.first(where: { $0.name == "textbook" }) else { return }
    do throws(Complaint) {
      scene = try withAuthorLimits { session throws(Complaint) in
        try session.build(first.text, named: first.name, as: first.name, seed: seed, readsClaims: false)
      }
    } catch {
      startFailure = Sentences.failure(for: error)
    }
  }

  /// Why `textbook` could not be built at the start; the site is then a new one.
  public private(set) var startFailure: Failure?

  /// The function that long work calls to find out whether to continue.
  var goOn: GoOn { limits.goOn }

  public static func commands(in line: String) -> [String] { Words.commands(in: line) }

  /// Another number after each command that did something to the site.
  public var revision: Int { history.revision }

  /// Whether what is done belongs to a lesson, whose journal keeps it, or to free play, of which nothing stays.
  public var isAway: Bool { learning.isAway }

  public var prompt: String { promptLine.text }

  /// Where one is: the design, and what is wrong.
  public var promptLine: Line {
    let fog = isFoggy ? Line(" ") + Line("[fog]", .faint) : Line()
    if let place = learning.place { return Line("tripod", .accent) + Line(" \(place)") + fog + Line("> ") }
    var line = Line("tripod", .accent)
    if scene.design != "textbook" { line = line + Line(" \(Session.shortened(scene.design))") }
    line = line + fog
    let faults = scene.simulation.faults.map { $0.target.text }.unique
    if let first = faults.first, !isFoggy {
      let others = faults.count > 1 ? " +\(faults.count - 1)" : ""
      line = line + Line(" ") + Line("[✗ \(Session.shortened(first))\(others)]", .failed)
    }
    return line + Line("> ")
  }

  /// What a prompt has room for.
  private static func shortened(_ name: String) -> String { name.count <= 24 ? name : name.prefix(23) + "…" }

  /// `completes`: whether Tab does, on a terminal that can move its cursor.
  public func greeting(completes: Bool) -> [Line] {
    [
      Line(
        "Tripod \(Session.version): the three-server infrastructure, live. "
          + (completes ? "Tab completes, help helps." : "help helps.")),
      Line("This is \(scene.design). Try  ") + Line("send 4", .accent) + Line(",  then  ")
        + Line("break server-1", .accent) + Line(",  then  ") + Line("send 4", .accent) + Line(",  then  ")
        + Line("why", .accent) + Line("."),
    ]
  }

  // MARK: Obeying

  /// Lines beyond this are refused.
  static let longestLine = 262_144

  /// Obeys one command, and in a lesson looks what it means for the task.
  public mutating func obey(_ command: String, from origin: CommandOrigin = .author) -> Reply {
    guard depth == 0, !isRehearsal, !isHypothesis else { return obeyed(command, from: origin) }
    let (isInLesson, before) = (learning.study != nil, revision)
    var reply = obeyed(command, from: origin)
    if isInLesson { follow(&reply, isDeed: revision != before) }
    keepEvents(for: origin, &reply)
    return reply
  }

  /// Refuses a line that is too long, given its beginning.
  public func refuse(lineBeginning text: String) -> Reply {
    refusal(of: text, verb: Session.verb(of: text), .tooLong(limit: Session.longestLine))
  }

  private mutating func obeyed(_ command: String, from origin: CommandOrigin) -> Reply {
    let command = Words.trimmed(command)
    do {
      try Session.checkText(command)
      let words = try Words.split(command)
      guard let first = words.first else { return reply(to: command, verb: "", Answer()) }
      let found = try Command.named(first)
      return obey(found, command, words, from: origin)
    } catch {
      return refusal(of: command, verb: Session.verb(of: command), error)
    }
  }

  private mutating func obey(_ found: Command, _ command: String, _ words: [Word], from origin: CommandOrigin)
    -> Reply
  {
    let stop = Stop(goOn)
    let (outer, before) = (goOn, revision)
    limits.goOn = { stop.goesOn($0) }
    defer { limits.goOn = outer }
    do throws(Complaint) {
      let arguments = try Matching.arguments(
        of: command, words: words, for: found.parameters, usage: found.usage,
        topology: knownTopology)
      try checkSight(of: found, arguments)
      line = command
      // Said first: as an argument of `reply` it would keep a copy of the session alive, and show the time before it.
      var answer = try run(found.handler, arguments, from: origin, named: found.name)
      if case .author = origin { try charge(lines: answer.lines.count) }
      // Half an answer is none.
      guard !stop.isCalled || revision != before else { throw limits.stopped }
      // What a lesson says is for people, so a program is given it as it is.
      if found.group == .learn {
        let text = answer.lines.map { $0.text }.joined(separator: "\n")
        answer.members.append(JSON.Member("text", .string(text)))
      }
      return reply(to: command, verb: found.name, answer)
    } catch {
      return refusal(of: command, verb: found.name, stop.isCalled ? limits.stopped : error)
    }
  }

  /// The only place where a command gets access to files.
  private mutating func run(
    _ handler: Command.Handler, _ arguments: Arguments, from origin: CommandOrigin, named name: String
  ) throws(Complaint) -> Answer {
    switch (handler, origin) {
    case (.withoutFiles(let handle), _), (.either(let handle, _), .author):
      return try handle(&self, arguments)
    case (.withFiles(let handle), .person(let access)), (.either(_, let handle), .person(let access)):
      knownProgress.update(from: access.journal)
      return try handle(&self, arguments, access)
    case (.withFiles, .author): throw .outOfReach(name)
    }
  }

  /// Whether commands are only read, to learn what they would do.
  var isRehearsal = false
  var rehearsed: Action?
  /// Whether this is a copy on which something is tried.
  var isHypothesis = false

  /// The names of what has been seen, for facts; what is tried on copies is not.
  var seen: [String] = []

  /// The command that is being obeyed, as typed.
  var line = ""

  private static func checkText(_ command: String) throws(Complaint) {
    guard command.utf8.count <= longestLine else { throw .tooLong(limit: longestLine) }
    for scalar in command.unicodeScalars
    where scalar.isUnsafeToPrint && scalar != "\t" || scalar == "\u{FFFD}" {
      throw .notText
    }
  }

  private static func verb(of command: String) -> String {
    let word = command.split(maxSplits: 1, whereSeparator: Words.isSpace).first.map(String.init) ?? ""
    return Sentences.clean(word)
  }

  // MARK: Replies

  private func reply(to command: String, verb: String, _ answer: Answer) -> Reply {
    let first =
      head(command, verb, isOK: true) + [JSON.Member("events", .array(answer.events.map { $0.json }))]
    var requests = answer.requests
    requests?.place += first.count
    var result = answer.result
    result.time = scene.simulation.time
    return Reply(
      command: command, verb: verb,
      lines: answer.isVerbatim ? answer.lines : answer.lines.wrapped(to: screen.width),
      members: first + answer.members, requests: requests, failure: nil, effect: answer.effect, result: result
    )
  }

  private func refusal(of command: String, verb: String, _ complaint: Complaint) -> Reply {
    let failure = failure(for: complaint, of: command, verb: verb)
    let error = JSON.object([
      JSON.Member("code", .string(failure.code)), JSON.Member("message", .string(failure.message)),
      JSON.Member("hint", .string(failure.hint)),
    ])
    let shown = command.utf8.count <= Session.longestLine ? command : String(command.prefix(200)) + "…"
    var members = [JSON.Member("events", .array([])), JSON.Member("error", error)]
    if case .refuted(_, let judged) = complaint { members += judged.members }
    return Reply(
      command: command, verb: verb, lines: [], members: head(shown, verb, isOK: false) + members,
      failure: failure, effect: nil)
  }

  /// With what was most likely meant, where the words alone do not tell.
  private func failure(for complaint: Complaint, of command: String, verb: String) -> Failure {
    var failure = Sentences.failure(for: complaint)
    if complaint.isAboutVerb, isAnswer(command) {
      failure.hint = "answer \(Sentences.clean(command, most: 120))?"
    } else if let line = Guess.line(for: command, after: complaint, failure.hint, on: self) {
      failure.hint = "\(Sentences.clean(line, most: 120))?"
    } else if case .missing(let what, _) = complaint, what.hasPrefix("DESIGN") {
      failure.hint = Sentences.either(designs.map { $0.name })
    } else if complaint.wantsComponent, verb == "repair", !isFoggy, !failure.hint.hasSuffix("?") {
      failure.hint = Sentences.broken(scene.simulation.faults.map { $0.target })
    }
    return failure
  }

  private func head(_ command: String, _ verb: String, isOK: Bool) -> [JSON.Member] {
    [
      JSON.Member("schema", .integer(1)), JSON.Member("command", .string(command)),
      JSON.Member("verb", .string(verb)),
      JSON.Member("ok", .flag(isOK)), JSON.Member("time_ms", .milliseconds(scene.simulation.time)),
    ]
  }

  // MARK: Doing

  /// Does something to the site, as a step that can be undone.
  mutating func perform(_ action: Action, about word: Word? = nil) throws(Complaint) -> Outcome {
    if case .send(let sending) = action, sending.count > limits.requests { throw .tooMuchWork }
    guard !isRehearsal else {
      rehearsed = action
      return Outcome()
    }
    history.prepare(scene)
    let before = scene.simulation.workDone
    do {
      let outcome = try scene.perform(action, goOn: goOn)
      note(outcome)
      history.add(line, .action(action), work: scene.simulation.workDone - before + 1)
      for name in FactEvent.names(in: outcome) where !seen.contains(name) { seen.append(name) }
      return isFoggy ? outcome.fromOutside : outcome
    } catch {
      guard isFoggy, error.tellsOfInside else { throw Complaint(error, about: word) }
      // Nobody sees that nothing came of it.
      history.add(line, .scene(scene), work: 1)
      return Outcome()
    }
  }

  /// The story of what was done, or, where it was not heard to its end, nothing done at all.
  mutating func performAndTell(_ action: Action) throws(Complaint) -> Answer {
    let before = self
    let outcome = try perform(action)
    guard let record = outcome.records.first else { return Answer() }
    do {
      return try story(of: record, events: outcome.events)
    } catch {
      self = before
      throw error
    }
  }

  /// Puts another scene in place of this one, as a step that can be undone.
  mutating func replace(with new: Scene) {
    history.prepare(scene)
    scene = new
    history.add(line, .scene(new), work: 1)
  }

  // MARK: Scripts

  /// A file that is run is one step.
  public mutating func beginScript(named name: String) { beginScript("run \(name)") }

  mutating func beginScript(_ command: String) {
    scripts.append((command, history.beginScript(scene)))
  }

  public mutating func endScript() {
    guard let script = scripts.popLast() else { return }
    history.endScript(script.command, since: script.mark, scene)
  }
}
