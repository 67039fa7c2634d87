import Blueprint
import Facts
import Inspector

extension LessonTest {
  /// Checks that the texts of a part have the words of their `true` comments, and that the facts are true.
  mutating func check(backedPhrasesOf part: LessonPart, _ task: LessonTask? = nil, on runner: Runner) {
    let own = lesson.backedPhrases.filter { $0.part == part }
    for (i, phrase) in own.enumerated() {
      runner.allowNextCheck()
      let problem = problem(with: phrase, task?.question, in: runner.factContext)
      let name = "true \(i + 1)"
      add(
        part.checkName(name, task), at: problem?.position ?? phrase.words.position, problem?.message ?? [])
    }
  }

  private func problem(with phrase: BackedPhrase, _ question: Question?, in world: FactContext)
    -> (position: FilePosition, message: [String])?
  {
    let words = phrase.words.text.withoutMarks
    guard lesson.passages[phrase.passages].contains(where: { $0.plain.has(words) }) else {
      return (
        phrase.words.position,
        ["“\(words)” is not in the text above; put the comment below the text, and copy its words"]
      )
    }
    // Each line break becomes one space, so that positions in the text do not change.
    let written = String(phrase.fact.text.map { $0.isNewline ? " " : $0 })
    let text = question?.fullFact(written) ?? written
    let fact: Fact
    do throws(FactProblem) {
      fact = try Fact(text)
    } catch {
      let hint = error.hint.isEmpty ? "" : "; \(error.hint)"
      let position =
        text == written ? phrase.fact.position(at: error.position.lowerBound) : phrase.fact.position
      return (position, ["“\(words)”: \(error.message)\(hint)"])
    }
    guard fact.type == .bool else {
      return (phrase.fact.position, ["“\(words)”: \(fact.type.words) is not true or false; compare it"])
    }
    return BackedPhrase.refutation(of: fact, written, world).map {
      (phrase.fact.position, ["“\(words)” \($0[0])"] + $0.dropFirst())
    }
  }
}

extension BackedPhrase {
  /// Returns what happens instead if the fact is not true, or nil if it is true.
  fileprivate static func refutation(of fact: Fact, _ written: String, _ world: FactContext) -> [String]? {
    do throws(FactProblem) {
      let evaluated = try fact.evaluated(in: world).withDifference
      guard evaluated.value != .bool(true) else { return nil }
      return [
        "is not what happens", "expected: \(written.split(separator: " ").joined(separator: " "))",
        "run: \(evaluated.evidence.commands.map { $0.withoutWhatIf }.joined(separator: "; "))",
        "seen: \(evaluated.evidence.observation)",
      ]
    } catch {
      return ["cannot be checked: \(error.message)"]
    }
  }
}

extension LessonPart {
  /// Returns the name of a check on this part.
  func checkName(_ name: String, _ task: LessonTask?) -> String {
    switch self {
    case .opening: name
    case .task: "\(task?.id ?? "") › \(name)"
    case .after: "\(task?.id ?? "") › \(name) behind it"
    case .demonstration: "demonstration, \(name)"
    }
  }
}
