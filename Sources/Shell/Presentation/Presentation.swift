import Blueprint
import Course
import Simulator

/// A lesson's demonstration for a class. It takes typed lines and shows frames.
///
/// Other commands may be typed between the steps; `next` then restores the exact site of the script.
public struct Presentation: Sendable {
  /// The size of the frames. If `rows` is nil, a frame can have any height.
  public var window = Window(columns: 80, rows: nil)
  public private(set) var isOver = false
  /// Whether a command of the script failed.
  public private(set) var hasFailed = false

  private let lesson: Lesson
  private let steps: [DemonstrationStep]
  private let playsItself: Bool
  /// The state at the start of the script, and the state after each step that was run.
  private var positions: [ScriptPosition]
  /// The current state, including all commands typed outside the script.
  private var currentTutor: Tutor
  private var hasLeftScript = false
  private var phase = Phase.ready
  private var classAnswer: ClassAnswer?
  /// The text that was shown last. It is shortened if it does not fit, unlike the foot.
  private var body: [Line]
  private var foot: [Line] = []
  /// How many lines of the body were shown on earlier pages.
  private var shownLineCount = 0

  public struct Window: Equatable, Sendable {
    public var columns: Int
    public var rows: Int?

    public init(columns: Int, rows: Int?) {
      self.columns = columns
      self.rows = rows
    }
  }

  private struct ScriptPosition {
    let tutor: Tutor
    let body: [Line]
    let foot: [Line]
  }

  private enum Phase {
    /// The next command is shown after the prompt.
    case ready
    /// The class is asked to predict what the command does.
    case questionPrompt
  }

  /// Begins the demonstration of the named lesson on the lesson's own site. The learner's progress does not
  /// change.
  public init(_ word: String, on tutor: Tutor, playsItself: Bool) throws(Failure) {
    var tutor = tutor
    do throws(Complaint) {
      lesson = try tutor.library.lesson(named: word)
      tutor.loadedSite = try tutor.site(of: lesson)
    } catch {
      throw Sentences.failure(for: error)
    }
    tutor.history = History()
    tutor.leave()
    steps = lesson.shownDemonstration.steps
    self.playsItself = playsItself
    currentTutor = tutor
    body = Presentation.opening(of: lesson, playsItself: playsItself)
    positions = [ScriptPosition(tutor: tutor, body: body, foot: [])]
  }

  private static func opening(of lesson: Lesson, playsItself: Bool) -> [Line] {
    let hints =
      playsItself
      ? ["Space goes on at once, Ctrl-C ends it."]
      : [
        "Enter runs the command below. Type any other to try it; next comes back.",
        "notes are yours, back goes a step back, Ctrl-L is a clean slate, quit leaves.",
      ]
    return [Line("  \(lesson.title)", .accent)] + hints.map { Line("  \($0)", .faint) }
  }
}

// MARK: - Input

extension Presentation {
  /// Handles a typed line. A command of the script runs with the author's access, any other command with that
  /// of `origin`.
  public mutating func handle(_ line: String, from origin: CommandOrigin = .author) {
    let text = Words.trimmed(line)
    switch text.lowercased() {
    case "", "next": advance()
    case "clean":
      classAnswer = nil
      restoreScript()
    case "back": goBack()
    case "more": showNextPage()
    case "notes": showNotes(notes)
    case "notes all": showNotes(allNotes)
    default:
      if phase == .questionPrompt, !Presentation.isCommand(text) {
        vote(text)
      } else if let step, Session.commands(in: text) == Session.commands(in: step.run.text) {
        advance()
      } else {
        obey(text, from: origin)
      }
    }
  }

  /// The next step of the script; nil at the end.
  private var step: DemonstrationStep? { positions.count <= steps.count ? steps[positions.count - 1] : nil }

  /// Whether all steps of the script have been run.
  public var isAtEnd: Bool { step == nil }

