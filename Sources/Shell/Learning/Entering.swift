import Blueprint
import Course
import Facts
import Inspector
import Simulator

extension Session {
  /// Goes into a lesson: where one left it, or at its start.
  mutating func enter(
    _ lesson: Lesson, anew: Bool, _ journal: ProgressJournal
  ) throws(Complaint) -> Answer {
    let progress = progress
    if !anew, let way = progress.lastRun(of: lesson.id), way.run.fingerprint == lesson.fingerprint,
      !way.lines.isEmpty, var answer = try resume(lesson, way, journal)
    {
      answer.lines += regrets(progress)
      return answer
    }
    let kept = anew ? [] : progress[lesson.id]?.tasks ?? []
    let before = self
    do throws(Complaint) {
      try start(lesson, keeping: kept)
      begin(lesson, from: .start(kept: kept), in: journal)
      var answer = try opening(of: lesson)
      answer.lines += regrets(progress)
      return answer
    } catch {
      // If the lesson cannot be entered, the session stays as it was.
      self = before
      throw error
    }
  }

  /// What a lesson shows first, with its first question.
  private mutating func opening(of lesson: Lesson) throws(Complaint) -> Answer {
    var lines = [Line("\(lesson.title) · about \(lesson.minutes) minutes", .accent)]
    if learning.study?.tasks.contains(where: { $0.status.isOver }) == true {
      lines.append(Line("What you did before is kept; tasks lists it.", .faint))
    }
    lines += page(lesson.opening)
    return try Answer(lines + stageLines(), stageMembers)
  }

  /// The design that it begins with, and the first task that is not over, or the question before it.
  mutating func start(_ lesson: Lesson, keeping kept: [Progress.TaskProgress]) throws(Complaint) {
    try start(lesson, on: try site(of: lesson))
    learning.study?.adopt(kept)
    let next = learning.study?.tasks.firstIndex { !$0.status.isOver } ?? 0
    if next > 0, learning.study?.stage != .recall { try go(to: .task(next)) }
  }

  mutating func site(of lesson: Lesson) throws(Complaint) -> Scene {
    if let design = design(named: lesson.start.text) {
      return try withAuthorLimits { session throws(Complaint) in try session.build(design) }
    }
    guard lesson.start.text == "new" else {
      throw .brokenLesson(lesson.id, problem: "there is no design “\(Sentences.clean(lesson.start.text))”")
    }
    return Scene(Simulation(), design: "new")
  }

  private mutating func start(_ lesson: Lesson, on scene: Scene) throws(Complaint) {
    self.scene = scene
    history = History()
    let before = learning
    learning = Learning()
    learning.runs = before.runs
    learning.unkept = before.unkept
    learning.isReplaying = before.isReplaying
    learning.home = .of(scene)
    learning.study = Study(lesson, start: scene.simulation)
    if let recall = recall(for: lesson) {
      learning.study = Study(lesson, start: scene.simulation, recall: recall)
    } else {
      try go(to: .task(0))
    }
  }

  /// A question of a lesson that this one needs, which the site at hand can answer too.
  private func recall(for lesson: Lesson) -> Study.Recall? {
    for need in lesson.needs.reversed() {
      guard let earlier = try? self.lesson(named: need.text) else { continue }
      let fitting = earlier.tasks.compactMap { $0.question }.filter { question in
        question.recall != nil && (try? AnswerJudge(question, in: factWorld()).derived()) != nil
      }
      guard !fitting.isEmpty else { continue }
      // Not always the first one, and yet the same for everybody.
      let pick = lesson.id.utf8.reduce(lesson.number) { $0 &+ Int($1) } % fitting.count
      return Study.Recall(lesson: earlier.id, question: fitting[pick].recalled)
    }
    return nil
  }

  /// Goes to a stage, with the commands that prepare its task, and looks what holds there already.
  mutating func go(to stage: Study.LessonStage) throws(Complaint) {
    // A task that wants fog brings its own.
    scene.fog?.isHere = false
    learning.study?.go(to: stage, start: scene.simulation, steps: history.steps.count)
    if let task = learning.study?.task, !task.setup.isEmpty {
      try prepare(task)
      learning.study?.go(to: stage, start: scene.simulation, steps: history.steps.count)
    }
    learning.taskStart = .of(scene)
    guard let study = learning.study, let task = study.task, !task.goals.isEmpty else { return }
    let check = GoalCheck(task.goals, in: factWorld(of: study), ticked: [])
    learning.study?.ticked = check.ticks
  }

  private mutating func prepare(_ task: LessonTask) throws(Complaint) {
    let typed = line
    depth += 1
    beginScript("the setup of \(task.id)")
    let trouble = arrange(task.setup.map { $0.text })
    // Before the step ends, so that it holds whichever way leads back to it.
    scene.fog?.isOfTask = true
    endScript()
    depth -= 1
    line = typed
    if let trouble { throw trouble }
  }

