import Facts
import Inspector

/// Runs a lesson as a test: each check is named, and says where it failed and why.
public struct LessonTrial<Ground: Playground> {
  let lesson: Lesson
  private let empty: Ground
  /// At its start.
  private var begun: Ground
  private(set) var checks: [TestCheck] = []
  /// Stands where a learner stands who has done everything so far.
  private var walker: Ground
  /// What that learner typed.
  private var lines: [String] = []

  /// The checks of a lesson's file. Only the task of that id is looked at, where one is given.
  public static func test(
    _ text: String, file: String, ground: Ground, only: String? = nil, knows: (String) -> Bool
  ) -> TestedFile {
    let reader = LessonReader(text, file: file)
    let lesson = reader.lesson
    var tested = TestedFile(id: lesson.id, file: file)
    tested.isUnreadable = reader.isOfAnotherFormat
    tested.checks = reader.problems.map { TestCheck("\(lesson.id) › parses", at: $0.place, [$0.sentence]) }
    guard reader.problems.isEmpty else { return tested }
    var trial = LessonTrial(lesson, on: ground)
    trial.run(only: only, knows: knows)
    tested.checks = trial.checks
    return tested
  }

  private init(_ lesson: Lesson, on ground: Ground) {
    self.lesson = lesson
    empty = ground
    begun = ground
    walker = ground
  }

  mutating func add(_ name: String, at place: Place, _ message: [String]) {
    checks.append(TestCheck("\(lesson.id) › \(name)", at: place, message))
  }

  private mutating func run(only: String?, knows: (String) -> Bool) {
    add("parses", at: Place(1), [])
    for need in lesson.needs where !knows(need.text) {
      add("needs", at: need.place, ["there is no lesson “\(need.text)”"])
    }
    checkFacts()
    guard checks.allSatisfy({ $0.isOK }) else { return }
    walker.allowNextCheck()
    if let trouble = walker.begin(lesson) { return add("start", at: lesson.start.place, [trouble]) }
    add("start", at: lesson.start.place, [])
    begun = walker
    check(demosIn: lesson.opening, "demo", on: walker)
    if walker.study?.stage == .recall { type("skip") }
    for (number, task) in lesson.tasks.enumerated() where !empty.isSpent { walk(task, number, only) }
    guard !empty.isSpent else {
      return add("work", at: Place(1), ["it takes more work than a test may do; send fewer requests"])
    }
    if only == nil {
      checkWays()
      checkDemonstration()
    }
  }

  /// Facts are read and their types checked before anything is run.
  private mutating func checkFacts() {
    for task in lesson.tasks {
      for (fact, question) in task.facts {
        do throws(FactProblem) {
          let type = try Fact(question?.full(fact.text) ?? fact.text).type
          guard let question, fact == question.expect, !question.kind.fits(type) else { continue }
          add(
            "\(task.id) › kind", at: question.place,
            ["\(type.words) is no answer of kind \(question.kind.rawValue)"])
        } catch {
          let isPlain = question?.run == nil
          let place = isPlain ? fact.place.moved(by: error.place.lowerBound) : fact.place
          let hint = error.hint.isEmpty ? "" : "; \(error.hint)"
          add("\(task.id) › facts", at: place, ["\(error.message)\(hint)"])
        }
      }
    }
  }

  private mutating func type(_ line: String) {
    for command in Ground.commands(in: line) where walker.play(command).isKept { lines.append(command) }
  }

  /// Tries a task, then does it and goes on.
  private mutating func walk(_ task: LessonTask, _ number: Int, _ only: String?) {
    walker.allowNextCheck()
    guard walker.study?.stage == .task(number) else {
      return add(
        "\(task.id) › setup", at: task.setup.first?.place ?? task.place, ["the task cannot be entered"])
    }
    if only == nil || only == task.id {
      var trial = TaskTrial(task, base: walker)
      trial.run()
      for check in trial.checks { add("\(task.id) › \(check.name)", at: check.place, check.message) }
      for (i, hint) in task.hints.enumerated() {
        check(demosIn: hint, "\(task.id) › hint \(i + 1), demo", on: walker)
      }
      check(demosIn: task.text, "\(task.id) › demo", on: walker)
      check(demosIn: task.explanation, "\(task.id) › solution, demo", on: walker)
    }
    for line in task.solutions.first?.lines ?? [] { type(line.text) }
    check(demosIn: task.after, "\(task.id) › demo behind it", on: walker)
    let isOpen = walker.study?.record?.status == .open
    walker.allowNextCheck()
    // A setup that fails shows here.
    var before = walker
    type(isOpen ? "skip" : "next")
    if walker.study?.stage == before.study?.stage, number + 1 < lesson.tasks.count {
      let said = before.play(isOpen ? "skip" : "next")
      let next = lesson.tasks[number + 1]
      add(
        "\(next.id) › setup", at: next.setup.first?.place ?? next.place, [said.failure ?? "the setup fails"])
    }
  }

