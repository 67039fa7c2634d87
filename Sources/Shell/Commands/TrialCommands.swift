import Inspector

/// The commands that run other commands or facts on copies of the site.
enum TrialCommands {
  static let table: [Command] = [
    Command(
      "assert", .judge, reveals: .inside, [.text("FACT", .fact)],
      "Check a fact; the command fails if the fact is not true.",
      example: "assert survives(break(server-1.app), read)",
      notes: ["FACT": "a fact such as survives(break(server-1), read); `show facts` lists them"],
      see: ["show", "whatif"],
      handler: .onTutor { tutor, words throws(Complaint) in
        let text = words.text("FACT") ?? ""
        let position = words.word("FACT")?.position.lowerBound ?? 0
        let evaluated = try tutor.evaluated(text, at: position)
        guard case .bool(let holds) = evaluated.value else { throw .notAnAssertion(text, evaluated) }
        guard holds else { throw .refuted(text, evaluated) }
        return CommandResponse([Line("  It holds: \(evaluated.evidence.observation)")], evaluated.members)
      }),
    Command(
      "whatif", .judge, reveals: .copies, [.commands("COMMAND; COMMAND …")],
      "Run commands on a copy of the site; your site does not change.",
      example: "whatif set server-1 weight 3; send 8",
      notes: ["COMMAND; COMMAND …": "any commands, to the end of the line"],
      see: ["undo", "send"],
      handler: .either(
        { tutor, words throws(Complaint) in
          framed(try tutor.whatIf(words.text("COMMAND; COMMAND …") ?? ""), on: tutor.screen)
        },
        forPeople: { tutor, words, access throws(Complaint) in
          framed(
            try tutor.whatIf(words.text("COMMAND; COMMAND …") ?? "", from: .person(access)), on: tutor.screen)
        })),
  ]
}

extension TrialCommands {
  /// Marks the lines of a trial, so that they are not mistaken for the site itself.
  private static func framed(_ answer: CommandResponse, on screen: Screen) -> CommandResponse {
    var answer = answer
    let title = "── whatif: on a copy "
    let rule = title + String(repeating: "─", count: max(2, screen.width - title.count))
    answer.lines =
      [Line(rule, .attention)] + answer.lines + [Line("Nothing has changed on your site.", .attention)]
    return answer
  }
}
