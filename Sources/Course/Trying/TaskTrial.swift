import Blueprint
import Facts
import Inspector
import Simulator

/// Tries one task out, on copies of the place where a learner stands who has come to it.
struct TaskTrial<Ground: Playground> {
  private let task: LessonTask
  private let base: Ground
  private(set) var checks: [TestCheck] = []

  init(_ task: LessonTask, base: Ground) {
    self.task = task
    self.base = base
  }

  mutating func run() {
    checkStart()
    for (i, solution) in task.solutions.enumerated() { check(solution, i + 1) }
    for (i, wrong) in task.wrongs.enumerated() { check(wrong, i + 1) }
    for (i, variant) in task.variants.enumerated() { check(variant, i + 1) }
    if let question = task.question {
      check(formsOf: question)
      checkNonsense()
      check(dependenceOf: question)
    }
    checkLooking()
  }

  private mutating func add(_ name: String, at place: Place, _ message: [String]) {
    checks.append(TestCheck(name, at: place, message))
  }

  /// A copy with work to spend.
  private func copy() -> Ground {
    base.allowNextCheck()
    return base
  }

  // MARK: Start and solutions

  /// Neither the goal is reached at the start nor the answer impossible to derive there.
  private mutating func checkStart() {
    let ground = copy()
    if !task.goals.isEmpty {
      let check = GoalCheck(task.goals, in: ground.factWorld, ticked: [])
      let unchecked = check.lines.compactMap { line in
        if case .unchecked(let why) = line.state {
          "\(line.goal.label): it could not be checked: \(why)"
        } else {
          nil
        }
      }
      let met =
        ["the goal is reached at the start, before anything is done"]
        + check.lines.compactMap { $0.evidence?.saw }
      add("not met at the start", at: task.place, check.isMet ? met : unchecked)
    }
    guard let question = task.question else { return }
    do throws(FactProblem) {
      _ = try Judging(question, in: ground.factWorld).derived()
      add("derived", at: question.place, [])
    } catch {
      add("derived", at: question.place, ["the right answer cannot be derived: \(error.message)"])
    }
  }

  /// It passes, and not before its last step that changes something.
  private mutating func check(_ solution: Solution, _ number: Int) {
    var ground = copy()
    var message: [String] = []
    var early: String?
    for line in solution.lines {
      for command in Ground.commands(in: line.text) {
        let wasOver = ground.isOver
        let echo = ground.play(command)
        if let failure = echo.failure, message.isEmpty {
          message =
            ["line \(line.place.line): “\(command)” is refused: \(failure)"] + derivedWords(on: ground)
        }
        if wasOver, echo.isDeed, early == nil { early = command }
      }
    }
    if message.isEmpty, !ground.isOver { message = notSolved(ground) }
    if message.isEmpty, let early { message = ["the goal is reached already before “\(early)”"] }
    add("solution \(number)", at: solution.place, message)
  }

  private func notSolved(_ ground: Ground) -> [String] {
    guard task.question == nil else {
      return ["the solution is not accepted"]
        + (ground.study?.sheet.last?.feedback.map { feedback(of: $0) } ?? [])
    }
    var ground = ground
    return ["the solution does not reach the goal"] + ground.play("check").lines
  }

  private func feedback(of feedback: Feedback) -> [String] {
    ["expected: \(feedback.exhibits.first?.said ?? "")", "derived: \(feedback.derived)"]
      + feedback.exhibits.prefix(1).flatMap { ["run: \($0.ran.joined(separator: "; "))", "seen: \($0.saw)"] }
  }

  private func derivedWords(on ground: Ground) -> [String] {
    guard let question = task.question, let derived = try? Judging(question, in: ground.factWorld).derived()
    else {
      return []
    }
    return [
      "derived: \(derived.value.said)", "run: \(derived.evidence.commands.joined(separator: "; "))",
      "seen: \(derived.evidence.saw)",
    ]
  }

  // MARK: Wrong answers

