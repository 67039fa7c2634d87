import Blueprint
import Inspector

/// The commands that belong to no other group.
enum GeneralCommands {
  static let table: [Command] = [
    Command(
      "source", .other, reveals: .nothing, [.value("FILE", .file)],
      "Run the commands of a file, as one step.",
      example: "source site.tripod", notes: ["FILE": "commands, one or more a line"],
      see: ["load", "save"],
      handler: .withFiles { tutor, words, access throws(Complaint) in
        try source(&tutor, words.text("FILE") ?? "", access)
      }),
    Command("clear", .other, reveals: .nothing, [], "Clear the screen.", example: "clear") {
      _, _ throws(Complaint) in
      var answer = CommandResponse()
      answer.effect = .clearedScreen
      return answer
    },
    Command(
      "quit", .other, reveals: .nothing, [], "End Tripod; `exit` and Ctrl-D do the same.", example: "quit",
      see: ["leave", "resume"],
      handler: .either(
        { _, _ throws(Complaint) in quit([]) },
        forPeople: { tutor, _, access throws(Complaint) in quit(keptLines(tutor, access)) })),
  ]
}

extension GeneralCommands {
  private static func quit(_ lines: [Line]) -> CommandResponse {
    var answer = CommandResponse(lines)
    answer.effect = .quit
    return answer
  }

  /// Returns what is kept of the lesson and the site, and what to type to return to it.
  private static func keptLines(_ tutor: Tutor, _ access: FileAccess) -> [Line] {
    let isInLesson = tutor.learner.study?.isAfterLastTask == false
    let isLessonKept = isInLesson && tutor.learner.log.unwritten.isEmpty
    let isSiteKept = access.savedSites.isCurrentSiteStored()
    guard isLessonKept || isSiteKept else { return [] }
    guard isLessonKept else {
      return [
        Line("Your site is kept. Type ") + HomePage.code("tripod") + Line(", then ")
          + HomePage.code("resume") + Line(" to continue.")
      ]
    }
    let kept = isSiteKept ? "Your lesson and your site are kept." : "Your lesson is kept."
    return [Line("\(kept) Type ") + HomePage.code("tripod learn") + Line(" to continue.")]
  }

  private static func source(_ tutor: inout Tutor, _ path: String, _ access: FileAccess) throws(Complaint)
    -> CommandResponse
  {
    let text = try access.read(path).text(of: path)
    let before = tutor
    tutor.session.beginScript(tutor.session.line)
    let typed = tutor.session.line
    do {
      var replies: [Reply] = []
      try tutor.runLines(of: text, named: path, from: .person(access)) { replies.append($0) }
      tutor.session.endScript()
      tutor.session.line = typed
      var answer = CommandResponse(
        replies.flatMap { $0.lines }, [JSON.Member(.replies, .array(replies.map { $0.json }))])
      answer.effect = replies.last?.effect
      return answer
    } catch {
      tutor = before
      throw error
    }
  }
}
