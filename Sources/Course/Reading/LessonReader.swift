/// Reads a lesson's file line by line. It reports all problems, not only the first.
public struct LessonReader {
  public private(set) var lesson: Lesson
  public private(set) var problems: [LessonProblem] = []
  /// Whether the file has a format that this version does not know.
  public private(set) var isOfAnotherFormat = false

  private var lines: BlockReader
  private var section = Section.opening
  private var fold: Fold?
  /// The passages to which the next `true` comment can refer: the nearest prose, and the block of a task below
  /// it.
  private var nearest = 0..<0

  private enum Section {
    case opening, task, after
  }

  /// A `<details>` element that has not been closed yet.
  private struct Fold {
    let kind: FoldKind
    let position: FilePosition
    var blocks: [Block] = []

    enum FoldKind {
      case hint, solution, mistakes, demonstration
    }
  }

  public init(_ text: String, file: String) {
    lesson = Lesson(file: file, fingerprint: text.fingerprint)
    lines = BlockReader([], from: 0)
    guard text.utf8.count <= LessonText.maxBytes else {
      problems = [LessonProblem(at: FilePosition(1), "the file is too large", hint: "1 MiB at most")]
      return
    }
    let source = LessonText(text)
    problems = source.problems
    let front = FrontMatter(source.lines)
    take(front)
    guard problems.isEmpty || front.end > 0, !isOfAnotherFormat else { return }
    lines = BlockReader(source.lines, from: front.end)
    read()
    if problems.isEmpty { problems = lesson.shortcomings }
    problems.sort { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
  }

  /// Reads only the front matter, which is faster when there are many lessons.
  public init(headOf text: String, file: String) {
    lesson = Lesson(file: file, fingerprint: "")
    lines = BlockReader([], from: 0)
    let head = String(decoding: text.utf8.prefix(FrontMatter.maxBytes), as: UTF8.self)
    take(FrontMatter(LessonText(head).lines))
  }

  private mutating func take(_ front: FrontMatter) {
    problems += front.problems
    let values = front.values
    if let format = values["format"], format.text != Lesson.format {
      isOfAnotherFormat = true
      problems.append(
        LessonProblem(
          at: format.position, "format “\(format.text)” is not known",
          hint: "this version reads format \(Lesson.format)"))
    }
    if let id = values["id"] {
      if !LessonReader.isFit(id: id.text) { problems.append(LessonReader.unfitName(id)) }
      lesson.id = id.text
    }
    lesson.title = values["title"]?.text ?? ""
    if let start = values["start"] { lesson.start = start }
    if let needs = values["needs"] { lesson.needs = LessonReader.list(needs) }
    if let friend = values["friend"] { lesson.friend = friend.text }
    if let minutes = number(values["minutes"], upTo: 600, "a number of minutes") { lesson.minutes = minutes }
    if let number = number(values["number"], upTo: 999, "a place in the course") { lesson.number = number }
    if let short = values["short"] {
      lesson.isShort = short.text == "yes"
      if short.text != "yes", short.text != "no" {
        problems.append(LessonProblem(at: short.position, "short is yes or no", hint: "short: yes"))
      }
    }
  }

  private mutating func number(_ value: Phrase?, upTo most: Int, _ description: String) -> Int? {
    guard let value else { return nil }
    if let number = NumberWords.whole(value.text), (1...most).contains(number) { return number }
    problems.append(
      LessonProblem(at: value.position, "“\(value.text)” is not \(description)", hint: "1 to \(most)"))
    return nil
  }

  /// Reads `[tour, spof]`, with or without the brackets.
  private static func list(_ value: Phrase) -> [Phrase] {
    var text = value.text
    if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
    return text.split(separator: ",").map { Phrase($0.trimmed, at: value.position) }.filter {
      !$0.text.isEmpty
    }
  }

  /// Whether the text can be the id of a lesson or a task.
  public static func isFit(id text: String) -> Bool {
    let isFit = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    return isFit && (1...40).contains(text.utf8.count) && text.first != "-"
  }

  private static func unfitName(_ name: Phrase) -> LessonProblem {
    LessonProblem(
      at: name.position, "“\(name.text)” cannot be an id", hint: "small letters, digits and hyphens")
  }
}

// MARK: - Blocks of text

extension LessonReader {
  private mutating func read() {
    while let line = lines.peek {
      do throws(LessonProblem) {
        try readOne(line)
      } catch {
        problems.append(error)
      }
    }
    if let fold {
      problems.append(LessonProblem(at: fold.position, "<details> has no end", hint: "</details>"))
    }
  }

