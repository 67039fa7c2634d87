import Facts
import Inspector

extension EvaluatedFact {
  var members: [JSON.Member] {
    [JSON.Member(.value, value.json)] + (value.range.map { [JSON.Member(.range, $0)] } ?? [])
      + [JSON.Member(.witness, evidence.json)]
  }

  /// The value, and the commands that show it.
  var answer: CommandResponse {
    var lines = [Line("  \(value.text)"), Line("  \(evidence.observation)")]
    let shown = evidence.commands.prefix(4)
    lines += shown.map { Line("  \($0)", .faint) }
    let rest = evidence.commands.count - shown.count
    if rest > 0 { lines.append(Line("  … and \(rest) more \(rest == 1 ? "line" : "lines")", .faint)) }
    return CommandResponse(lines, members)
  }
}

/// The list of all facts that can be asked about a site.
enum FactList {
  static var answer: CommandResponse {
    var lines = [Line("What can be asked, with show FACT and assert FACT")]
    lines += Fact.table.map { line($0.usage, 34, $0.type.words, $0.meaning) }
    for subject in FactField.Subject.allCases where subject != .reply {
      lines.append(Line(subject.title))
      lines += Fact.fields.filter { $0.subject == subject }.map {
        line($0.usage, 20, $0.typeWords, $0.meaning)
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
    return CommandResponse(lines, [JSON.Member(.facts, .array(Fact.table.map { $0.json }))])
  }

  private static func line(_ usage: String, _ width: Int, _ type: String, _ meaning: String) -> Line {
    Line("  \(Column.left(usage, width)) ") + Line("\(meaning) (\(type))")
  }
}

extension FactEntry {
  var json: JSON {
    [
      .name: .string(name), .usage: .string(usage), .type: .string(type.words), .meaning: .string(meaning),
      .example: .string(example),
    ]
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
