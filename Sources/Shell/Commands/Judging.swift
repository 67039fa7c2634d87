import Inspector

extension Command {
  static let judging: [Command] = [
    Command(
      "assert", .judge, sees: .inside, [.text("FACT", .fact)],
      "Say what must hold; it fails where it does not. show facts lists facts.",
      example: "assert survives(break(server-1.app), read)",
      notes: ["FACT": "what must hold, such as survives(break(server-1), read); show facts lists them"],
      see: ["show", "whatif"]
    ) { session, words throws(Complaint) in
      let text = words.text("FACT") ?? ""
      let place = words.word("FACT")?.place.lowerBound ?? 0
      let judged = try session.judged(text, at: place)
      guard case .bool(let holds) = judged.value else { throw .notAnAssertion(text, judged) }
      guard holds else { throw .refuted(text, judged) }
      return Answer([Line("  holds: \(judged.evidence.saw)")], judged.members)
    },
    Command(
      "whatif", .judge, sees: .copies, [.commands("COMMAND; COMMAND …")],
      "Do it on a copy, show what comes of it, change nothing.",
      example: "whatif set server-1 weight 3; send 8",
      notes: ["COMMAND; COMMAND …": "any commands; the whole rest of the line is tried"],
      see: ["undo", "send"]
    ) { session, words throws(Complaint) in
      try session.whatIf(words.text("COMMAND; COMMAND …") ?? "")
    },
  ]
}

extension Judged {
  var members: [JSON.Member] { [JSON.Member("value", value.json), JSON.Member("witness", evidence.json)] }

  /// The value, and how to see it.
  var answer: Answer {
    var lines = [Line("  \(value.text)", .accent), Line("  \(evidence.saw)")]
    lines += evidence.commands.prefix(4).map { Line("  \($0)", .faint) }
    return Answer(lines, members)
  }
}

extension Session {
  /// Everything that can be asked.
  var factsAnswer: Answer {
    var lines = [Line("What can be asked, with show FACT and assert FACT", .accent)]
    lines += Fact.table.map { Line("  \(Column.left($0.usage, 34)) ") + Line($0.meaning) }
    for owner in FactField.Owner.allCases {
      lines.append(Line(owner.title, .accent))
      lines += Fact.fields.filter { $0.owner == owner }.map {
        Line("  \(Column.left(".\($0.name)", 20)) ") + Line($0.meaning)
      }
    }
    lines.append(Line("  and or not in == != < <= > >= =~ ± + - * / ∩ ∪ without {a, b} [a, b]", .faint))
    let facts = Fact.table.map { entry in
      JSON.object([
        JSON.Member("name", .string(entry.name)), JSON.Member("usage", .string(entry.usage)),
        JSON.Member("type", .string(entry.type.words)), JSON.Member("meaning", .string(entry.meaning)),
      ])
    }
    return Answer(lines, [JSON.Member("facts", .array(facts))])
  }
}

extension FactField.Owner {
  fileprivate var title: String {
    switch self {
    case .run: "of run(…)"
    case .latency: "of latencies"
    case .request: "of a request"
    case .counts: "of counts"
    case .collection: "of sets and lists"
    case .component: "of components"
    }
  }
}
