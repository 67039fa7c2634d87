import Course

extension Tutor {
  /// Returns a whole lesson as a terminal shows it.
  public func wholePage(ofLesson id: String, width: Int) throws(Failure) -> [Line] {
    var (lesson, reader) = try open(id)
    reader.screen.width = width
    var lines =
      [Line("\(lesson.title) · about \(lesson.minutes) minutes", .accent)] + reader.page(lesson.opening)
    for (number, task) in lesson.tasks.enumerated() {
      // The demos of a task run on the site of the task.
      reader.allowNextCheck()
      try? reader.go(to: .task(number))
      lines +=
        [Line(), Line("\(number + 1). \(InlineText.plain(task.title))", .accent)] + reader.page(task.text)
      for (i, hint) in task.hints.enumerated() {
        lines += [Line(), Line("  hint \(i + 1)", .faint)] + reader.page(hint).dropFirst()
      }
      lines +=
        [Line(), Line("  solution", .faint)] + reader.page(task.explanation).dropFirst()
        + reader.page(task.after)
    }
    return lines
  }

  /// Returns a lesson, and a copy of the tutor at the lesson's start.
  func open(_ id: String) throws(Failure) -> (lesson: Lesson, reader: Tutor) {
    var reader = self
    reader.allowNextCheck()
    do throws(Complaint) {
      let lesson = try library.lesson(named: id)
      try reader.start(lesson, keeping: [], asksRecall: false)
      return (lesson, reader)
    } catch {
      throw Sentences.failure(for: error)
    }
  }

  /// What to say about the lesson that the learner left unfinished, if the lesson is not in the library. Such
  /// a lesson was loaded from a file.
  public var absentLessonLine: Line? {
    library.unfinishedLesson(progress).map { HomePage.absentLessonLine($0) }
  }

  /// Returns the id of the lesson to offer to a person who did not name one.
  public func lessonToContinue(isShort: Bool) -> String? {
    library.lessonToContinue(isShort: isShort, progress)
  }

  /// Returns a lesson, or its answer key, as Markdown to print.
  public func worksheet(ofLesson id: String, showsSolutions: Bool) throws(Failure) -> [String] {
    let (lesson, reader) = try open(id)
    return LessonWorksheet(lesson, reader, showsSolutions: showsSolutions).lines
  }
}
