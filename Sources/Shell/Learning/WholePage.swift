import Course

extension Session {
  /// A lesson from its first line to its last, as it reads in a terminal.
  public func wholePage(ofLesson id: String, width: Int) throws(Failure) -> [Line] {
    var (lesson, reader) = try opened(id)
    reader.screen.width = width
    var lines =
      [Line("\(lesson.title) · about \(lesson.minutes) minutes", .accent)] + reader.page(lesson.opening)
    for (number, task) in lesson.tasks.enumerated() {
      // Its demos are shown on the site that it is about.
      reader.allowNextCheck()
      try? reader.go(to: .task(number))
      lines += [Line(), Line("\(number + 1). \(Inline.plain(task.title))", .accent)] + reader.page(task.text)
      for (i, hint) in task.hints.enumerated() {
        lines += [Line(), Line("  hint \(i + 1)", .faint)] + reader.page(hint).dropFirst()
      }
      lines +=
        [Line(), Line("  solution", .faint)] + reader.page(task.explanation).dropFirst()
        + reader.page(task.after)
    }
    return lines
  }

  /// A lesson, and a copy that stands at its start.
  func opened(_ id: String) throws(Failure) -> (lesson: Lesson, reader: Session) {
    var reader = self
    reader.allowNextCheck()
    do throws(Complaint) {
      let lesson = try lesson(named: id)
      try reader.start(lesson, keeping: [])
      return (lesson, reader)
    } catch {
      throw Sentences.failure(for: error)
    }
  }

  /// The lesson that was left and is not at hand, such as one of a file.
  public var lessonElsewhere: String? {
    let progress = progress
    guard let last = progress.last, progress[last]?.isFinished == false,
      !lessons.contains(where: { $0.name == last })
    else { return nil }
    return last
  }

  /// The lesson to offer to somebody who names none: the last one, or the first that is not done.
  public func lessonToGoOn(isShort: Bool) -> String? {
    let progress = progress
    let course = course.filter { !isShort || $0.isShort }
    if let last = progress.last, progress[last]?.isFinished == false,
      course.contains(where: { $0.id == last })
    {
      return last
    }
    return course.first { progress[$0.id]?.isFinished != true }?.id ?? course.first?.id
  }
}
