import Course
import Glibc
import Shell

/// The lessons and designs of a run: those that were given, those beside them, then those that are built in.
struct Shelf {
  private(set) var lessons = builtInLessons
  private(set) var designs = builtInDesigns
  /// Where those that are not built in were found.
  private var files: [String: String] = [:]
  /// The lesson to begin with.
  private(set) var lesson: String?

  struct Trouble: Error {
    let sentence: String
  }

  init() {}

  init(_ arguments: Arguments) throws(Trouble) {
    if let folder = arguments.lessonFolder { try addAll(of: folder) }
    guard arguments.task == .learn || arguments.task == .present, let word = arguments.operands.first else {
      return
    }
    lesson = word
    if Shelf.isPath(word) { lesson = try add(lesson: word).id }
  }

  static func isPath(_ word: String) -> Bool {
    word.contains("/") || word.hasSuffix(".md") || word.hasSuffix(".tripod")
  }

  private static var builtInLessons: [Document] { tripod.lessons }
  private static var builtInDesigns: [Document] { tripod.designs }

  /// Everything in a folder: its lessons, and the designs there and in `Designs`.
  mutating func addAll(of folder: String) throws(Trouble) {
    guard let names = Folder.files(in: folder) else {
      throw Trouble(sentence: "cannot read \(folder): \(reason(errno))")
    }
    var found: [String: String] = [:]
    for name in names where name.hasSuffix(".md") && name != "README.md" {
      let path = "\(folder)/\(name)"
      let text = try Shelf.text(of: path)
      let said = LessonReader(headOf: text, file: path).lesson.id
      let id = LessonReader.isFit(id: said) ? said : String(name.dropLast(3))
      if let other = found[id] { throw Trouble(sentence: "\(other) and \(path) both have the id \(id)") }
      found[id] = path
      try put(path, text, named: id, into: \.lessons)
    }
    for place in [folder, "\(folder)/Designs"] {
      for name in Folder.files(in: place) ?? [] where name.hasSuffix(".tripod") {
        try put("\(place)/\(name)", named: String(name.dropLast(7)), into: \.designs)
      }
    }
  }

  /// A lesson's file, and what it needs of the files beside it.
  @discardableResult
  mutating func add(lesson path: String) throws(Trouble) -> (id: String, text: String) {
    let text = try Shelf.text(of: path)
    let reader = LessonReader(text, file: path)
    if reader.isOfAnotherFormat, let problem = reader.problems.first {
      throw Trouble(sentence: "\(path):\(problem.place.text): \(problem.sentence)")
    }
    let folder = Folder.folder(of: path)
    for need in reader.lesson.needs {
      let beside = "\(folder)/\(need.text).md"
      if LessonReader.isFit(id: need.text), Files.obstacle(toReading: beside) == nil {
        try put(beside, named: need.text, into: \.lessons)
      }
    }
    let start = reader.lesson.start.text
    for beside in ["\(folder)/\(start).tripod", "\(folder)/Designs/\(start).tripod"]
    where LessonReader.isFit(id: start) && Files.obstacle(toReading: beside) == nil {
      try put(beside, named: start, into: \.designs)
    }
    try put(path, text, named: reader.lesson.id, into: \.lessons)
    return (reader.lesson.id, text)
  }

  func has(lessonOrTask id: String) -> Bool {
    lessons.contains { $0.name == id || LessonReader($0.text, file: $0.name).lesson.task(id) != nil }
  }

  @discardableResult
  mutating func add(design path: String) throws(Trouble) -> String {
    let name = String((path.split(separator: "/").last ?? "").dropLast(7))
    try put(path, named: name, into: \.designs)
    return name
  }

  private mutating func put(
    _ path: String, _ text: String? = nil, named name: String, into shelf: WritableKeyPath<Shelf, [Document]>
  ) throws(Trouble) {
    let read = if let text { text } else { try Shelf.text(of: path) }
    self[keyPath: shelf].removeAll { $0.name == name }
    self[keyPath: shelf].append(Document(name: name, text: read))
    files[shelf == \Shelf.lessons ? "\(name).md" : "\(name).tripod"] = path
  }

  func file(ofLesson name: String) -> String { files["\(name).md"] ?? "Lessons/\(name).md" }

  func file(ofDesign name: String) -> String {
    files["\(name).tripod"] ?? "Lessons/Designs/\(name).tripod"
  }

  static func text(of path: String) throws(Trouble) -> String {
    switch Files.read(path) {
    case .text(let text): return text
    case .failed(let why): throw Trouble(sentence: "cannot read \(path): \(why)")
    }
  }
}
