import Blueprint
import Course
import Facts
import Inspector

extension Session {
  /// Judges what was answered, in the learner's own world.
  mutating func answer(_ text: String) throws(Complaint) -> Answer {
    let study = try studying()
    if study.stage == .friend { return try keepWords(text) }
    guard let question = study.question else {
      throw .untimely(
        study.stage == .over ? "the lesson is over" : "this task asks nothing",
        hint: study.stage == .over ? "lessons lists the next ones" : "goal says what is to be reached")
    }
    switch AnswerJudge(question, in: factWorld(of: study)).verdict(on: text) {
    case .unreadable(let problem): throw .unreadableAnswer(problem.message, hint: problem.hint)
    case .unchecked(let reason): throw .unchecked(reason)
    case .right(let feedback): return accept(text, feedback, question)
    case .wrong(let feedback): return refute(text, isFoggy ? feedback.fromOutside : feedback, question)
    }
  }

  /// Whether a line that is no command reads as an answer to the question that is open.
  func isAnswer(_ line: String) -> Bool {
    guard learning.parked == nil, let study = learning.study, study.isOpen, let question = study.question,
      let type = try? AnswerJudge(question, in: factWorld(of: study)).type()
    else { return false }
    return (try? AnswerReader(question, type: type, topology: knownTopology).answer(from: line)) != nil
  }

  private mutating func enter(_ text: String, _ feedback: Feedback, isRight: Bool) {
    var segments = Words.trimmed(text).split(separator: " ").map(String.init)
    let confidence =
      segments.count > 1 ? segments.last.flatMap { GivenAnswer.Confidence(rawValue: $0.lowercased()) } : nil
    if confidence != nil { segments.removeLast() }
    let entry = Study.ReviewEntry(
      task: learning.study?.task?.id, said: segments.joined(separator: " "), isRight: isRight,
      confidence: confidence, feedback: feedback)
    learning.study?.sheet.append(entry)
    learning.study?.record?.attempts += 1
    learning.study?.proof = feedback.points.first?.ran ?? []
  }

  private mutating func accept(_ text: String, _ feedback: Feedback, _ question: Question) -> Answer {
    enter(text, feedback, isRight: true)
    let lines = [Line("  \(feedback.headline)")] + feedback.points.flatMap { told($0, isRight: true) }
    return Answer(lines + end(as: .solved), feedback.members(isRight: true) + stageMembers)
  }

  private mutating func refute(_ text: String, _ feedback: Feedback, _ question: Question) -> Answer {
    enter(text, feedback, isRight: false)
    var lines = feedback.headline.isEmpty ? [] : [Line("  \(feedback.headline)")]
    lines += feedback.points.flatMap { told($0, isRight: false) }
    if isFoggy {
      lines.append(Line("  the fog is as it was\(hintsLeft)", .faint))
    } else if question.isPrediction, learning.study?.record?.wasAskedBack == false {
      learning.study?.record?.wasAskedBack = true
      lines.append(Line("  What did happen? Answer once more; why plays it again.", .faint))
    } else {
      lines.append(Line("  why plays it again\(hintsLeft)", .faint))
    }
    return Answer(lines, feedback.members(isRight: false) + stageMembers)
  }

  private var hintsLeft: String {
    guard let study = learning.study, let task = study.task, let record = study.record else {
      return ", next goes on"
    }
    let left = task.hints.count - record.hints
    if left <= 0 { return ", solution shows the answer" }
    return record.hints == 0 ? ", hint gives the first of \(left)" : ", hint gives one more"
  }

  /// The task is over, and how; the journal learns of it.
  mutating func end(as status: Study.Status) -> [Line] {
    guard let study = learning.study else { return [] }
    if study.stage == .recall {
      learning.study?.recall?.isOver = true
      return [Line("  next begins the lesson", .faint)]
    }
    guard let record = study.record else { return [] }
    // What was shown stays shown, whatever is typed afterwards; what was skipped may still be solved.
    if record.status == .open || (record.status == .skipped && status != .open) {
      learning.study?.record?.status = status
      keepLater(.ended(lesson: study.lesson.id, task: record.id, status))
      if learning.study?.tasks.allSatisfy({ $0.status.isOver }) == true {
        keepLater(.finished(lesson: study.lesson.id))
      }
    }
    return liftFogOfTask(as: status) + (status == .skipped ? [] : [Line("  next goes on", .faint)])
  }

  /// It is over with its task; to whoever skipped, nothing is told.
  private mutating func liftFogOfTask(as status: Study.Status) -> [Line] {
    guard let fog = scene.fog, fog.isHere, fog.isOfTask else { return [] }
    scene.fog?.isHere = false
    return status == .skipped ? [] : scene.revelation.map { Line("  ") + $0 }
  }

  private mutating func keepWords(_ text: String) throws(Complaint) -> Answer {
    guard let study = learning.study else { throw .notInLesson }
    let words = Words.trimmed(text)
    learning.study?.words = words
    keepLater(.said(lesson: study.lesson.id, words))
    return Answer([Line("  kept; next ends the lesson", .faint)], stageMembers)
  }
}

extension Feedback {
  /// Without what was run and seen, which would tell what the fog hides.
  fileprivate var fromOutside: Feedback {
    Feedback(
      headline: headline,
      points: points.map {
        Point(said: $0.said, isOmission: $0.isOmission, ran: [], saw: "", because: $0.because)
      },
      derived: "")
  }

  func members(isRight: Bool) -> [JSON.Member] {
    let points = points.map { point in
      JSON.object([
        JSON.Member("said", .string(point.said)),
        JSON.Member("ran", .array(point.ran.map { .string($0) })),
        JSON.Member("saw", .string(point.saw)),
        JSON.Member("because", point.because.map { .string($0) } ?? .null),
      ])
    }
    return [JSON.Member("right", .flag(isRight)), JSON.Member("feedback", .array(points))]
  }
}
