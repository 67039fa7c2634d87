import Course
import Glibc
import Shell

/// `tripod test`: runs lessons and designs as tests.
struct TestRun {
  private let arguments: ProgramArguments
  private let limits: RunLimits

  init(_ arguments: ProgramArguments, _ limits: RunLimits) {
    self.arguments = arguments
    self.limits = limits
  }

  func run(to output: inout Output) throws(Misuse) -> ExitStatus {
    if arguments.updates, arguments.operands.isEmpty { throw .nothingToUpdate }
    let report: TestReport
    do throws(LessonCollection.LoadError) {
      report = try self.report()
    } catch {
      printError(error.sentence)
      return .misuse
    }
    // A run that reached its time limit reports the files that were finished.
    let isLate = report.stopReason != nil
    if report.files.isEmpty, !isLate {
      printError(
        "there is nothing to test\(arguments.only.map { ": no lesson, design or task is called \($0)" } ?? "")"
      )
      return .misuse
    }
    let format = arguments.format ?? (arguments.json ? .json : .text)
    let text = format.text(of: report)
    let status: ExitStatus = report.isUnreadable ? .misuse : report.isOK ? .success : .failed
    do throws(Output.WriteError) {
      output.add(text)
      try output.flush()
      if isLate { printError(arguments.limitMessage) }
      return status
    } catch {
      return ExitStatus(after: error, otherwise: status)
    }
  }

  func report() throws(LessonCollection.LoadError) -> TestReport {
    let tests = try arguments.operands.isEmpty ? builtInTests() : givenTests()
    let tested = ParallelWork.results(of: tests) { [limits] test in
      // A test that was interrupted has not failed.
      limits.isTimeUp ? nil : test.run().flatMap { limits.isTimeUp ? nil : (test.kind, $0) }
    }
    var report = TestReport()
    if limits.isTimeUp { report.stopReason = arguments.limitMessage }
    for case (let kind, let file)? in tested {
      switch kind {
      case .lesson: report.lessons.append(file)
      case .design: report.designs.append(file)
      }
    }
    return report
  }

  /// The test of one file.
  private struct FileTest: Sendable {
    enum FileKind { case lesson, design }
    let kind: FileKind
    /// Returns nil if `--only` selects something else.
    let run: @Sendable () -> TestedFile?
  }

  private func givenTests() throws(LessonCollection.LoadError) -> [FileTest] {
    var tests: [FileTest] = []
    var bytes = 0
    for word in arguments.operands {
      for file in try TestRun.files(word) where !limits.isTimeUp {
        let text =
          bytes > LessonCollection.largestFolder
          ? .failed("the files are larger than 64 MiB in total") : file.read()
        if case .text(let text) = text { bytes += text.utf8.count }
        tests.append(try test(of: file, text))
      }
    }
    return tests
  }

  /// Returns the given file, or the lessons and designs of a given folder.
  private static func files(_ word: String) throws(LessonCollection.LoadError) -> [InputFile] {
    guard Folder.isFolder(word) else {
      guard access(word, F_OK) == 0 else {
        throw LessonCollection.LoadError(sentence: "cannot read \(word): \(reason(errno))")
      }
      return [InputFile(at: word)]
    }
    let folder = AuthorFolder(Folder.withoutTrailingSlash(word))
    guard let names = Folder.files(in: folder.path) else {
      throw LessonCollection.LoadError(sentence: "cannot read \(word): \(reason(errno))")
    }
    let files = names.filter { $0.hasSuffix(".md") && $0 != "README.md" || $0.hasSuffix(".tripod") }
    let inner = "\(folder.path)/\(AuthorFolder.designs)"
    let designs = (Folder.files(in: inner) ?? []).filter { $0.hasSuffix(".tripod") }
    return files.map { InputFile($0, in: folder) }
      + designs.map { InputFile($0, in: folder, within: AuthorFolder.designs) }
  }

  /// Returns the test of a file. The test of an unreadable file fails.
  private func test(of file: InputFile, _ text: FileText) throws(LessonCollection.LoadError) -> FileTest {
    let isDesign = file.path.hasSuffix(".tripod")
    switch text {
    case .failed(let reason): return test(unreadable: file.path, because: reason)
    case .text(let text): return try isDesign ? test(design: file.path, text) : test(lesson: file.path, text)
    }
  }

  private func test(unreadable path: String, because reason: String) -> FileTest {
    FileTest(kind: path.hasSuffix(".tripod") ? .design : .lesson) {
      var tested = TestedFile(id: path, file: path)
      tested.isUnreadable = true
      tested.checks = [
        TestCheck("\(path) › readable", at: FilePosition(1), ["the file cannot be read: \(reason)"])
      ]
      return tested
    }
  }

  private func builtInTests() throws(LessonCollection.LoadError) -> [FileTest] {
    let collection = try LessonCollection(arguments)
    let unreadable = collection.unreadable.map { test(unreadable: $0.path, because: $0.reason) }
    return unreadable
      + collection.lessons.map { lesson in
        test(lesson.text, id: lesson.name, file: collection.file(ofLesson: lesson.name), collection)
      }
      + collection.designs.map { test(design: $0.name, file: collection.file(ofDesign: $0.name), collection) }
  }

  private func test(lesson path: String, _ given: String) throws(LessonCollection.LoadError) -> FileTest {
    var collection = try LessonCollection(arguments)
    var text = given
    var id = collection.add(lesson: path, text)
    if arguments.updates {
      let new = LessonTest.updated(text, file: path, runner: tutor(collection))
      // An interrupted update is incomplete and must not be written.
      if new != text, !limits.isTimeUp {
        if let reason = WholeFile.write(path, new) {
          throw LessonCollection.LoadError(sentence: "cannot write \(path): \(reason)")
        }
        text = new
        id = collection.add(lesson: path, text)
      }
    }
    return test(text, id: id, file: path, collection)
  }

  private func test(_ text: String, id: String, file: String, _ collection: LessonCollection) -> FileTest {
    let task = arguments.only.flatMap { $0 == id ? nil : $0 }
    return FileTest(kind: .lesson) { [self] in
      if let task, LessonReader(text, file: file).lesson.task(task) == nil { return nil }
      return LessonTest.test(text, file: file, runner: tutor(collection), only: task) { need in
        collection.lessons.contains { $0.name == need }
      }
    }
  }

  private func test(design path: String, _ text: String) throws(LessonCollection.LoadError) -> FileTest {
    var collection = try LessonCollection(arguments)
    let name = collection.add(design: path, text)
    return test(design: name, file: path, collection)
  }

  private func test(design name: String, file: String, _ collection: LessonCollection) -> FileTest {
    FileTest(kind: .design) { [self] in
      guard arguments.only == nil || arguments.only == name else { return nil }
      return DesignTest.test(name, file: file, runner: tutor(collection))
    }
  }

  /// Returns a tutor for one file. Its counters and caches may be used by only one thread.
  private func tutor(_ collection: LessonCollection) -> Tutor {
    Tutor(
      designs: collection.designs, lessons: collection.lessons, folder: collection.folder,
      allowance: Allowance { [limits] in limits.isTimeUp })
  }
}
