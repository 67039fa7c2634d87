import Blueprint

/// The lines between two `---` at the start of a file. Each is `key: value`.
struct FrontMatter {
  private(set) var values: [String: Phrase] = [:]
  private(set) var problems: [LessonProblem] = []
  /// The number of lines up to its end.
  private(set) var end = 0

  /// The most bytes that the front matter may have, if only the head of a file is read.
  static let maxBytes = 4_096
  static let keys = ["format", "id", "title", "start", "needs", "minutes", "number", "short", "friend"]
  private static let required = ["format", "id", "title"]

  init(_ lines: [String]) {
    guard lines.first?.trimmed == "---" else {
      problems = [
        LessonProblem(at: FilePosition(1), "the front matter is missing", hint: "a lesson begins with ---")
      ]
      return
    }
    for (i, line) in lines.enumerated().dropFirst() {
      if line.trimmed == "---" {
        end = i + 1
        break
      }
      read(line, FilePosition(i + 1))
    }
    guard end > 0 else {
      problems = [
        LessonProblem(at: FilePosition(1), "the front matter has no end", hint: "close it with ---")
      ]
      return
    }
    for key in FrontMatter.required where values[key] == nil {
      problems.append(
        LessonProblem(at: FilePosition(1), "\(key) is missing", hint: "\(key): \(FrontMatter.example(key))"))
    }
  }

  private mutating func read(_ line: String, _ position: FilePosition) {
    guard !line.trimmed.isEmpty, !line.trimmed.hasPrefix("#") else { return }
    guard let field = Field(line, at: position) else {
      problems.append(
        LessonProblem(at: position, "“\(line.trimmed)” is not a line of the front matter", hint: "key: value")
      )
      return
    }
    guard FrontMatter.keys.contains(field.name) else {
      problems.append(
        LessonProblem(
          at: field.position, "there is no key “\(field.name)”",
          hint: suggestion(field.name, FrontMatter.keys)))
      return
    }
    guard values[field.name] == nil else {
      problems.append(LessonProblem(at: field.position, "\(field.name) is said twice", hint: "say it once"))
      return
    }
    values[field.name] = field.value
  }

  private static func example(_ key: String) -> String {
    switch key {
    case "format": Lesson.format
    case "id": "a-short-name"
    default: "A few words"
    }
  }
}

/// A line such as `name: value`.
struct Field {
  let name: String
  let position: FilePosition
  let value: Phrase

  init?(_ line: String, at position: FilePosition) {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let head = line[..<colon]
    let name = head.trimmed
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == "-" }) else { return nil }
    let tail = line[line.index(after: colon)...]
    let indent = String(tail).indent
    self.name = name.lowercased()
    self.position = position.moved(by: line.indent)
    var text = tail.trimmed
    if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
      text = String(text.dropFirst().dropLast())
    }
    value = Phrase(text, at: position.moved(by: head.count + 1 + indent))
  }
}

/// Returns the word that was probably meant, or all choices.
func suggestion(_ word: String, _ choices: [String]) -> String {
  choices.first { areNear($0, word) }.map { "\($0)?" } ?? choices.joined(separator: ", ")
}

/// Whether two words differ by one typing error or begin alike.
private func areNear(_ a: String, _ b: String) -> Bool {
  let a = Array(a.utf8)
  let b = Array(b.utf8)
  let head = zip(a, b).prefix { $0 == $1 }.count
  let tail = zip(a.dropFirst(head).reversed(), b.dropFirst(head).reversed()).prefix { $0 == $1 }.count
  let rest = max(a.count, b.count) - head - tail
  return rest <= 1 || rest == 2 && min(a.count, b.count) > 3 || head >= 3
}
