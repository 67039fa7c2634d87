import Blueprint
import Facts

extension LessonTest {
  /// Checks that the page has its title as the first heading, and its id as the file's name, and has no HTML.
  mutating func checkPage() {
    // A page without a heading has no task, and is not tested.
    if let first = lesson.passages.first(where: { $0.kind == .heading })?.lines[0], first.text != lesson.title
    {
      add(
        "heading", at: first.position,
        ["the first heading is “\(first.text)”, and the title is “\(lesson.title)”; make them alike"])
    }
    let file = lesson.file.split(separator: "/").last ?? ""
    if file.hasSuffix(".md"), file.dropLast(3) != lesson.id {
      add(
        "id", at: FilePosition(1),
        ["the id is “\(lesson.id)”, and the file is called “\(file)”; make them alike"])
    }
    for line in lesson.passages.filter({ $0.kind == .prose || $0.kind == .unseen }).flatMap({ $0.lines }) {
      guard let tag = line.html else { continue }
      add("HTML", at: tag.position, ["HTML is not read here: \(tag.text); only <details> and comments are"])
    }
  }

  /// Checks that what is in code font in hints and in the solution can be typed, on the site of the task or
  /// after it.
  mutating func check(commandsIn task: LessonTask, on runner: Runner, or solved: Runner) {
    for (name, blocks) in task.hints.enumerated().map({ ("hint \($0.offset + 1)", $0.element) })
      + [("solution", task.explanation)]
    {
      for code in blocks.flatMap({ $0.codeSpans }) {
        guard let problem = problem(with: code, task.question, runner, solved) else { continue }
        add("\(task.id) › \(name), commands", at: position(of: code, in: task), ["“\(code)”: \(problem)"])
      }
    }
  }

  private func problem(with code: String, _ question: Question?, _ runner: Runner, _ solved: Runner)
    -> String?
  {
    let words = code.split { $0.isWhitespace }
    let isPlaceholder = { (word: Substring) in
      word.contains("…") || word.allSatisfy { $0.isUppercase || $0 == "-" }
    }
    // Output begins with a number or a sign.
    guard words.count > 1, code.first?.isLetter == true, !words.contains(where: isPlaceholder) else {
      return nil
    }
    runner.allowNextCheck()
    guard let misreading = runner.misreading(of: code), solved.misreading(of: code) != nil else { return nil }
    guard misreading.isAboutCommand else { return misreading.message }
    if (try? Fact(question?.fullFact(code) ?? code)) != nil { return nil }
    let isSetting = words.prefix(2).contains { word in
      Setting.Name.allCases.contains { $0.rawValue == String(word) }
    }
    return isSetting ? nil : "it is not a command, a fact or a setting"
  }

  /// Returns the position of the code in the texts of a task.
  private func position(of code: String, in task: LessonTask) -> FilePosition {
    let number = lesson.tasks.firstIndex { $0.id == task.id } ?? 0
    let passages = lesson.passages.filter { $0.part == .task(number) && $0.kind == .prose }
    let lines = passages.filter { $0.plain.has(code) }.flatMap { $0.lines }
    // A code that spans lines is reported at the line on which it begins.
    for line in lines {
      if let (before, _) = line.text.parted(at: "`\(code)`") {
        return line.position.moved(by: before.count + 1)
      }
    }
    return lines.first?.position ?? task.position
  }
}

/// Why the words of a line cannot be read.
public struct CommandMisreading: Sendable {
  public let message: String
  /// Whether the line does not begin with a command.
  public let isAboutCommand: Bool

  public init(message: String, isAboutCommand: Bool) {
    self.message = message
    self.isAboutCommand = isAboutCommand
  }
}

extension Block {
  /// The texts in code font.
  fileprivate var codeSpans: [String] {
    let texts: [String]
    switch self {
    case .heading(_, let text), .paragraph(let text), .quote(let text): texts = [text]
    case .list(let items): texts = items.map { $0.text }
    case .table(let head, let rows): texts = head + rows.flatMap { $0 }
    case .code, .demo: texts = []
    }
    return texts.flatMap { text in
      let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
      return pieces.indices.filter { $0 % 2 == 1 && $0 + 1 < pieces.count }.map { pieces[$0].trimmed }
    }
  }
}

extension Phrase {
  /// The first tag of HTML outside code font.
  fileprivate var html: Phrase? {
    let characters = Array(text)
    var isCode = false
    for (i, character) in characters.enumerated() {
      if character == "`" { isCode.toggle() }
      guard !isCode, character == "<", i + 1 < characters.count,
        characters[i + 1].isLetter || characters[i + 1] == "/" || characters[i + 1] == "!",
        let end = characters[i...].firstIndex(of: ">")
      else { continue }
      return Phrase(String(characters[i...end]), at: position.moved(by: i))
    }
    return nil
  }
}
