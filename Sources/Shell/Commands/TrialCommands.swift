import Inspector

/// The commands that run other commands or facts on copies of the site.
enum TrialCommands {
  static let table: [Command] = [
    Command(
      "assert", .judge, sees: .inside, [.text("FACT", .fact)],
      "Say what must hold; it fails where it does not. show facts lists facts.",
      example: "assert survives(break(server-1.app), read)",
      notes: ["FACT": "what must hold, such as survives(break(server-1), read); show facts lists them"],
      see: ["show", "whatif"],
      handler: .onTutor { tutor, words throws(Complaint) in
        let text = words.text("FACT") ?? ""
        let place = words.word("FACT")?.place.lowerBound ?? 0
        let judged = try tutor.judged(text, at: place)
        guard case .bool(let holds) = judged.value else { throw .notAnAssertion(text, judged) }
        guard holds else { throw .refuted(text, judged) }
        return Answer([Line("  holds: \(judged.evidence.saw)")], judged.members)
      }),
    Command(
      "whatif", .judge, sees: .copies, [.commands("COMMAND; COMMAND …")],
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
