import Facts
import Inspector

/// Runs a lesson as a test. Each check has a name, a position, and the reasons if it fails.
public struct LessonTest<Runner: LessonRunner> {
  let lesson: Lesson
  /// Whether the checks run that the built-in lessons do not pass yet.
  let isStrict: Bool
  private let initial: Runner
  /// The runner just after it has entered the lesson.
  private var entered: Runner
  private(set) var checks: [TestCheck] = []
  /// The runner of a learner who has solved all tasks so far.
  private var learner: Runner
  /// The lines that this learner typed.
  private var lines: [String] = []

  /// Returns the checks of a lesson's file, or only those of one task.
  public static func test(
    _ text: String, file: String, runner: Runner, only: String? = nil, isStrict: Bool = TestRules.areStrict,
    lessonExists: (String) -> Bool
  ) -> TestedFile {
    let reader = LessonReader(text, file: file)
    let lesson = reader.lesson
    var tested = TestedFile(id: lesson.id, file: file)
    tested.isUnreadable = reader.isOfAnotherFormat
    tested.checks = reader.problems.map { TestCheck("\(lesson.id) › parses", at: $0.position, [$0.sentence]) }
    guard reader.problems.isEmpty else { return tested }
    var test = LessonTest(lesson, isStrict, on: runner)
    test.run(only: only, lessonExists: lessonExists)
    tested.checks = test.checks
    return tested
  }

  private init(_ lesson: Lesson, _ isStrict: Bool, on runner: Runner) {
    self.lesson = lesson
    self.isStrict = isStrict
    initial = runner
    entered = runner
    learner = runner
  }

  mutating func add(_ name: String, at position: FilePosition, _ message: [String]) {
    checks.append(TestCheck("\(lesson.id) › \(name)", at: position, message))
  }

  private mutating func run(only: String?, lessonExists: (String) -> Bool) {
    add("parses", at: FilePosition(1), [])
    for need in lesson.needs where !lessonExists(need.text) {
      add("needs", at: need.position, ["there is no lesson “\(need.text)”"])
    }
    checkFacts()
    guard checks.allSatisfy({ $0.isOK }) else { return }
    learner.allowNextCheck()
    if let problem = learner.begin(lesson) { return add("start", at: lesson.start.position, [problem]) }
    add("start", at: lesson.start.position, [])
    entered = learner
    if only == nil { checkPage() }
    if isStrict { checkSentences(only) }
    var first = initial
    if first.enterSite(of: lesson) == nil { check(backedPhrasesOf: .opening, on: first) }
    check(demosIn: lesson.opening, "demo", on: learner)
    if learner.study?.stage == .recall { type("skip") }
    for (number, task) in lesson.tasks.enumerated() where !initial.isUsedUp { test(task, number, only) }
    guard !initial.isUsedUp else {
      return add("work", at: FilePosition(1), ["it takes more work than a test may do; send fewer requests"])
    }
    if only == nil {
      checkWholeLesson()
      checkDemonstration()
    }
  }

  /// Reads all facts and checks their types, before anything is run.
  private mutating func checkFacts() {
    for task in lesson.tasks {
      for (fact, question) in task.facts {
        do throws(FactProblem) {
          let type = try Fact(question?.fullFact(fact.text) ?? fact.text).type
          guard let question, fact == question.expect, !question.kind.fits(type) else { continue }
          add(
            "\(task.id) › kind", at: question.position,
            ["\(type.words) is no answer of kind \(question.kind.rawValue)"])
        } catch {
          let isPlain = question?.run == nil
          let position = isPlain ? fact.position.moved(by: error.position.lowerBound) : fact.position
          let hint = error.hint.isEmpty ? "" : "; \(error.hint)"
          add("\(task.id) › facts", at: position, ["\(error.message)\(hint)"])
        }
      }
    }
  }

  private mutating func type(_ line: String) {
    for command in Runner.commands(in: line) where learner.play(command).isRecorded { lines.append(command) }
  }

  /// Tests a task, then solves it and continues.
  private mutating func test(_ task: LessonTask, _ number: Int, _ only: String?) {
    learner.allowNextCheck()
    guard learner.study?.stage == .task(number) else {
      return add(
        "\(task.id) › setup", at: task.setup.first?.position ?? task.position, ["the task cannot be entered"])
    }
    if only == nil || only == task.id {
      var test = TaskTest(task, isStrict, base: learner)
      test.run()
      for check in test.checks { add("\(task.id) › \(check.name)", at: check.position, check.message) }
      for (i, hint) in task.hints.enumerated() {
        check(demosIn: hint, "\(task.id) › hint \(i + 1), demo", on: learner)
      }
      check(demosIn: task.text, "\(task.id) › demo", on: learner)
      check(demosIn: task.explanation, "\(task.id) › solution, demo", on: learner)
      check(backedPhrasesOf: .task(number), task, on: learner)
    }
    let unsolved = learner
    for line in task.solutions.first?.lines ?? [] { type(line.text) }
    if only == nil || only == task.id { check(commandsIn: task, on: unsolved, or: learner) }
    check(demosIn: task.after, "\(task.id) › demo behind it", on: learner)
    if only == nil || only == task.id { check(backedPhrasesOf: .after(number), task, on: learner) }
    let isOpen = learner.study?.record?.status == .open
    learner.allowNextCheck()
    // If the setup of the next task fails, the learner stays in the current task.
    var before = learner
    type(isOpen ? "skip" : "next")
    if learner.study?.stage == before.study?.stage, number + 1 < lesson.tasks.count {
      let said = before.play(isOpen ? "skip" : "next")
      let next = lesson.tasks[number + 1]
      add(
        "\(next.id) › setup", at: next.setup.first?.position ?? next.position,
        [said.failure ?? "the setup fails"])
    }
  }

