import Blueprint
import Facts
import Inspector
import Simulator

/// Tests a task on copies of a session that has reached it.
struct TaskTest<Runner: LessonRunner> {
  private let task: LessonTask
  private let base: Runner
  private let isStrict: Bool
  private(set) var checks: [TestCheck] = []

  init(_ task: LessonTask, _ isStrict: Bool, base: Runner) {
    self.task = task
    self.isStrict = isStrict
    self.base = base
  }

  mutating func run() {
    checkStart()
    for (i, solution) in task.solutions.enumerated() { check(solution, i + 1) }
    for (i, wrong) in task.wrongAnswers.enumerated() { check(wrong, i + 1) }
    for (i, variant) in task.variants.enumerated() { check(variant, i + 1) }
    if let question = task.question {
      check(formsOf: question)
      checkNonsense()
      check(dependenceOf: question)
      check(remarksOf: question)
    } else if isStrict {
      checkUnrealChanges()
    }
    checkReadOnlyCommands()
  }

  private mutating func add(_ name: String, at position: FilePosition, _ message: [String]) {
    checks.append(TestCheck(name, at: position, message))
  }

  /// Returns a copy with a new allowance of work.
  private func copy() -> Runner {
    base.allowNextCheck()
    return base
  }

  // MARK: Start and solutions

  /// Checks that the goal is not reached at the start and that the right answer can be derived.
  private mutating func checkStart() {
    let runner = copy()
    if !task.goals.isEmpty {
      let check = GoalCheck(task.goals, in: runner.factContext, ticked: [])
      let unchecked = check.lines.compactMap { line in
        if case .unchecked(let why) = line.state {
          "\(line.goal.label): it could not be checked: \(why)"
        } else {
          nil
        }
      }
      let met =
        ["the goal is reached at the start, before anything is done"]
        + check.lines.compactMap { $0.evidence?.observation }
      add("not met at the start", at: task.position, check.isMet ? met : unchecked)
    }
    guard let question = task.question else { return }
    do throws(FactProblem) {
      _ = try AnswerJudge(question, in: runner.factContext).derived()
      add("derived", at: question.position, [])
    } catch {
      add("derived", at: question.position, ["the right answer cannot be derived: \(error.message)"])
    }
  }

  /// Checks that a solution is accepted, but not before its last step that changes the site.
  private mutating func check(_ solution: Solution, _ number: Int) {
    var runner = copy()
    var message: [String] = []
    var earlyCommand: String?
    for line in solution.lines {
      for command in Runner.commands(in: line.text) {
        let wasOver = runner.isOver
        let unreal = isStrict ? UnrealSettings.all(in: runner.simulation.topology) : []
        let result = runner.play(command)
        if let failure = result.failure, message.isEmpty {
          message =
            ["line \(line.position.line): “\(command)” is refused: \(failure)"] + derivedWords(on: runner)
        }
        if isStrict, message.isEmpty,
          !UnrealSettings.all(in: runner.simulation.topology).isSubset(of: unreal)
        {
          message = ["line \(line.position.line): “\(command)” sets what no real site can have"]
        }
        if wasOver, result.changesSite, earlyCommand == nil { earlyCommand = command }
      }
    }
    if message.isEmpty, !runner.isOver { message = notSolved(runner) }
    if message.isEmpty, let earlyCommand {
      message = ["the goal is reached already before “\(earlyCommand)”"]
    }
    add("solution \(number)", at: solution.position, message)
  }

  private func notSolved(_ runner: Runner) -> [String] {
    guard task.question == nil else {
      return ["the solution is not accepted"]
        + (runner.study?.reviewEntries.last?.feedback.map { feedback(of: $0) } ?? [])
    }
    var runner = runner
    return ["the solution does not reach the goal"] + runner.play("check").lines
  }

  private func feedback(of feedback: Feedback) -> [String] {
    ["expected: \(feedback.points.first?.answer ?? "")", "derived: \(feedback.derived)"]
      + feedback.points.prefix(1).flatMap {
        ["run: \($0.commandsRun.joined(separator: "; "))", "seen: \($0.observation)"]
      }
  }

