import Facts
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
      see: ["undo", "send"],
      handler: .either(
        { session, words throws(Complaint) in
          try session.whatIf(words.text("COMMAND; COMMAND …") ?? "")
        },
        forPeople: { session, words, access throws(Complaint) in
          try session.whatIf(words.text("COMMAND; COMMAND …") ?? "", from: .person(access))
        })),
  ]
}

extension Judged {
  var members: [JSON.Member] {
    [JSON.Member("value", value.json)] + (value.range.map { [JSON.Member("range", $0)] } ?? [])
      + [JSON.Member("witness", evidence.json)]
  }

  /// The value, and how to see it.
  var answer: Answer {
    var lines = [Line("  \(value.text)", .accent), Line("  \(evidence.saw)")]
    let shown = evidence.commands.prefix(4)
    lines += shown.map { Line("  \($0)", .faint) }
    let rest = evidence.commands.count - shown.count
    if rest > 0 { lines.append(Line("  … and \(rest) more \(rest == 1 ? "line" : "lines")", .faint)) }
    return Answer(lines, members)
  }
}

extension Session {
  /// Everything that can be asked.
  var factsAnswer: Answer {
    var lines = [Line("What can be asked, with show FACT and assert FACT", .accent)]
    lines += Fact.table.map { Session.line($0.usage, 34, $0.type.words, $0.meaning) }
    for subject in FactField.Subject.allCases where subject != .reply {
      lines.append(Line(subject.title, .accent))
      lines += Fact.fields.filter { $0.subject == subject }.map {
        Session.line($0.usage, 20, $0.typeWords, $0.meaning)
      }
    }
    lines += [
      Line(
        "  run(COMMANDS).NAME is also whatever the last reply says by that name, as --json shows it;", .faint),
      Line("  where a fact has that name: run(COMMANDS).reply.NAME", .faint),
      Line("  and or not in == != < <= > >= =~ ± + - * / {a, b} [a, b]", .faint),
      Line("  of sets: union, intersect, without", .faint),
      Line("  what is said of a range, such as detection, holds where it holds for all of it", .faint),
      Line("  help FACT shows each with an example.", .faint),
    ]
    return Answer(lines, [JSON.Member("facts", .array(Fact.table.map { $0.json }))])
  }

  private static func line(_ usage: String, _ width: Int, _ type: String, _ meaning: String) -> Line {
    Line("  \(Column.left(usage, width)) ") + Line("\(meaning) (\(type))")
  }
}

extension FactEntry {
  var json: JSON {
    .object([
      JSON.Member("name", .string(name)), JSON.Member("usage", .string(usage)),
      JSON.Member("type", .string(type.words)), JSON.Member("meaning", .string(meaning)),
      JSON.Member("example", .string(example)),
    ])
  }
}

extension FactField.Subject {
  var title: String {
    switch self {
    case .run: "of run(…)"
    case .latency: "of latencies"
    case .request: "of a request"
    case .counts: "of counts"
    case .collection: "of sets and lists"
    case .component: "of components"
    case .reply: "of what a reply says"
    }
  }
}
