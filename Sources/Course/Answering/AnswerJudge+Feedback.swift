import Blueprint
import Facts
import Inspector
import Simulator

extension AnswerJudge {
  /// Returns why an answer is right, with one point for each element.
  func confirmation(_ given: GivenAnswer, _ derived: DerivedAnswer) throws(FactProblem) -> Feedback {
    var feedback = try shown(derived, as: given.text)
    feedback.answers = parts(of: given)
    // If a quantity is within the tolerance but not exact, the feedback gives the exact one.
    switch given.value {
    case .number, .duration, .rate:
      guard given.value.answerText != feedback.derived else { break }
      feedback.answers = ["\(given.text) (exactly: \(feedback.derived))"]
    case .bool, .status, .kind, .component, .nothing, .word, .text, .set, .list, .counts, .report: break
    }
    return feedback
  }

  /// Returns the right answer and the runs that show it.
  public func shown(_ derived: DerivedAnswer, as text: String = "") throws(FactProblem) -> Feedback {
    let reason = try question.reason.map { (text) throws(FactProblem) in
      try filled(text.text, derived.evidence)
    }
    var points = try pointsForElements(of: derived)
    if points.isEmpty { points = [point(of: text, derived.evidence, nil)] }
    points[points.count - 1].reason = reason
    return Feedback(headline: "", points: points, derived: self.text(of: derived))
  }

  /// Returns the answer as a learner would write it, without hosts whose components are named.
  private func text(of derived: DerivedAnswer) -> String {
    if case .counts(let counts) = derived.value, question.kind == .set {
      return counts.map { $0.key.text }.joined(separator: ", ")
    }
    guard case .set(let set) = derived.value else { return stated(derived.value.answerText) }
    return FactValue.set(FactSet(AnswerComparison.plain(set.elements, context.current.topology))).answerText
  }

  private func parts(of given: GivenAnswer) -> [String] {
    guard question.kind == .claims, case .set(let letters) = given.value, !letters.elements.isEmpty else {
      return [stated(given.text)]
    }
    return letters.elements.map { stated($0.text) }
  }

  /// Returns the answer with its statement, if it is the letter of a claim.
  private func stated(_ answer: String) -> String {
    guard question.kind.isOfClaims, let choice = question.choices.first(where: { $0.letter == answer }) else {
      return answer
    }
    return "\(choice.letter): \(choice.text)"
  }

  /// Returns a point with evidence for each element of the right answer, at most four.
  private func pointsForElements(of derived: DerivedAnswer) throws(FactProblem) -> [Feedback.Point] {
    guard question.kind.isOfClaims || question.proof != nil, question.run == nil,
      case .set(let set) = derived.value
    else { return [] }
    var points: [Feedback.Point] = []
    for name in AnswerComparison.plain(set.elements, context.current.topology).prefix(4).map({ $0.text }) {
      let fact =
        question.kind.isOfClaims
        ? question.choices.first { $0.letter == name }?.fact.text ?? "" : elementFact(of: name)
      let point = point(of: name, try evaluated(fact).evidence, nil)
      if !points.contains(where: {
        $0.commandsRun == point.commandsRun && $0.observation == point.observation
      }) {
        points.append(point)
      }
    }
    return points
  }

  /// Returns the feedback to a wrong answer: what was answered, a run that refutes it, and the reason.
  func refutation(_ given: GivenAnswer, _ derived: DerivedAnswer, _ comparison: AnswerComparison)
    throws(FactProblem)
    -> Feedback
  {
    switch comparison {
    case .elements(let extra, let missing):
      return question.kind == .claims
        ? try claims(extra, missing, derived) : try elements(given, extra, missing, derived)
    case .same, .other, .unfit: break
    }
    if question.kind == .choice, case .text(let letter) = given.value {
      return Feedback(
        headline: "", points: [try claim(letter, isOmission: false)], derived: text(of: derived))
    }
    let reason = try remark(on: given.value, derived.evidence)
    return Feedback(
      headline: "", points: [point(of: given.text, derived.evidence, reason)],
      derived: text(of: derived))
  }

  private func point(
    of answer: String, _ evidence: Evidence, _ reason: String?, isOmission: Bool = false
  ) -> Feedback.Point {
    // Feedback to a prediction repeats the commands of the question, even if the model ran others.
    let commandsRun = question.run.map { [$0.text] } ?? evidence.commands.map { $0.withoutWhatIf }
    return Feedback.Point(
      answer: answer, isOmission: isOmission, commandsRun: commandsRun, observation: evidence.observation,
      reason: reason)
  }

  // MARK: Sets

  private func elements(
    _ given: GivenAnswer, _ extra: [FactValue], _ missing: [FactValue], _ derived: DerivedAnswer
  )
    throws(FactProblem) -> Feedback
  {
    var points: [Feedback.Point] = []
    if let first = extra.first {
      points.append(try evidencePoint(of: first, isOmission: false))
    } else if let first = missing.first {
      points.append(try evidencePoint(of: first, isOmission: true))
    }
    var count = 0
    if case .set(let set) = given.value {
      count = AnswerComparison.plain(set.elements, context.current.topology).count
    }
    return Feedback(
      score: Feedback.Score(right: count - extra.count, of: count + missing.count),
      headline: AnswerJudge.score(count, extra.count, missing.count), points: points,
      derived: text(of: derived))
  }

  /// Returns a summary such as `1 of your 2 is right, and 1 is missing.`
  private static func score(_ given: Int, _ extra: Int, _ missing: Int) -> String {
    let right = max(0, given - extra)
    let verb = right == 1 ? "is" : "are"
    let head =
      extra == 0
      ? "What you named is right"
      : right == 0 ? "None of your \(given) is right" : "\(right) of your \(given) \(verb) right"
    if given == 0 { return "You said none, and \(missing) \(missing == 1 ? "is" : "are") missing." }
    return missing == 0 ? "\(head)." : "\(head), and \(missing) \(missing == 1 ? "is" : "are") missing."
  }

