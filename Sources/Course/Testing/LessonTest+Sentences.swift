extension LessonTest {
  /// Checks that facts back the sentences that predict, and that statements name what their facts judge.
  mutating func checkSentences(_ only: String?) {
    var backed: [Int: [String]] = [:]
    for phrase in lesson.backedPhrases {
      for number in phrase.passages { backed[number, default: []].append(phrase.words.text.withoutMarks) }
    }
    for (number, passage) in lesson.passages.enumerated()
    where passage.isShown && (only == nil || passage.part.task(of: lesson)?.id == only) {
      for sentence in passage.sentences
      where sentence.text.isPrediction && !passage.backs(sentence, backed[number] ?? []) {
        add(
          passage.part.checkName("prediction", passage.part.task(of: lesson)), at: sentence.position,
          [
            "this sentence says what would happen; add <!-- true \"...\": FACT --> below it, or say it without a prediction",
            "  \(sentence.text.withoutMarks)",
          ])
      }
    }
    for task in lesson.tasks where only == nil || only == task.id {
      check(statementsOf: task.question, "\(task.id) › statement")
    }
    guard only == nil else { return }
    for step in lesson.demonstration?.steps ?? [] {
      check(statementsOf: step.question, "demonstration, statement")
    }
  }

  private mutating func check(statementsOf question: Question?, _ name: String) {
    for choice in question?.choices ?? [] {
      guard let problem = RequestKindWords.problem(with: choice.text, choice.fact.text) else { continue }
      add("\(name) \(choice.letter)", at: choice.fact.position, [problem, "  \(choice.text)"])
    }
  }
}

extension LessonPart {
  fileprivate func task(of lesson: Lesson) -> LessonTask? {
    switch self {
    case .task(let number), .after(let number): lesson.tasks[number]
    case .opening, .demonstration: nil
    }
  }
}

extension Passage {
  fileprivate var isShown: Bool { kind == .prose || kind == .feedback }

  /// Whether one of the phrases is in the sentence or holds it, or the model fills in a value.
  fileprivate func backs(_ sentence: Phrase, _ phrases: [String]) -> Bool {
    if kind == .feedback, !sentence.text.factsInBraces.isEmpty { return true }
    let text = sentence.text.withoutMarks
    return phrases.contains { text.has($0) || $0.has(text) }
  }

  /// The sentences. A sentence ends with the text, with a cell of a table, or with a full stop, a question mark
  /// or an exclamation mark before a space.
  var sentences: [Phrase] {
    var found: [Phrase] = []
    var text = ""
    var start: FilePosition?
    var isCode = false
    func end() {
      if let position = start { found.append(Phrase(text.trimmed, at: position)) }
      (text, start) = ("", nil)
    }
    for line in lines {
      for (column, character) in line.text.enumerated() {
        if character == "`" { isCode.toggle() }
        let isSpace = character.isWhitespace
        if !isCode, character == "|" || isSpace && text.endsSentence {
          end()
        } else if start != nil || !isSpace {
          if start == nil { start = line.position.moved(by: column) }
          text.append(character)
        }
      }
      if !isCode, text.endsSentence { end() } else { text += " " }
    }
    end()
    return found
  }
}

extension String {
  fileprivate var endsSentence: Bool {
    last { !"\"”’')*_".contains($0) }.map { ".?!".contains($0) } ?? false
  }

  /// Whether the sentence predicts: it has the word “would” without “you” beside it, “N of M” or “N %”. A question
  /// does not predict, and commands and output in code font are left out.
  var isPrediction: Bool {
    let words = wordsOutsideCode
    if filter({ !"\"”’')*_ ".contains($0) }).last == "?" { return false }
    return words.indices.contains { i in
      let (before, next) = (i > 0 ? words[i - 1] : "", i + 1 < words.count ? words[i + 1] : "")
      switch words[i] {
      case "would", "wouldn't", "wouldn’t": return before != "you" && next != "you"
      case "of": return before.isCount && next.isCount
      case "%", "percent", "per": return (words[i] != "per" || next == "cent") && before.isCount
      case let word: return word.hasSuffix("%") && String(word.dropLast()).isCount
      }
    }
  }

  private var isCount: Bool {
    !["no", "nothing", "nobody"].contains(self) && NumberWords.decimal(self) != nil
  }

  /// The words in small letters, without punctuation. A piece in code font is one word, and not a count.
  private var wordsOutsideCode: [String] {
    var plain = ""
    var isCode = false
    for character in self {
      if character == "`" {
        isCode.toggle()
        plain += isCode ? "<code>" : ""
      } else if !isCode {
        plain.append(character)
      }
    }
    return plain.lowercased().split { $0.isWhitespace }.map { word in
      var word = word
      while let first = word.first, "\"“‘'(*_".contains(first) { word.removeFirst() }
      while let last = word.last, ".,;:!?\"”’')*_".contains(last) { word.removeLast() }
      return String(word)
    }
  }
}