  private mutating func check(_ wrong: Wrong, _ number: Int) {
    var ground = copy()
    var echo = ground.playAll(wrong.input.text)
    if task.question == nil, echo.failure == nil { echo = ground.play("check") }
    var message: [String] = []
    if ground.isOver {
      message = ["it passes, and should not"] + derivedWords(on: ground)
    } else if let failure = echo.failure {
      message = ["it is refused, and not judged: \(failure)"]
    } else if !echo.flat.has(wrong.feedback) {
      message =
        ["the feedback does not contain “\(wrong.feedback)”", "it says:"] + echo.lines.map { "  \($0)" }
    } else if base.isFoggy, let secret = task.secret(on: base), echo.flat.names(secret) {
      message =
        ["the feedback tells what the fog hides: \(secret)", "it says:"] + echo.lines.map { "  \($0)" }
    } else if task.question != nil, ground.study?.sheet.last?.feedback?.exhibits.isEmpty != false {
      message = ["the feedback shows nothing: no run, no reason"]
    }
    add(
      "wrong \(number)", at: wrong.input.place,
      message.isEmpty ? [] : ["input: \(wrong.input.text)"] + message)
  }

  // MARK: Worlds

  private mutating func check(_ variant: Variant, _ number: Int) {
    var ground = copy()
    var message: [String] = []
    for command in variant.commands {
      if let failure = ground.arrange(command.text) { message = [failure] }
    }
    if message.isEmpty {
      let echo = ground.play(variant.answer.text)
      if !ground.isOver {
        message =
          ["expected: \(variant.answer.text.dropFirst(7))"] + derivedWords(on: ground)
          + (echo.failure.map { ["it is refused: \($0)"] } ?? [])
      }
    }
    add("variant \(number)", at: variant.answer.place, message)
  }

  /// Somewhere another answer is right, or the model is not asked at all.
  private mutating func check(dependenceOf question: Question) {
    guard let here = try? Judging(question, in: copy().factWorld).derived() else { return }
    let worlds = task.variants.map { $0.commands.map { $0.text } } + Changes.of(base.simulation).map { [$0] }
    for commands in worlds {
      var ground = copy()
      guard commands.allSatisfy({ ground.arrange($0) == nil }),
        let there = try? Judging(question, in: ground.factWorld).derived()
      else { continue }
      if there.value != here.value { return add("depends on the world", at: question.place, []) }
    }
    add(
      "depends on the world", at: question.place,
      [
        "the answer is \(here.value.said) whatever is changed",
        "add a ```tripod variant in which another one is right",
      ])
  }

  // MARK: Forms

  private mutating func check(formsOf question: Question) {
    guard let derived = try? Judging(question, in: copy().factWorld).derived() else { return }
    let forms = Forms(question, derived.value, base.simulation.topology)
    add("other forms", at: question.place, first(of: forms.right, isRight: true))
    add("one more or less", at: question.place, first(of: forms.wrong, isRight: false))
  }

  /// What the first answer that is judged otherwise was.
  private func first(of answers: [String], isRight: Bool) -> [String] {
    for answer in answers {
      var ground = copy()
      let echo = ground.play("answer \(answer)")
      if ground.isOver != isRight {
        return ["“\(answer)” should be \(isRight ? "accepted" : "refuted")"] + derivedWords(on: base)
          + (echo.failure.map { ["it says: \($0)"] } ?? [])
      }
    }
    return []
  }

  private mutating func checkNonsense() {
    var message: [String] = []
    for input in Forms.nonsense {
      var ground = copy()
      _ = ground.play("answer \(input)")
      if ground.isOver { message = ["“\(input.prefix(40))” is accepted"] }
    }
    add("nonsense", at: task.place, message)
  }

  /// What only looks changes nothing.
  private mutating func checkLooking() {
    var message: [String] = []
    let looks = base.isFoggy ? ["alerts"] : ["show", "describe"]
    for command in ["goal", "tasks"] + looks + (task.goals.isEmpty ? [] : ["check"]) {
      var ground = copy()
      if let failure = ground.play(command).failure { message = ["\(command) is refused: \(failure)"] }
      if ground.simulation != base.simulation || ground.study?.tasks != base.study?.tasks {
        message = ["\(command) changes something"]
      }
    }
    add("looking changes nothing", at: task.place, message)
  }
}

extension Playground {
  /// Whether the task at hand counts as solved.
  fileprivate var isOver: Bool { study?.record?.status == .solved }
}

extension LessonTask {
  /// What nobody may learn before the answer is right.
  fileprivate func secret<Ground: Playground>(on ground: Ground) -> String? {
    guard let question, question.kind == .component || question.kind == .set else { return nil }
    return (try? Judging(question, in: ground.factWorld).derived())?.value.said
  }
}

extension String {
  /// Whether the name stands in it as a word of its own.
  fileprivate func names(_ name: String) -> Bool {
    split { !($0.isLetter || $0.isNumber || "-._".contains($0)) }.contains { word in
      word == name || word == "\(name)."
    }
  }
}