  private func derivedWords(on runner: Runner) -> [String] {
    guard let question = task.question,
      let derived = try? AnswerJudge(question, in: runner.factContext).derived()
    else {
      return []
    }
    return [
      "derived: \(derived.value.answerText)", "run: \(derived.evidence.commands.joined(separator: "; "))",
      "seen: \(derived.evidence.observation)",
    ]
  }

  // MARK: Wrong answers

  private mutating func check(_ wrong: WrongAnswer, _ number: Int) {
    var runner = copy()
    var result = runner.playAll(wrong.input.text)
    if task.question == nil, result.failure == nil { result = runner.play("check") }
    var message: [String] = []
    if runner.isOver {
      message = ["it passes, and should not"] + derivedWords(on: runner)
    } else if let failure = result.failure {
      message = ["it is refused, and not judged: \(failure)"]
    } else if !result.joinedOutput.has(wrong.feedback) {
      message =
        ["the feedback does not contain “\(wrong.feedback)”", "it says:"] + result.lines.map { "  \($0)" }
    } else if base.isFoggy, let secret = task.secret(on: base), result.joinedOutput.names(secret) {
      message =
        ["the feedback tells what the fog hides: \(secret)", "it says:"] + result.lines.map { "  \($0)" }
    } else if task.question != nil, runner.study?.reviewEntries.last?.feedback?.points.isEmpty != false {
      message = ["the feedback shows nothing: no run, no reason"]
    }
    add(
      "wrong \(number)", at: wrong.input.position,
      message.isEmpty ? [] : ["input: \(wrong.input.text)"] + message)
  }

  // MARK: Other sites

  private mutating func check(_ variant: Variant, _ number: Int) {
    var runner = copy()
    var message: [String] = []
    for command in variant.commands {
      if let failure = runner.runAuthorLine(command.text) { message = [failure] }
    }
    if message.isEmpty {
      let result = runner.play(variant.answer.text)
      if !runner.isOver {
        message =
          ["expected: \(variant.answer.text.dropFirst(7))"] + derivedWords(on: runner)
          + (result.failure.map { ["it is refused: \($0)"] } ?? [])
      }
    }
    add("variant \(number)", at: variant.answer.position, message)
  }

  /// Checks that the right answer depends on the site.
  private mutating func check(dependenceOf question: Question) {
    guard let here = try? AnswerJudge(question, in: copy().factContext).derived() else { return }
    let siteChanges =
      task.variants.map { $0.commands.map { $0.text } } + SiteChanges.commands(base.simulation).map { [$0] }
    for commands in siteChanges {
      var runner = copy()
      guard commands.allSatisfy({ runner.runAuthorLine($0) == nil }),
        let there = try? AnswerJudge(question, in: runner.factContext).derived()
      else { continue }
      if there.value != here.value { return add("depends on the world", at: question.position, []) }
    }
    add(
      "depends on the world", at: question.position,
      [
        "the answer is \(here.value.answerText) whatever is changed",
        "add a ```tripod variant in which another one is right",
      ])
  }

  /// Checks that no setting alone reaches the goal at a value that no real site can have.
  private mutating func checkUnrealChanges() {
    let start = copy().factContext
    // A goal that is not reached at the start probably decides, so it is tried first.
    let goals = task.goals.map { ($0, isMet: $0.isMet(in: start)) }
    // A goal that is reached at the start fails another check.
    guard goals.contains(where: { !$0.isMet }) else { return }
    let sorted = (goals.filter { !$0.isMet } + goals.filter { $0.isMet }).map { $0.0 }
    var change: String?
    for group in UnrealSettings.changes(of: base.simulation.topology)
    where change == nil && areReached(sorted, by: group) {
      change = group.first { areReached(sorted, by: [$0]) }
    }
    add(
      "not met by what is unreal", at: task.position,
      change.map { ["“\($0)” alone reaches the goal, and no real site can have that"] } ?? [])
  }

