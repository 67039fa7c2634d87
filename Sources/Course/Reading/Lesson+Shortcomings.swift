extension Lesson {
  /// The problems of a lesson that can be read but is incomplete.
  var shortcomings: [LessonProblem] {
    var found: [LessonProblem] = []
    if tasks.isEmpty {
      found.append(
        LessonProblem(
          at: FilePosition(1), "the lesson has no task", hint: "<!-- task: id --> under a heading"))
    }
    if tasks.count > 40 {
      found.append(LessonProblem(at: tasks[40].position, "too many tasks", hint: "40 at most"))
    }
    if needs.contains(where: { $0.text == id }) {
      found.append(LessonProblem(at: needs[0].position, "the lesson needs itself"))
    }
    return found + tasks.flatMap { $0.shortcomings }
  }
}

extension LessonTask {
  fileprivate var shortcomings: [LessonProblem] {
    var found: [LessonProblem] = []
    func require(_ isMet: Bool, _ message: String, _ hint: String) {
      if !isMet { found.append(LessonProblem(at: position, "\(id): \(message)", hint: hint)) }
    }
    require(
      question != nil || !goals.isEmpty, "the task neither asks nor has a goal",
      "```tripod ask, or ```tripod goal")
    require(question == nil || goals.isEmpty, "the task asks and has a goal", "make it two tasks")
    require(!hints.isEmpty, "the task has no hint", "<details><summary>Hint 1</summary>")
    require(!solutions.isEmpty, "the task has no solution", "```tripod solution in <details>")
    require(
      wrongAnswers.count >= 2, "the task has fewer than two wrong answers",
      "```tripod wrong: answer lb-1 => missing")
    if question == nil, let variant = variants.first {
      found.append(LessonProblem(at: variant.answer.position, "\(id): a variant belongs to a question"))
    }
    if let position = setup.first?.position, setup.count > 200 {
      found.append(LessonProblem(at: position, "the setup is too long", hint: "200 commands at most"))
    }
    return found
  }
}