  /// Returns the evidence about one element.
  private func evidencePoint(of element: FactValue, isOmission: Bool) throws(FactProblem) -> Feedback.Point {
    let evidence = try evaluated(elementFact(of: element.text)).evidence
    let reason = try remark(on: element, evidence, isGeneral: true)
    return point(of: element.text, evidence, reason, isOmission: isOmission)
  }

  /// Returns the fact that is true if the element belongs to the answer.
  private func elementFact(of name: String) -> String {
    question.proof.map { $0.text.naming(name) } ?? "\(name) in (\(question.expect?.text ?? ""))"
  }

  // MARK: Claims

  private func claims(_ extra: [FactValue], _ missing: [FactValue], _ derived: DerivedAnswer)
    throws(FactProblem)
    -> Feedback
  {
    let wrong = extra.count + missing.count
    let total = question.choices.count
    let point = try claim((extra.first ?? missing.first)?.text ?? "", isOmission: extra.isEmpty)
    return Feedback(
      score: Feedback.Score(right: total - wrong, of: total),
      headline: "",
      points: [point], derived: text(of: derived))
  }

  private func claim(_ letter: String, isOmission: Bool) throws(FactProblem) -> Feedback.Point {
    guard let choice = question.choices.first(where: { $0.letter == letter }) else {
      throw FactProblem("there is no claim \(letter)", at: 0..<0)
    }
    let evidence = try evaluated(choice.fact.text).evidence
    let own = try choice.otherwiseText.map { (text) throws(FactProblem) in try filled(text.text, evidence) }
    let reason = own == nil ? try remark(on: .text(letter), evidence, isGeneral: true) : own
    return point(of: stated(letter), evidence, reason, isOmission: isOmission)
  }

  // MARK: The author's feedback

  /// Returns the feedback that the author wrote for a value.
  private func remark(on value: FactValue, _ evidence: Evidence, isGeneral: Bool = false) throws(FactProblem)
    -> String?
  {
    let type = isGeneral ? FactType.text : try type()
    for remark in question.remarks where matches(remark, value, type) {
      return try filled(remark.text.text.mentioning(value.text), evidence)
    }
    return try question.otherwiseText.map { (text) throws(FactProblem) in
      try filled(text.text.mentioning(value.text), evidence)
    }
  }

  private func matches(_ remark: Question.Remark, _ value: FactValue, _ type: FactType) -> Bool {
    let topology = context.current.topology
    if case .list = value {
      return isSame(remark.values.map { $0.text }.joined(separator: ", "), value, type)
    }
    return remark.values.contains { phrase in
      AnswerComparison.isSame(.component(phrase.text), .component(value.text), topology)
        || isSame(phrase.text, value, type)
    }
  }

  private func isSame(_ text: String, _ value: FactValue, _ type: FactType) -> Bool {
    guard !question.kind.isOfClaims, question.kind != .set else { return false }
    let reader = AnswerReader(question, type: type, topology: context.current.topology)
    guard let given = try? reader.answer(from: text) else { return false }
    return AnswerComparison(given.value, with: value, nil, context.current.topology) == .same
  }

  private func filled(_ text: String, _ evidence: Evidence) throws(FactProblem) -> String {
    try text.filled(evidence, in: context) { question.fullFact($0) }
  }
}

extension String {
  /// Returns a fact with the word `it` replaced by a name.
  func naming(_ name: String) -> String {
    var text = ""
    var word = ""
    for character in self {
      if character.isLetter || character.isNumber || "._-".contains(character) {
        word.append(character)
      } else {
        text += (word == "it" ? name : word) + String(character)
        word = ""
      }
    }
    return text + (word == "it" ? name : word)
  }

  /// Returns a sentence with `{it}` replaced by a name.
  func mentioning(_ name: String) -> String {
    guard let (before, behind) = parted(at: "{it}") else { return self }
    return before + name + behind.mentioning(name)
  }

  /// Returns a text with each fact in braces replaced by its value, and `{trace}` by what the run showed.
  func filled(
    _ evidence: Evidence, in context: FactContext, _ fullFact: (String) -> String = { $0 }
  ) throws(FactProblem) -> String {
    var filled = ""
    var rest = self
    while let (before, behind) = rest.parted(at: "{"), let (fact, after) = behind.parted(at: "}") {
      let value =
        fact == "trace" ? evidence.observation : try context.evaluated(fullFact(fact)).value.answerText
      filled += before + value
      rest = after
    }
    return filled + rest
  }

  /// The facts in braces.
  var factsInBraces: [String] {
    guard let (_, behind) = parted(at: "{"), let (fact, after) = behind.parted(at: "}") else { return [] }
    return (fact == "trace" || fact == "it" ? [] : [fact]) + after.factsInBraces
  }

  /// The command without `whatif`, which made it run on a copy.
  public var withoutWhatIf: String { hasPrefix("whatif ") ? String(dropFirst(7)) : self }
}

extension FactValue {
  /// The value as it is written in a sentence.
  public var answerText: String {
    switch self {
    case .set(let set): set.elements.isEmpty ? "none" : set.elements.map { $0.text }.joined(separator: ", ")
    case .list(let elements): elements.map { $0.text }.joined(separator: " ")
    case .bool(let flag): flag ? "yes" : "no"
    case .counts(let counts): counts.map { "\($0.key.text) \($0.count)" }.joined(separator: ", ")
    case .number, .duration, .rate, .status, .kind, .component, .nothing, .word, .text, .report: roundedText
    }
  }
}