  private mutating func advance() {
    guard !hasLeftScript else { return restoreScript() }
    guard let step else { return }
    if phase == .ready, step.allowsGuess { ask() } else { run(step) }
  }

  /// Restores the exact state of the script and shows its text.
  private mutating func restoreScript() {
    let position = positions[positions.count - 1]
    currentTutor = position.tutor
    currentTutor.screen = screen
    hasLeftScript = false
    phase = .ready
    show(position.body, position.foot)
  }

  /// Shows the next lines of a text that did not fit. After the last lines, shows the first lines again.
  private mutating func showNextPage() {
    let next = shownLineCount + layout.shown
    shownLineCount = next < body.count ? next : 0
  }

  private mutating func goBack() {
    if !hasLeftScript, phase == .ready, positions.count > 1 { positions.removeLast() }
    classAnswer = nil
    restoreScript()
  }

  private mutating func ask() {
    guard let step else { return }
    phase = .questionPrompt
    currentTutor = startingTutor(of: step)
    // The drawing must show the site that the question is about.
    if Session.commands(in: step.run.text).first == "reset" { _ = currentTutor.obey("reset") }
    let isVote = step.question.map { !$0.choices.isEmpty } == true
    let answer = isVote ? "the votes (a 12 b 7, or one by one)" : "a guess"
    show(
      [],
      ClassAnswerText(screen: currentTutor.screen).questionPrompt(step, classAnswer)
        + (playsItself ? [] : [Line("  Type \(answer), or press Enter to run the command.", .faint)]))
  }

  private mutating func vote(_ text: String) {
    let choices = step?.question?.choices ?? []
    let vote = ClassAnswer(text, choices: choices.count, after: classAnswer)
    ask()
    // A mistyped vote does not replace the votes that were counted so far.
    if case .words = vote, !choices.isEmpty, hasVotes || ClassAnswer.hasVoteSyntax(text) {
      let letters = Sentences.either(choices.map { $0.letter })
      return foot.append(Line("  \(Sentences.quote(text)) is not a vote: type \(letters)", .failed))
    }
    classAnswer = vote
    ask()
  }

  private var hasVotes: Bool { if case .votes = classAnswer { true } else { false } }

  /// Shows notes for the teacher, above the question if one is asked.
  private mutating func showNotes(_ notes: [Line]) { show(notes, phase == .questionPrompt ? foot : []) }

  private mutating func run(_ step: DemonstrationStep) {
    let before = startingTutor(of: step)
    currentTutor = before
    let (output, failure) = runScript(step.run.text)
    guard failure?.code != "interrupted" else {
      currentTutor = before
      phase = .ready
      return show(output)
    }
    hasFailed = hasFailed || failure != nil
    var verdict = ClassAnswerText(screen: before.screen).verdict(
      step.question, classAnswer, in: before.factContext())
    classAnswer = nil
    if positions.count == steps.count, !playsItself {
      verdict.append(Line("  That is all of it; back goes one step back, quit leaves.", .faint))
    }
    positions.append(ScriptPosition(tutor: currentTutor, body: output, foot: verdict))
    restoreScript()
  }

  /// Returns the tutor in the state in which the step runs.
  private func startingTutor(of step: DemonstrationStep) -> Tutor {
    var tutor = positions[step.startsOnFirstSite ? 0 : positions.count - 1].tutor
    tutor.screen = screen
    return tutor
  }

  /// Runs a line that is not part of the script.
  private mutating func obey(_ text: String, from origin: CommandOrigin) {
    let before = currentTutor.revision
    let (output, _) = runCommand(text, from: origin)
    hasLeftScript = hasLeftScript || currentTutor.revision != before || currentTutor.isAway
    phase = .ready
    show(output)
  }

  /// Runs a line of the script within the author's limits of work and output.
  private mutating func runScript(_ line: String) -> ([Line], Failure?) {
    let outer = currentTutor.session.limits
    currentTutor.session.limits = outer.ofAuthor
    defer { currentTutor.session.limits = outer }
    return runCommand(line, from: .author)
  }

