import Course
import Glibc
import Shell

/// The lessons and designs of a run: those that were given, those beside them, then those that are built in.
struct Shelf {
  private(set) var lessons = builtInLessons
  private(set) var designs = builtInDesigns
  /// The designs that the given file may load.
  private(set) var folder = DesignFolder.empty
  /// The unreadable files of a folder, which are skipped.
  private(set) var unreadable: [UnreadableFile] = []
  /// Where those that are not built in were found.
  private var files: [String: String] = [:]
  /// The lesson to begin with.
  private(set) var lesson: String?

  struct Trouble: Error {
    let sentence: String
  }

  struct UnreadableFile {
    let path: String
    let why: String
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
  private mutating func addAll(of path: String) throws(Trouble) {
    guard let names = Folder.files(in: path) else {
      throw Trouble(sentence: "cannot read \(path): \(reason(errno))")
    }
    let folder = AuthorFolder(Folder.plain(path))
    var found: [String: String] = [:]
    for name in names where name.hasSuffix(".md") && name != "README.md" {
      let path = "\(folder.path)/\(name)"
      guard let text = readable(folder.text(of: name), at: path) else { continue }
      let said = LessonReader(headOf: text, file: path).lesson.id
      let id = LessonReader.isFit(id: said) ? said : String(name.dropLast(3))
      if let other = found[id] { throw Trouble(sentence: "\(other) and \(path) both have the id \(id)") }
      found[id] = path
      put(path, text, named: id, into: \.lessons)
    }
    for inner in [nil, AuthorFolder.designs] {
      let place = inner.map { "\(folder.path)/\($0)" } ?? folder.path
      for name in Folder.files(in: place) ?? [] where name.hasSuffix(".tripod") {
        let path = "\(place)/\(name)"
        guard let text = readable(folder.text(of: name, in: inner), at: path) else { continue }
        put(path, text, named: String(name.dropLast(7)), into: \.designs)
      }
    }
  }

  /// The most bytes that are read of all files of a folder together.
  static let largestFolder = 64 << 20
  private var bytes = 0

  /// Returns a file's text, or notes why it is unreadable.
  private mutating func readable(_ text: FileText, at path: String) -> String? {
    switch text {
    case .text(let text):
      bytes += text.utf8.count
      if bytes <= Shelf.largestFolder { return text }
      unreadable.append(UnreadableFile(path: path, why: "the folder's files are larger than 64 MiB in all"))
      return nil
    case .failed(let why):
      unreadable.append(UnreadableFile(path: path, why: why))
      return nil
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
    return (add(lesson: path, text), text)
  }

  /// Adds a lesson from its text. Returns its id.
  mutating func add(lesson path: String, _ text: String) -> String {
    let reader = LessonReader(text, file: path)
    let beside = AuthorFolder(holding: path)
    for need in reader.lesson.needs where LessonReader.isFit(id: need.text) {
      if case .text(let text) = beside.text(of: "\(need.text).md") {
        put("\(beside.path)/\(need.text).md", text, named: need.text, into: \.lessons)
      }
    }
    folder = DesignFolder(beside)
    put(path, text, named: reader.lesson.id, into: \.lessons)
    return reader.lesson.id
  }

  func has(lessonOrTask id: String) -> Bool {
    lessons.contains { $0.name == id || LessonReader($0.text, file: $0.name).lesson.task(id) != nil }
  }

  /// Adds a design. Returns its name.
  mutating func add(design path: String, _ text: String) -> String {
    let name = String((path.split(separator: "/").last ?? "").dropLast(7))
    put(path, text, named: name, into: \.designs)
    folder = DesignFolder(AuthorFolder(holding: path))
    return name
  }

  private mutating func put(
    _ path: String, _ text: String, named name: String, into shelf: WritableKeyPath<Shelf, [Document]>
  ) {
    self[keyPath: shelf].removeAll { $0.name == name }
    self[keyPath: shelf].append(Document(name: name, text: text))
    files[shelf == \Shelf.lessons ? "\(name).md" : "\(name).tripod"] = path
  }

  func file(ofLesson name: String) -> String { files["\(name).md"] ?? "Lessons/\(name).md" }

  func file(ofDesign name: String) -> String {
    files["\(name).tripod"] ?? "Lessons/Designs/\(name).tripod"
  }

  static func text(of path: String) throws(Trouble) -> String {
    switch read(path) {
    case .text(let text): return text
    case .failed(let why): throw Trouble(sentence: "cannot read \(path): \(why)")
    }
  }

  /// Reads a file by its path. Waits for a pipe, but at most 10 s.
  static func read(_ path: String) -> FileText {
    let end = Patience.now + 10_000_000_000
    return Files.read(path) { Patience.now < end }
  }
}
