import Course
import Glibc
import Shell

/// The lessons and designs of a run: the given ones, those in the same folder, and the built-in ones.
struct LessonCollection {
  private(set) var lessons = builtInLessons
  private(set) var designs = builtInDesigns
  /// The designs that the given file may load.
  private(set) var folder = DesignFolder.empty
  /// The files of a folder that were skipped because they are unreadable.
  private(set) var unreadable: [UnreadableFile] = []
  /// The paths of the lessons and designs that are not built in.
  private var files: [String: String] = [:]
  /// The id of the lesson to begin with.
  private(set) var lesson: String?

  /// The reason why a lesson, a design or a folder cannot be loaded.
  struct LoadError: Error {
    let sentence: String
  }

  struct UnreadableFile {
    let path: String
    let reason: String
  }

  init() {}

  init(_ arguments: ProgramArguments) throws(LoadError) {
    if let folder = arguments.lessonFolder { try addAll(of: folder) }
    guard arguments.mode == .learn || arguments.mode == .present, let word = arguments.operands.first else {
      return
    }
    lesson = word
    if LessonCollection.isPath(word) { lesson = try add(lesson: word).id }
  }

  /// Whether an operand is a path, not the id of a lesson.
  static func isPath(_ word: String) -> Bool {
    word.contains("/") || word.hasSuffix(".md") || word.hasSuffix(".tripod")
  }

  private static var builtInLessons: [Document] { tripod.lessons }
  private static var builtInDesigns: [Document] { tripod.designs }

  /// Adds the lessons of a folder, its designs, and those in its inner folder `Designs`.
  private mutating func addAll(of path: String) throws(LoadError) {
    guard let names = Folder.files(in: path) else {
      throw LoadError(sentence: "cannot read \(path): \(reason(errno))")
    }
    let folder = AuthorFolder(Folder.withoutTrailingSlash(path))
    var found: [String: String] = [:]
    for name in names where name.hasSuffix(".md") && name != "README.md" {
      let path = "\(folder.path)/\(name)"
      guard let text = readable(folder.text(of: name), at: path) else { continue }
      let ownID = LessonReader(headOf: text, file: path).lesson.id
      let id = LessonReader.isFit(id: ownID) ? ownID : String(name.dropLast(3))
      if let other = found[id] { throw LoadError(sentence: "\(other) and \(path) both have the id \(id)") }
      found[id] = path
      put(path, text, named: id, into: \.lessons)
    }
    for inner in [nil, AuthorFolder.designs] {
      let designs = inner.map { "\(folder.path)/\($0)" } ?? folder.path
      for name in Folder.files(in: designs) ?? [] where name.hasSuffix(".tripod") {
        let path = "\(designs)/\(name)"
        guard let text = readable(folder.text(of: name, in: inner), at: path) else { continue }
        put(path, text, named: String(name.dropLast(7)), into: \.designs)
      }
    }
  }

  /// The most bytes of all files of a folder together.
  static let largestFolder = 64 << 20
  /// The number of bytes read from files of a folder.
  private var bytes = 0

  /// Returns a file's text, or notes why it is unreadable.
  private mutating func readable(_ text: FileText, at path: String) -> String? {
    switch text {
    case .text(let text):
      bytes += text.utf8.count
      if bytes <= LessonCollection.largestFolder { return text }
      unreadable.append(
        UnreadableFile(path: path, reason: "the folder's files are larger than 64 MiB in total"))
      return nil
    case .failed(let reason):
      unreadable.append(UnreadableFile(path: path, reason: reason))
      return nil
    }
  }

  /// Adds the lesson of a file, and the lessons in the same folder that it needs.
  @discardableResult
  mutating func add(lesson path: String) throws(LoadError) -> (id: String, text: String) {
    let text = try LessonCollection.text(of: path)
    let reader = LessonReader(text, file: path)
    if reader.isOfAnotherFormat, let problem = reader.problems.first {
      throw LoadError(sentence: "\(path):\(problem.position.text): \(problem.sentence)")
    }
    return (add(lesson: path, text), text)
  }

  /// Adds a lesson from its text. Returns its id.
  mutating func add(lesson path: String, _ text: String) -> String {
    let reader = LessonReader(text, file: path)
    let authorFolder = AuthorFolder(containing: path)
    for need in reader.lesson.needs where LessonReader.isFit(id: need.text) {
      if case .text(let text) = authorFolder.text(of: "\(need.text).md") {
        put("\(authorFolder.path)/\(need.text).md", text, named: need.text, into: \.lessons)
      }
    }
    folder = DesignFolder(authorFolder)
    put(path, text, named: reader.lesson.id, into: \.lessons)
    return reader.lesson.id
  }

  /// Whether a lesson or a task has the id.
  func has(lessonOrTask id: String) -> Bool {
    lessons.contains { $0.name == id || LessonReader($0.text, file: $0.name).lesson.task(id) != nil }
  }

  /// Adds a design. Returns its name.
  mutating func add(design path: String, _ text: String) -> String {
    let name = String((path.split(separator: "/").last ?? "").dropLast(7))
    put(path, text, named: name, into: \.designs)
    folder = DesignFolder(AuthorFolder(containing: path))
    return name
  }

  private mutating func put(
    _ path: String, _ text: String, named name: String,
    into list: WritableKeyPath<LessonCollection, [Document]>
  ) {
    self[keyPath: list].removeAll { $0.name == name }
    self[keyPath: list].append(Document(name: name, text: text))
    files[list == \LessonCollection.lessons ? "\(name).md" : "\(name).tripod"] = path
  }

  func file(ofLesson name: String) -> String { files["\(name).md"] ?? "Lessons/\(name).md" }

  func file(ofDesign name: String) -> String {
    files["\(name).tripod"] ?? "Lessons/Designs/\(name).tripod"
  }

  private static func text(of path: String) throws(LoadError) -> String {
    switch InputFile.text(at: path) {
    case .text(let text): return text
    case .failed(let reason): throw LoadError(sentence: "cannot read \(path): \(reason)")
    }
  }
}