  private mutating func runCommand(_ line: String, from origin: CommandOrigin) -> ([Line], Failure?) {
    currentTutor.screen = screen
    var output = Line("  tripod> \(Sentences.clean(line, most: 400))", .accent).wrapped(to: window.columns)
    for command in Session.commands(in: line) {
      let reply = currentTutor.obey(command, from: origin)
      output += reply.shown
      if case .author = origin { output = output.cut(to: Limits.mostAuthorLines) }
      if reply.effect == .quit { isOver = true }
      if isOver || !reply.isOK { return (output, reply.failure) }
    }
    return (output, nil)
  }

  private mutating func show(_ body: [Line], _ foot: [Line] = []) {
    self.body = body
    self.foot = foot
    shownLineCount = 0
  }

  private var screen: Screen { Screen(width: window.columns) }

  /// Whether the line begins with the full name of a command. A guess rarely does.
  private static func isCommand(_ text: String) -> Bool {
    let first = text.split(separator: " ").first?.lowercased() ?? ""
    return Command.all.contains { $0.name == first }
  }
}

// MARK: - Notes

extension Presentation {
  private var notes: [Line] {
    let notes = step?.notes ?? []
    guard !notes.isEmpty else {
      return [Line("  no notes for this step; notes all shows those of the lesson", .faint)]
    }
    return lines(of: notes.map { $0.text })
  }

  private var allNotes: [Line] {
    let ofTasks = lesson.tasks.flatMap { task in
      task.notes.isEmpty
        ? [] : [Line("  \(InlineText.plain(task.title))", .accent)] + lines(of: task.notes.map { $0.text })
    }
    return ofTasks.isEmpty ? [Line("  this lesson has no notes", .faint)] : ofTasks
  }

  private func lines(of notes: [String]) -> [Line] {
    notes.flatMap { note in
      InlineText(note.split(whereSeparator: { $0.isNewline }).joined(separator: " "))
        .wrapped(to: currentTutor.width, first: "  ", rest: "  ")
    }
  }
}

// MARK: - Output

extension Presentation {
  public var frame: Frame {
    let layout = layout
    return Frame(
      drawing: layout.drawing, text: layout.text.map { $0.cut(to: max(1, window.columns)) }, prompt: prompt,
      suggestedCommand: suggestedCommand, isQuestion: phase == .questionPrompt)
  }

  /// Returns the candidates for the end of a line.
  public func completion(of line: String) -> Completion { currentTutor.completion(of: line) }

  private var layout: Layout {
    let columns = max(1, window.columns)
    let promptRows = (prompt.text.count + suggestedCommand.count) / columns + 1
    return Layout(
      drawings: currentTutor.loadedSite.drawings(width: columns),
      body: Array(body.dropFirst(shownLineCount)), foot: foot,
      rows: window.rows.map { max(0, $0 - promptRows) } ?? Int.max)
  }

  private var prompt: Line {
    let number = "\(positions.count)/\(steps.count)"
    let position =
      hasLeftScript ? "live" : step == nil ? "end" : phase == .questionPrompt ? "\(number) guess" : number
    return Line("tripod", .accent) + Line(" \(lesson.id) \(position)> ")
  }

  private var suggestedCommand: String {
    guard !hasLeftScript else { return "next" }
    return phase == .questionPrompt ? "" : step?.run.text ?? ""
  }
}

extension DemonstrationStep {
  /// Whether a class can guess the outcome: the step has a question, or a command in it changes the site.
  fileprivate var allowsGuess: Bool {
    questionText != nil || question != nil
      || Session.commands(in: run.text).contains { Command.changesSite($0) }
  }
}

extension Command {
  fileprivate static func changesSite(_ command: String) -> Bool {
    guard let first = try? Words.split(command).first, let found = try? named(first) else { return false }
    switch found.group {
    case .act, .fail, .build: return true
    case .look, .judge, .undo, .learn, .other: return false
    }
  }
}