  private mutating func check(demosIn blocks: [Block], _ name: String, on runner: Runner) {
    var runner = runner
    runner.leave()
    var number = 0
    for case .demo(let demo) in blocks {
      number += 1
      runner.allowNextCheck()
      add("\(name) \(number)", at: demo.position, DemoTest(demo).mismatch(on: &runner) ?? [])
    }
  }

  /// Tests the demonstration on the first site of the lesson.
  private mutating func checkDemonstration() {
    var runner = initial
    runner.allowNextCheck()
    if runner.enterSite(of: lesson) != nil { return }
    check(backedPhrasesOf: .demonstration, on: runner)
    guard let demonstration = lesson.demonstration else { return }
    let problem = DemonstrationTest(demonstration).problem(on: &runner)
    add("demonstration", at: problem?.position ?? demonstration.position, problem?.message ?? [])
  }

  // MARK: The whole lesson

  private mutating func checkWholeLesson() {
    add("skipping", at: FilePosition(1), problemsWhenSkipping())
    add("resuming", at: FilePosition(1), problemsWhenResuming())
  }

  /// Skips all tasks, which must lead to the end.
  private func problemsWhenSkipping() -> [String] {
    var runner = entered
    runner.allowNextCheck()
    for _ in 0..<(lesson.tasks.count + 2) where runner.study?.stage != .over {
      if let failure = runner.play("skip").failure { return ["skip is refused: \(failure)"] }
    }
    guard let study = runner.study, study.stage == .over else { return ["skip does not lead to the end"] }
    let isSkipped = study.tasks.allSatisfy { $0.status == .skipped }
    return isSkipped ? [] : ["what is only skipped counts as something else"]
  }

  /// Checks that a learner can leave after each line and resume.
  ///
  /// Resuming means to enter the lesson and to obey the lines of the journal. Resuming after each line would
  /// repeat all earlier lines, so only the last line is obeyed. At the end, all lines are obeyed once from
  /// the start.
  private func problemsWhenResuming() -> [String] {
    var straight = entered
    var other = entered
    var kept: [String] = []
    var journal =
      JournalLine(
        .began(run: "a", lesson: lesson.id, fingerprint: lesson.fingerprint, from: .start(kept: []))
      ).text + "\n"
    for (number, line) in lines.enumerated() {
      for runner in [straight, other] { runner.allowNextCheck() }
      _ = straight.play(line)
      journal += JournalLine(.line(run: "a", number: number + 1, line)).text + "\n"
      let before = kept
      kept = Progress(journal).lastRun(of: lesson.id)?.lines ?? []
      guard kept.dropLast().elementsEqual(before), let last = kept.last else {
        return ["after “\(line)”, the journal tells something else"]
      }
      _ = other.play(last)
      if !other.isSame(as: straight) { return ["after “\(line)”, resuming leads elsewhere"] }
    }
    var whole = initial
    whole.allowNextCheck()
    if let problem = whole.resume(lesson, kept) { return [problem] }
    return whole.isSame(as: straight) ? [] : ["resuming at the end leads elsewhere"]
  }
}

extension LessonTask {
  /// Every fact of the task, with its question.
  var facts: [(Phrase, Question?)] {
    var all: [(Phrase, Question?)] = []
    for goal in goals {
      all.append((goal.fact, nil))
      all += (goal.otherwiseText?.facts ?? []).map { ($0, nil) }
    }
    guard let question else { return all }
    all += (question.expect.map { [($0, question)] } ?? []) + question.choices.map { ($0.fact, question) }
    let texts =
      question.choices.compactMap { $0.otherwiseText } + question.remarks.map { $0.text }
      + [question.otherwiseText, question.reason, question.recallOtherwiseText, question.recallReason]
      .compactMap { $0 }
    return all + texts.flatMap { $0.facts }.map { ($0, question) }
  }
}

extension Phrase {
  /// The facts in braces.
  fileprivate var facts: [Phrase] { text.factsInBraces.map { Phrase($0, at: position) } }
}

extension Question.AnswerKind {
  /// Whether a value of the type can be an answer of this kind.
  func fits(_ type: FactType) -> Bool {
    switch (self, type) {
    case (.set, .set), (.set, .counts), (.list, .list), (.number, .number), (.number, .rate),
      (.duration, .duration),
      (.status, .status), (.component, .component), (.kind, .kind), (.flag, .bool), (.component, .word),
      (.choice, _), (.claims, _):
      true
    default: false
    }
  }
}
