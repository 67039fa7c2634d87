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
    let isLate = report.cutShort != nil
    if report.files.isEmpty, !isLate {
      complain(
        "there is nothing to test\(arguments.only.map { ": no lesson, design or task is called \($0)" } ?? "")"
      )
      return .misused
    }
    let format = arguments.format ?? (arguments.json ? .json : .text)
    let text = format.text(of: report)
    let status: ExitStatus = report.isUnreadable ? .misused : report.isOK ? .well : .failed
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
    let jobs = try arguments.operands.isEmpty ? builtIn() : given()
    let tested = Crew.products(of: jobs) { [patience] job in
      // What was cut short has not failed.
      patience.isOver ? nil : job.run().flatMap { patience.isOver ? nil : (job.kind, $0) }
    }
    var report = TestReport()
    if patience.isOver { report.cutShort = arguments.limitIsOver }
    for case (let kind, let file)? in tested {
      switch kind {
      case .lesson: report.lessons.append(file)
      case .design: report.designs.append(file)
      }
    }
    return report
  }

  /// A file to be tested.
  private struct Job: Sendable {
    enum Kind { case lesson, design }
    let kind: Kind
    /// Nil where `--only` means something else.
    let run: @Sendable () -> TestedFile?
  }

  private func given() throws(Shelf.Trouble) -> [Job] {
    var jobs: [Job] = []
    var bytes = 0
    for word in arguments.operands {
      for file in try TestRun.files(word) where !patience.isOver {
        let text =
          bytes > Shelf.largestFolder ? .failed("the files are larger than 64 MiB in all") : file.read()
        if case .text(let text) = text { bytes += text.utf8.count }
        jobs.append(try job(of: file, text))
      }
    }
    return jobs
  }

  /// A file, or the lessons and designs of a folder.
  private static func files(_ word: String) throws(Shelf.Trouble) -> [InputFile] {
    guard Folder.isFolder(word) else {
      guard access(word, F_OK) == 0 else {
        throw Shelf.Trouble(sentence: "cannot read \(word): \(reason(errno))")
      }
      return [InputFile(at: word)]
    }
    let folder = AuthorFolder(Folder.plain(word))
    guard let names = Folder.files(in: folder.path) else {
      throw Shelf.Trouble(sentence: "cannot read \(word): \(reason(errno))")
    }
    let files = names.filter { $0.hasSuffix(".md") && $0 != "README.md" || $0.hasSuffix(".tripod") }
    let inner = "\(folder.path)/\(AuthorFolder.designs)"
    let designs = (Folder.files(in: inner) ?? []).filter { $0.hasSuffix(".tripod") }
    return files.map { InputFile($0, in: folder) }
      + designs.map { InputFile($0, in: folder, within: AuthorFolder.designs) }
  }

  /// Returns a file's test. An unreadable file fails alone.
  private func job(of file: InputFile, _ text: FileText) throws(Shelf.Trouble) -> Job {
    let isDesign = file.path.hasSuffix(".tripod")
    switch text {
    case .failed(let why): return job(unreadable: file.path, because: why)
    case .text(let text): return try isDesign ? job(design: file.path, text) : job(lesson: file.path, text)
    }
  }

  private func job(unreadable path: String, because why: String) -> Job {
    Job(kind: path.hasSuffix(".tripod") ? .design : .lesson) {
      var tested = TestedFile(id: path, file: path)
      tested.isUnreadable = true
      tested.checks = [TestCheck("\(path) › readable", at: Place(1), ["the file cannot be read: \(why)"])]
      return tested
    }
  }

  private func builtIn() throws(Shelf.Trouble) -> [Job] {
    let shelf = try Shelf(arguments)
    let unreadable = shelf.unreadable.map { job(unreadable: $0.path, because: $0.why) }
    return unreadable
      + shelf.lessons.map { lesson in
        job(lesson.text, id: lesson.name, file: shelf.file(ofLesson: lesson.name), shelf)
      }
      + shelf.designs.map { job(design: $0.name, file: shelf.file(ofDesign: $0.name), shelf) }
  }

  private func job(lesson path: String, _ given: String) throws(Shelf.Trouble) -> Job {
    var shelf = try Shelf(arguments)
    var text = given
    var id = shelf.add(lesson: path, text)
    if arguments.updates {
      let new = LessonTrial.updated(text, file: path, ground: ground(shelf))
      // What was cut short says nothing of what a demo says.
      if new != text, !patience.isOver {
        if let why = Files.write(path, new) { throw Shelf.Trouble(sentence: "cannot write \(path): \(why)") }
        text = new
        id = shelf.add(lesson: path, text)
      }
    }
    return job(text, id: id, file: path, shelf)
  }

  private func job(_ text: String, id: String, file: String, _ shelf: Shelf) -> Job {
    let task = arguments.only.flatMap { $0 == id ? nil : $0 }
    return Job(kind: .lesson) { [self] in
      if let task, LessonReader(text, file: file).lesson.task(task) == nil { return nil }
      return LessonTrial.test(text, file: file, ground: ground(shelf), only: task) { need in
        shelf.lessons.contains { $0.name == need }
      }
    }
  }

  private func job(design path: String, _ text: String) throws(Shelf.Trouble) -> Job {
    var shelf = try Shelf(arguments)
    let name = shelf.add(design: path, text)
    return job(design: name, file: path, shelf)
  }

  private func job(design name: String, file: String, _ shelf: Shelf) -> Job {
    Job(kind: .design) { [self] in
      guard arguments.only == nil || arguments.only == name else { return nil }
      return DesignTrial.test(name, file: file, ground: ground(shelf))
    }
  }

  /// Each file has its own: what it counts and remembers is looked at by one thread.
  private func ground(_ shelf: Shelf) -> Tutor {
    Tutor(
      designs: shelf.designs, lessons: shelf.lessons, folder: shelf.folder,
      allowance: Allowance { [patience] in patience.isOver })
  }
}