  private mutating func readOne(_ line: Phrase) throws(LessonProblem) {
    let text = line.text.trimmed
    if text.isEmpty {
      lines.skip()
    } else if text.hasPrefix("```") {
      try take(try lines.fence())
    } else if text.hasPrefix("<!--") {
      try takeComment(try lines.wholeComment())
    } else if text.hasPrefix("<details") {
      try open(line)
    } else if text.hasPrefix("</details") {
      try close(line)
    } else if text.hasPrefix("<") {
      lines.skip()
      throw LessonProblem(at: line.position, "HTML is not read here", hint: "only <details> and comments are")
    } else if let heading = Heading(line) {
      try take(heading)
    } else {
      let (block, texts) = lines.blockWithTexts()
      add(block)
      nearest = lesson.passages.count..<lesson.passages.count
      add(texts, as: .prose)
    }
  }

  /// Adds passages to those to which a `true` comment can refer.
  private mutating func add(_ texts: [[Phrase]], as kind: Passage.PassageKind) {
    let isShown = fold.map { $0.kind == .hint || $0.kind == .solution } ?? true
    lesson.passages += texts.map { Passage(lines: $0, kind: isShown ? kind : .unseen, part: part) }
    nearest = nearest.lowerBound..<lesson.passages.count
  }

  /// Ends the section or fold in which a `true` comment looks for its words.
  private mutating func leaveProse() { nearest = lesson.passages.count..<lesson.passages.count }

  private var part: LessonPart {
    if fold?.kind == .demonstration { return .demonstration }
    switch section {
    case .opening: return .opening
    case .task: return .task(lesson.tasks.count - 1)
    case .after: return .after(lesson.tasks.count - 1)
    }
  }

  private mutating func add(_ block: Block) {
    if fold != nil {
      fold?.blocks.append(block)
    } else {
      switch section {
      case .opening: lesson.opening.append(block)
      case .task: changeTask { $0.text.append(block) }
      case .after: changeTask { $0.after.append(block) }
      }
    }
  }

  private mutating func changeTask(_ change: (inout LessonTask) -> Void) {
    guard let last = lesson.tasks.indices.last else { return }
    change(&lesson.tasks[last])
  }

  /// Begins a task if a task comment follows the heading. Another heading ends the task.
  private mutating func take(_ heading: Heading) throws(LessonProblem) {
    lines.skip()
    add([[Phrase(heading.text, at: heading.position)]], as: .heading)
    leaveProse()
    if let fold {
      throw LessonProblem(
        at: heading.position, "a heading inside <details>", hint: "close line \(fold.position.line) first")
    }
    if let id = try lines.followingTaskID() { return try begin(id, heading) }
    if section == .task { section = .after }
    // The front matter has the title of the page already.
    if section != .opening || heading.level > 1 { add(.heading(level: heading.level, heading.text)) }
  }

  private mutating func begin(_ id: Phrase, _ heading: Heading) throws(LessonProblem) {
    section = .task
    lesson.tasks.append(LessonTask(id: id.text, title: heading.text, position: id.position))
    if !LessonReader.isFit(id: id.text) { throw LessonReader.unfitName(id) }
    if let other = lesson.tasks.dropLast().first(where: { $0.id == id.text }) {
      throw LessonProblem(
        at: id.position, "there is a task “\(id.text)” already, in line \(other.position.line)",
        hint: "take another id")
    }
  }
}

// MARK: - Folds, comments and fences

extension LessonReader {
  private mutating func open(_ line: Phrase) throws(LessonProblem) {
    lines.skip()
    leaveProse()
    if let fold {
      throw LessonProblem(
        at: line.position, "<details> inside <details>", hint: "close line \(fold.position.line) first")
    }
    guard let (_, behind) = line.text.parted(at: "<summary>"),
      let (summary, _) = behind.parted(at: "</summary>")
    else {
      throw LessonProblem(
        at: line.position, "<details> says on its own line what it holds",
        hint: "<details><summary>Hint 1</summary>")
    }
    let word = summary.split(separator: " ").first.map { $0.lowercased() } ?? ""
    let kind: Fold.FoldKind
    switch word {
    case "hint": kind = .hint
    case "solution", "solutions": kind = .solution
    case "common", "mistakes": kind = .mistakes
    case "demonstration": kind = .demonstration
    default:
      fold = Fold(kind: .mistakes, position: line.position)
      throw LessonProblem(
        at: line.position, "“\(summary)” is not folded here",
        hint: "Hint 1, Solution, Common mistakes or Demonstration")
    }
    fold = Fold(kind: kind, position: line.position)
    if section != .task, kind != .demonstration {
      throw LessonProblem(at: line.position, "a \(word) belongs to a task", hint: "<!-- task: id -->")
    }
  }

