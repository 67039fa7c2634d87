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
    Command("quit", .other, reveals: .nothing, [], "Leave; exit does the same.", example: "quit") {
      _, _ throws(Complaint) in
      var answer = CommandResponse()
      answer.effect = .quit
      return answer
    },
  ]
}

extension GeneralCommands {
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