  /// Whether the commands reach the goals on a copy.
  private func areReached(_ goals: [Goal], by commands: [String]) -> Bool {
    var runner = copy()
    guard commands.allSatisfy({ runner.runAuthorLine($0) == nil }), runner.simulation != base.simulation
    else {
      return false
    }
    let context = runner.factContext
    return goals.allSatisfy { $0.isMet(in: context) }
  }

  /// Checks that each value after `when` can be an answer on this site or in a variant.
  private mutating func check(remarksOf question: Question) {
    guard !question.remarks.isEmpty, let type = try? AnswerJudge(question, in: base.factContext).type() else {
      return
    }
    var sites = [base.simulation.topology]
    for variant in task.variants {
      var runner = copy()
      for command in variant.commands where runner.runAuthorLine(command.text) != nil { break }
      sites.append(runner.simulation.topology)
    }
    for remark in question.remarks {
      // A list is one answer, and everything else is several.
      let values = remark.values.map { $0.text }
      let answers = question.kind == .list ? [values.joined(separator: ", ")] : values
      for answer in answers {
        let reasons = sites.compactMap { site -> String? in
          do throws(UnreadableAnswer) {
            _ = try AnswerReader(question, type: type, topology: site).answer(from: answer)
            return nil
          } catch {
            return error.message
          }
        }
        guard reasons.count == sites.count, let reason = reasons.first else { continue }
        add(
          "when \(answer)", at: remark.values.first?.position ?? question.position,
          ["“\(answer)” is not an answer, here or in a variant: \(reason)"])
      }
    }
  }

  // MARK: Other forms of an answer

  private mutating func check(formsOf question: Question) {
    guard let derived = try? AnswerJudge(question, in: copy().factContext).derived() else { return }
    let forms = AnswerVariants(question, derived.value, base.simulation.topology)
    add("other forms", at: question.position, first(of: forms.right, isRight: true))
    add("one more or less", at: question.position, first(of: forms.wrong, isRight: false))
  }

  /// Returns a report about the first answer that is not judged as it should be.
  private func first(of answers: [String], isRight: Bool) -> [String] {
    for answer in answers {
      var runner = copy()
      let result = runner.play("answer \(answer)")
      if runner.isOver != isRight {
        return ["“\(answer)” should be \(isRight ? "accepted" : "refuted")"] + derivedWords(on: base)
          + (result.failure.map { ["it says: \($0)"] } ?? [])
      }
    }
    return []
  }

  private mutating func checkNonsense() {
    var message: [String] = []
    for input in AnswerVariants.nonsense {
      var runner = copy()
      _ = runner.play("answer \(input)")
      if runner.isOver { message = ["“\(input.prefix(40))” is accepted"] }
    }
    add("nonsense", at: task.position, message)
  }

  /// Checks that commands that only show something do not change anything.
  private mutating func checkReadOnlyCommands() {
    var message: [String] = []
    let siteCommands = base.isFoggy ? ["alerts"] : ["show", "describe"]
    for command in ["goal", "tasks"] + siteCommands + (task.goals.isEmpty ? [] : ["check"]) {
      var runner = copy()
      if let failure = runner.play(command).failure { message = ["\(command) is refused: \(failure)"] }
      if runner.simulation != base.simulation || runner.study?.tasks != base.study?.tasks {
        message = ["\(command) changes something"]
      }
    }
    add("looking changes nothing", at: task.position, message)
  }
}

extension LessonRunner {
  /// Whether the current task is solved.
  fileprivate var isOver: Bool { study?.record?.status == .solved }
}

extension Goal {
  fileprivate func isMet(in context: FactContext) -> Bool {
    (try? context.evaluated(fact.text).value) == .bool(true)
  }
}

extension LessonTask {
  /// The right answer that feedback must not reveal.
  fileprivate func secret<Runner: LessonRunner>(on runner: Runner) -> String? {
    guard let question, question.kind == .component || question.kind == .set else { return nil }
    return (try? AnswerJudge(question, in: runner.factContext).derived())?.value.answerText
  }
}

extension String {
  /// Whether the name occurs as a separate word.
  fileprivate func names(_ name: String) -> Bool {
    split { !($0.isLetter || $0.isNumber || "-._".contains($0)) }.contains { word in
      word == name || word == "\(name)."
    }
  }
}