  private mutating func close(_ line: Phrase) throws(LessonProblem) {
    lines.skip()
    leaveProse()
    guard let closed = fold else { throw LessonProblem(at: line.position, "no <details> is open") }
    fold = nil
    switch closed.kind {
    case .hint:
      guard !closed.blocks.isEmpty else { throw LessonProblem(at: closed.position, "the hint is empty") }
      changeTask { $0.hints.append(closed.blocks) }
    case .solution: changeTask { $0.explanation += closed.blocks }
    case .mistakes, .demonstration: break
    }
  }

  private mutating func takeComment(_ whole: Phrase) throws(LessonProblem) {
    if let quoting = QuotingComment(whole) {
      let (words, fact) = try quoting.wordsAndFact()
      lesson.backedPhrases.append(BackedPhrase(words: words, fact: fact, part: part, passages: nearest))
      return
    }
    let comment = Phrase(whole.text.trimmed, at: whole.position.moved(by: -4))
    guard let field = Field(comment.text.trimmed, at: comment.position) else { return }
    switch field.name {
    case "notes": changeTask { $0.notes.append(field.value) }
    case "task":
      throw LessonProblem(
        at: comment.position, "a task begins with a heading", hint: "put the comment under one")
    default:
      throw LessonProblem(
        at: comment.position, "there is no comment “\(field.name)”",
        hint: "task, notes or true; a remark of your own is written without a colon")
    }
  }

  private mutating func take(_ fence: Fence) throws(LessonProblem) {
    guard let word = fence.role else { return add(.code(fence.lines.map { $0.text })) }
    guard let role = Fence.BlockRole(rawValue: word.text) else {
      throw LessonProblem(
        at: word.position, "there is no role “\(word.text)”",
        hint: suggestion(word.text, Fence.BlockRole.allCases.map { $0.rawValue }))
    }
    if role == .demo { return add(.demo(try fence.demo())) }
    if role == .present { return try takeDemonstration(fence) }
    guard section == .task else {
      throw LessonProblem(
        at: word.position, "\(role.rawValue) belongs to a task", hint: "<!-- task: id --> under a heading")
    }
    try take(fence, role)
  }

  private mutating func takeDemonstration(_ fence: Fence) throws(LessonProblem) {
    if let first = lesson.demonstration {
      throw LessonProblem(
        at: fence.position, "a lesson has one demonstration, and line \(first.position.line) has it",
        hint: "put them together")
    }
    let demonstration = try DemonstrationReader.demonstration(of: fence)
    lesson.demonstration = demonstration
    for step in demonstration.steps {
      add((([step.questionText].compactMap { $0 }) + step.notes).map { [$0] }, as: .unseen)
      add((step.question?.feedbackTexts ?? []).map { [$0] }, as: .unseen)
    }
  }

  private mutating func take(_ fence: Fence, _ role: Fence.BlockRole) throws(LessonProblem) {
    switch role {
    case .demo, .present: break
    case .setup: changeTask { $0.setup += fence.commands }
    case .ask, .predict:
      let question = try QuestionReader.question(of: fence, isPrediction: role == .predict)
      if let first = lesson.tasks.last?.question {
        throw LessonProblem(
          at: fence.position, "a task asks once, and line \(first.position.line) does",
          hint: "make it two tasks")
      }
      changeTask { $0.question = question }
      add(question.feedbackTexts.map { [$0] }, as: .feedback)
    case .goal:
      let goals = try fence.goals()
      changeTask { $0.goals += goals }
      add(goals.flatMap { $0.texts }.map { [$0] }, as: .feedback)
    case .solution:
      let solution = try fence.solution()
      changeTask { $0.solutions.append(solution) }
    case .wrong:
      let wrongAnswers = try fence.wrongAnswers()
      changeTask { $0.wrongAnswers += wrongAnswers }
    case .variant:
      let variant = try fence.variant()
      changeTask { $0.variants.append(variant) }
    }
  }
}