  /// Obeys lines of the lesson's author.
  mutating func arrange(_ lines: [String]) -> Complaint? {
    learning.isArranging = true
    defer { learning.isArranging = false }
    do throws(Complaint) {
      try withAuthorLimits { session throws(Complaint) in
        for command in lines.flatMap(Session.commands) {
          if let failure = session.obey(command).failure { throw .inWhatIf(command, failure) }
        }
      }
      return nil
    } catch {
      return error
    }
  }

  // MARK: What is shown

  /// Blocks of a lesson; a demo is run on a copy of the site at hand.
  func page(_ blocks: [Block]) -> [Line] {
    var page = Page(width: min(screen.width, 90))
    var copy = rehearsalSpace
    copy.screen = Screen(width: screen.width - 2)
    var room = Session.mostAuthorLines
    page.add(blocks) { demo in
      let lines = copy.play(demo, most: room)
      room = max(0, room - lines.count)
      return lines.map { Line("  ") + $0 }
    }
    return page.lines.isEmpty ? [] : [Line()] + page.lines
  }

  /// The commands of a demo, each with its output, in no more lines than that.
  mutating func play(_ demo: Demo, most: Int = Session.mostAuthorLines) -> [Line] {
    var lines: [Line] = []
    for step in demo.steps where lines.count < most {
      lines.append(Line("tripod> \(step.command.text)", .accent))
      for command in Session.commands(in: step.command.text) where lines.count < most {
        lines += obey(command).shown
      }
    }
    return lines.cut(to: most)
  }

  /// The task or question at hand.
  func stageLines() throws(Complaint) -> [Line] {
    guard let study = learning.study else { throw .notInLesson }
    switch study.stage {
    case .recall:
      let text = study.recall?.question.recall?.text ?? ""
      return [Line(), Line("First, from \(study.recall?.lesson ?? "")", .accent)]
        + Inline(text).wrapped(to: width, first: "  ", rest: "  ") + askingLines(study) + [
          Line("  next goes on without it", .faint)
        ]
    case .task(let number):
      let task = study.lesson.tasks[number]
      return [Line(), Line("\(number + 1) of \(study.tasks.count) · \(Inline.plain(task.title))", .accent)]
        + page(task.text).dropFirst() + askingLines(study) + goalLines(task, study.ticked)
    case .friend:
      return [Line(), Line("To end with", .accent)]
        + Inline(study.lesson.friend).wrapped(to: width, first: "  ", rest: "  ")
        + [Line("  answer with a sentence of yours; it is kept for you, and nobody judges it", .faint)]
    case .over: return summaryLines(study)
    }
  }

  var width: Int { min(screen.width, 90) }

  private func askingLines(_ study: Study) -> [Line] {
    guard let question = study.question else { return [] }
    let judging = AnswerJudge(question, in: factWorld(of: study))
    var lines =
      question.run.map { [Line(), Line("  about to run  ", .faint) + Line($0.text, .accent)] } ?? []
    if question.kind.isOfClaims { lines.append(Line()) }
    for choice in question.choices {
      lines += Inline(choice.text).wrapped(to: width, first: "  \(choice.letter)  ", rest: "     ")
    }
    let type = (try? judging.type()) ?? .text
    let form = AnswerReader(question, type: type, topology: scene.simulation.topology).form
    let sure = question.isPrediction ? "; add sure or guess if you like" : ""
    return lines + Line("  \(form)\(sure)", .faint).wrapped(to: width)
  }

  private func goalLines(_ task: LessonTask, _ ticked: [Bool]) -> [Line] {
    guard !task.goals.isEmpty else { return [] }
    let lines = zip(task.goals, ticked).map { goal, isTicked in
      isTicked
        ? Line("  ● \(goal.label): yes", .accent)
        : Line("  ○ \(goal.label)\(goal.when == .once ? " (once)" : "")")
    }
    return lines + [Line("  each line is looked at after every command; check looks now", .faint)]
  }

  private func summaryLines(_ study: Study) -> [Line] {
    let counts = [
      (study.count(.solved), "solved"), (study.count(.shown), "shown"), (study.count(.skipped), "skipped"),
    ]
    let open = study.count(.open)
    let words = (counts + [(open, "open")]).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(
      separator: ", ")
    return [
      Line(), Line("\(study.lesson.title): \(words)."),
      Line("  review writes it down; \(lessonBehind(study.lesson))", .faint),
    ]
  }

  var stageMembers: [JSON.Member] {
    guard let study = learning.study else { return [] }
    return [
      JSON.Member("lesson", .string(study.lesson.id)),
      JSON.Member("task", study.task.map { .string($0.id) } ?? .null),
    ]
  }
}

extension Reply {
  /// All that somebody at the keyboard sees.
  var shown: [Line] {
    guard let failure else { return lines }
    return lines + [Line(failure.message, .failed)]
      + (failure.hint.isEmpty ? [] : [Line("  \(failure.hint)", .faint)])
  }
}
