import Blueprint
import Course
import Facts
import Inspector
import Simulator

extension Tutor: LessonRunner {
  public var simulation: Simulation { loadedSite.simulation }

  public var study: Study? { learner.study }

  /// Whether the learner is in a lesson or in free play.
  public var isAway: Bool { learner.isAway }

  public static func commands(in line: String) -> [String] { Session.commands(in: line) }

  public var factContext: FactContext { learner.study.map { factContext(of: $0) } ?? factContext() }

  public func isSame(as other: Tutor) -> Bool {
    loadedSite == other.loadedSite && learner.study == other.learner.study
      && (learner.lessonBeforePlay == nil) == (other.learner.lessonBeforePlay == nil)
  }

  /// Creates a tutor for testing lessons. It records no progress, accesses no files, and counts its work.
  public init(
    designs: [Document], lessons: [Document], folder: DesignFolder = .empty, allowance: Allowance
  ) {
    self.init(designs: designs, lessons: lessons, folder: folder)
    session.limits = Limits.ofTrial(allowance)
    screen.width = Screen.widest
    factMemories = FactMemories()
  }

  public func allowNextCheck() { session.limits.allowance?.renew() }

  public var isUsedUp: Bool { session.limits.allowance?.isTotalUsedUp == true }

  public mutating func begin(
    _ lesson: Lesson, keeping kept: [Progress.TaskProgress], asksRecall: Bool
  ) -> String? {
    do {
      try start(lesson, keeping: kept, asksRecall: asksRecall)
      learner.log.run = "try"
      return nil
    } catch {
      return Sentences.failure(for: error).message
    }
  }

  public mutating func enterSite(of lesson: Lesson) -> String? {
    do {
      loadedSite = try site(of: lesson)
      history = History()
      learner = LearnerState()
      return nil
    } catch {
      return Sentences.failure(for: error).message
    }
  }

  public mutating func resume(_ lesson: Lesson, _ lines: [String]) -> String? {
    if let trouble = begin(lesson, keeping: [], asksRecall: true) { return trouble }
    for line in lines { _ = obey(line) }
    return nil
  }

  public mutating func leave() { learner = LearnerState() }

  public mutating func load(_ design: String) -> String? {
    guard let found = session.designs.design(named: design) else { return "there is no such design" }
    do {
      loadedSite = try build(found)
      history = History()
      return nil
    } catch {
      return Sentences.failure(for: error).message
    }
  }

  public var claimCount: Int { loadedSite.claims.count }

  public func claim(_ number: Int) -> TestedClaim {
    let verdict = verdict(on: loadedSite.claims[number])
    let text = Sentences.clean(verdict.claim.text, most: 200)
    let fact = verdict.claim.fact
    if let problem = verdict.problem {
      return TestedClaim(text: text, fact: fact, message: ["it could not be judged: \(problem.message)"])
    }
    guard let evaluated = verdict.evaluated, !evaluated.isAsExpected else {
      return TestedClaim(text: text, fact: fact, message: [])
    }
    return TestedClaim(
      text: text, fact: fact,
      message: [
        "expected: \(evaluated.claim.expected?.rawValue ?? "")", "derived: \(evaluated.verdict.rawValue)",
        "run: \(evaluated.evidence.commands.map { $0.withoutWhatIf }.joined(separator: "; "))",
        "seen: \(evaluated.evidence.observation)",
      ])
  }

  public func claimLines(ofDesign name: String) -> [Int] {
    let text = session.designs.builtIn.first { $0.name == name }?.text ?? ""
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline })
    return lines.indices.filter { Words.trimmed(String(lines[$0])).lowercased().hasPrefix("claim ") }
      .map { $0 + 1 }
  }

  public func misreading(of line: String) -> CommandMisreading? {
    let commands = Session.commands(in: line)
    guard !commands.allSatisfy(PlainCommand(topology: simulation.topology).reads) else { return nil }
    var copy = self
    for command in commands {
      guard let failure = copy.obey(command).failure else { continue }
      guard Tutor.wordCodes.contains(failure.code) else { return nil }
      return CommandMisreading(
        message: failure.message,
        isAboutCommand: failure.code == "unknown-command" && failure.position?.lowerBound == 0)
    }
    return nil
  }

  /// The codes of failures that say that a word is wrong.
  private static let wordCodes: Set<String> = [
    "unknown-command", "ambiguous", "missing-word", "unexpected-word", "unreadable", "unknown-component",
    "unknown-term", "unknown-key", "unfit-value", "which-part", "out-of-range", "unknown-design",
    "unknown-lesson",
    "fact", "bad-input",
  ]

  public mutating func runAuthorLine(_ line: String) -> String? {
    let complaint = arrange([line])
    // The line belongs to the site on which the question is asked.
    if learner.questionSite != nil { learner.taskStart = .of(loadedSite) }
    return complaint.map { Sentences.failure(for: $0).message }
  }

  public mutating func play(_ command: String) -> CommandOutput {
    let kept = learner.log.lines
    let before = revision
    let reply = obey(command)
    return CommandOutput(
      lines: reply.lines.map { $0.text }, failure: reply.failure?.message,
      isRecorded: learner.log.lines != kept,
      changesSite: revision != before)
  }
}

extension Parameter {
  /// Whether the command reads the words itself.
  fileprivate var isText: Bool {
    switch self {
    case .text, .rest, .commands: true
    case .optional(let inner): inner.contains { $0.isText }
    case .word, .value, .oneOf, .anyOrder, .many: false
    }
  }
}

/// Reads the words of commands without running them.
private struct PlainCommand {
  let topology: Topology

  /// Whether running the command could not show any other mistake in its words.
  func reads(_ command: String) -> Bool {
    guard let words = try? Words.split(command), let first = words.first,
      let found = try? Command.named(first)
    else { return false }
    if found.name == "whatif" {
      let rest = Session.commands(in: String(command.dropFirst(first.position.upperBound)))
      return !rest.isEmpty && rest.allSatisfy(reads)
    }
    let arguments = try? ArgumentMatcher.arguments(
      of: command, words: words, for: found.parameters, usage: "", topology: topology)
    return arguments != nil && !found.parameters.contains { $0.isText }
  }
}
