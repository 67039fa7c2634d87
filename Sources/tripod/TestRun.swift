import Course
import Glibc
import Shell

/// `tripod test`: lessons and designs, run as tests.
struct TestRun {
  private let arguments: Arguments
  private let patience: Patience

  init(_ arguments: Arguments, _ patience: Patience) {
    self.arguments = arguments
    self.patience = patience
  }

  func run(to output: inout Output) throws(Misuse) -> ExitStatus {
    if arguments.updates, arguments.operands.isEmpty { throw .nothingToUpdate }
    let report: TestReport
    do throws(Shelf.Trouble) {
      report = try self.report()
    } catch {
      complain(error.sentence)
      return .misused
    }
    // What had its time is reported; what had not was neither good nor bad.
    let isLate = patience.isOver
    if report.files.isEmpty, !isLate {
      complain(
        "there is nothing to test\(arguments.only.map { ": no lesson, design or task is called \($0)" } ?? "")"
      )
      return .misused
    }
    let format = arguments.format ?? (arguments.json ? .json : .text)
    let text = format.text(of: report)
    let status: ExitStatus = report.isUnreadable ? .misused : report.failed == 0 && !isLate ? .well : .failed
    do throws(Output.Failure) {
      output.add(text)
      try output.flush()
      if isLate { complain(arguments.limitIsOver) }
      return status
    } catch {
      return Program.status(after: error, otherwise: status)
    }
  }

  func report() throws(Shelf.Trouble) -> TestReport {
    if arguments.operands.isEmpty { return try builtIn() }
    var report = TestReport()
    for path in arguments.operands.flatMap(TestRun.paths) where !patience.isOver {
      let isDesign = path.hasSuffix(".tripod")
      let tested = try isDesign ? test(design: path) : test(lesson: path)
      add(tested, to: isDesign ? \.designs : \.lessons, of: &report)
    }
    return report
  }

  /// Nothing is added when time is over: a check that was cut short has not failed.
  private func add(
    _ tested: TestedFile?, to kind: WritableKeyPath<TestReport, [TestedFile]>, of report: inout TestReport
  ) {
    guard let tested, !patience.isOver else { return }
    report[keyPath: kind].append(tested)
  }

  /// A file, or the lessons and designs of a folder.
  private static func paths(_ word: String) -> [String] {
    guard Folder.isFolder(word) else { return [word] }
    let folder = word.hasSuffix("/") ? String(word.dropLast()) : word
    let names = Folder.files(in: folder) ?? []
    let files = names.filter { $0.hasSuffix(".md") && $0 != "README.md" || $0.hasSuffix(".tripod") }
    let designs = (Folder.files(in: "\(folder)/Designs") ?? []).filter { $0.hasSuffix(".tripod") }
    return files.map { "\(folder)/\($0)" } + designs.map { "\(folder)/Designs/\($0)" }
  }

  private func builtIn() throws(Shelf.Trouble) -> TestReport {
    let shelf = try Shelf(arguments)
    var report = TestReport()
    for lesson in shelf.lessons where !patience.isOver {
      let id = lesson.name
      add(test(lesson.text, id: id, file: "Lessons/\(id).md", shelf), to: \.lessons, of: &report)
    }
    let designs = shelf.designs.filter { arguments.only == nil || arguments.only == $0.name }
    for design in designs where !patience.isOver {
      let file = "Lessons/Designs/\(design.name).tripod"
      add(DesignTrial.test(design.name, file: file, ground: ground(shelf)), to: \.designs, of: &report)
    }
    return report
  }

  private func test(lesson path: String) throws(Shelf.Trouble) -> TestedFile? {
    var shelf = try Shelf(arguments)
    var (id, text) = try shelf.add(lesson: path)
    if arguments.updates {
      let new = LessonTrial.updated(text, file: path, ground: ground(shelf))
      if new != text {
        if let why = Files.write(path, new) { throw Shelf.Trouble(sentence: "cannot write \(path): \(why)") }
        (id, text) = try shelf.add(lesson: path)
      }
    }
    return test(text, id: id, file: path, shelf)
  }

  /// Nil where `--only` means something else.
  private func test(_ text: String, id: String, file: String, _ shelf: Shelf) -> TestedFile? {
    let task = arguments.only.flatMap { $0 == id ? nil : $0 }
    if let task, LessonReader(text, file: file).lesson.task(task) == nil { return nil }
    return LessonTrial.test(text, file: file, ground: ground(shelf), only: task) { need in
      shelf.lessons.contains { $0.name == need }
    }
  }

  private func test(design path: String) throws(Shelf.Trouble) -> TestedFile? {
    var shelf = try Shelf(arguments)
    let name = try shelf.add(design: path)
    guard arguments.only == nil || arguments.only == name else { return nil }
    return DesignTrial.test(name, file: path, ground: ground(shelf))
  }

  private func ground(_ shelf: Shelf) -> Session {
    Session(
      designs: shelf.designs, lessons: shelf.lessons, allowance: Allowance { [patience] in patience.isOver })
  }
}