  private mutating func check(demosIn blocks: [Block], _ name: String, on ground: Ground) {
    var ground = ground
    ground.leave()
    var number = 0
    for case .demo(let demo) in blocks {
      number += 1
      ground.allowNextCheck()
      add("\(name) \(number)", at: demo.place, DemoTrial(demo).mismatch(on: &ground) ?? [])
    }
  }

  /// What a class is shown, from the site that the lesson begins with.
  private mutating func checkDemonstration() {
    guard let demonstration = lesson.demonstration else { return }
    var ground = empty
    ground.allowNextCheck()
    if ground.enterSite(of: lesson) != nil { return }
    let trouble = DemonstrationTrial(demonstration).trouble(on: &ground)
    add("demonstration", at: trouble?.place ?? demonstration.place, trouble?.message ?? [])
  }

  // MARK: The whole way

  private mutating func checkWays() {
    add("skipping", at: Place(1), skipping())
    add("resuming", at: Place(1), resuming())
  }

  /// Nothing but `skip` leads to the end.
  private func skipping() -> [String] {
    var ground = begun
    ground.allowNextCheck()
    for _ in 0..<(lesson.tasks.count + 2) where ground.study?.stage != .over {
      if let failure = ground.play("skip").failure { return ["skip is refused: \(failure)"] }
    }
    guard let study = ground.study, study.stage == .over else { return ["skip does not lead to the end"] }
    let isSkipped = study.tasks.allSatisfy { $0.status == .skipped }
    return isSkipped ? [] : ["what is only skipped counts as something else"]
  }

  /// A learner who is thrown out after each line and comes back stands where they stood.
  ///
  /// To come back is to begin and to obey what the journal holds: so whoever has come back after one line has done all
  /// but the next one of what has to be done after that. Once it is done from the beginning.
  private func resuming() -> [String] {
    var straight = begun
    var other = begun
    var kept: [String] = []
    var journal =
      JournalLine(
        .began(run: "a", lesson: lesson.id, fingerprint: lesson.fingerprint, from: .start(kept: []))
      ).text + "\n"
    for (number, line) in lines.enumerated() {
      for ground in [straight, other] { ground.allowNextCheck() }
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
    var whole = empty
    whole.allowNextCheck()
    if let trouble = whole.resume(lesson, kept) { return [trouble] }
    return whole.isSame(as: straight) ? [] : ["resuming at the end leads elsewhere"]
  }
}

extension LessonTask {
  /// Every fact that the task states, with the question that it belongs to.
  var facts: [(Phrase, Question?)] {
    var all: [(Phrase, Question?)] = []
    for goal in goals {
      all.append((goal.fact, nil))
      all += (goal.otherwise?.facts ?? []).map { ($0, nil) }
    }
    guard let question else { return all }
    all += (question.expect.map { [($0, question)] } ?? []) + question.choices.map { ($0.fact, question) }
    let texts =
      question.choices.compactMap { $0.otherwise } + question.remarks.map { $0.text }
      + [question.otherwise, question.because, question.recallOtherwise, question.recallBecause]
      .compactMap { $0 }
    return all + texts.flatMap { $0.facts }.map { ($0, question) }
  }
}

extension Phrase {
  /// The facts that stand in braces in a text.
  fileprivate var facts: [Phrase] { text.factsInBraces.map { Phrase($0, at: place) } }
}

extension Question.Kind {
  /// Whether the value of a fact can be answered so.
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
