import Inspector

/// The commands that run other commands or facts on copies of the site.
enum TrialCommands {
  static let table: [Command] = [
    Command(
      "assert", .judge, reveals: .inside, [.text("FACT", .fact)],
      "Say what must hold; it fails where it does not. show facts lists facts.",
      example: "assert survives(break(server-1.app), read)",
      notes: ["FACT": "what must hold, such as survives(break(server-1), read); show facts lists them"],
      see: ["show", "whatif"],
      handler: .onTutor { tutor, words throws(Complaint) in
        let text = words.text("FACT") ?? ""
        let position = words.word("FACT")?.position.lowerBound ?? 0
        let evaluated = try tutor.evaluated(text, at: position)
        guard case .bool(let holds) = evaluated.value else { throw .notAnAssertion(text, evaluated) }
        guard holds else { throw .refuted(text, evaluated) }
        return CommandResponse([Line("  holds: \(evaluated.evidence.observation)")], evaluated.members)
      }),
    Command(
      "whatif", .judge, reveals: .copies, [.commands("COMMAND; COMMAND …")],
      "Do it on a copy, show what comes of it, change nothing.",
      example: "whatif set server-1 weight 3; send 8",
      notes: ["COMMAND; COMMAND …": "any commands; the whole rest of the line is tried"],
      see: ["undo", "send"],
      handler: .either(
        { tutor, words throws(Complaint) in
          try tutor.whatIf(words.text("COMMAND; COMMAND …") ?? "")
        },
        forPeople: { tutor, words, access throws(Complaint) in
          try tutor.whatIf(words.text("COMMAND; COMMAND …") ?? "", from: .person(access))
        })),
  ]
}
