import Course
import Shell

/// `tripod test --report`: confirms and sums up the exported progress of a class.
struct ClassRun {
  private let arguments: ProgramArguments
  private let limits: RunLimits
  /// The extension of exported progress.
  private static let fileExtension = ".progress"

  init(_ arguments: ProgramArguments, _ limits: RunLimits) {
    self.arguments = arguments
    self.limits = limits
  }

  func run(to output: inout Output) throws(Misuse) -> ExitStatus {
    if arguments.operands.isEmpty { throw .nothingToReport }
    let report: ClassReport
    do throws(LessonCollection.LoadError) {
      report = try self.report()
    } catch {
      printError(error.sentence)
      return .misuse
    }
    let status: ExitStatus = report.tests.isUnreadable ? .misuse : report.tests.isOK ? .success : .failed
    if let limitMessage = report.stopReason { printError(limitMessage) }
    let painter = Painter(arguments, for: output)
    do throws(Output.WriteError) {
      switch arguments.format ?? (arguments.json ? .json : .text) {
      case .text: for line in ClassTable(report).lines { output.add(painter.line(line)) }
      case .json: output.add(report.json.text + "\n")
      case .tap: output.add(ReportFormat.tap.text(of: report.tests))
      case .junit: output.add(ReportFormat.junit.text(of: report.tests))
      }
      try output.flush()
      return status
    } catch {
      return ExitStatus(after: error, otherwise: status)
    }
  }

  private func report() throws(LessonCollection.LoadError) -> ClassReport {
    let collection = try LessonCollection(arguments)
    if let wanted = arguments.only, !collection.has(lessonOrTask: wanted) {
      throw LessonCollection.LoadError(sentence: "no lesson or task is called \(wanted)")
    }
    var report = ClassReport(wanted: arguments.only)
    var files: [InputFile] = []
    for word in arguments.operands { files += try ClassRun.files(word) }
    for file in files where !limits.isTimeUp {
      let path = file.path
      let journal: String
      switch file.read() {
      case .text(let text): journal = text
      case .failed(let reason):
        report.add(unreadable: ClassRun.name(of: path), file: path, because: reason)
        continue
      }
      guard
        path.hasSuffix(ClassRun.fileExtension)
          || JournalLine.lines(of: journal).contains(where: { JournalLine($0) != nil })
      else {
        throw LessonCollection.LoadError(
          sentence: "\(path) contains no progress; in the shell, progress export FILE writes it")
      }
      // Each file has its own allowance of work.
      let tutor = Tutor(
        designs: collection.designs, lessons: collection.lessons,
        allowance: Allowance { [limits] in limits.isTimeUp }
      )
      let learner = Confirmation(
        of: ClassRun.name(of: path), file: path, journal: journal,
        lessons: { id in
          collection.lessons.first { $0.name == id }.map { LessonReader($0.text, file: $0.name).lesson }
        },
        on: tutor, while: { !limits.isTimeUp })
      if !limits.isTimeUp { report.learners.append(learner) }
    }
    if limits.isTimeUp { report.stopReason = arguments.limitMessage }
    return report
  }

  /// Returns the given file, or all exported progress in a given folder.
  private static func files(_ word: String) throws(LessonCollection.LoadError) -> [InputFile] {
    guard Folder.isFolder(word) else { return [InputFile(at: word)] }
    let folder = AuthorFolder(Folder.withoutTrailingSlash(word))
    let names = (Folder.files(in: folder.path) ?? []).filter { $0.hasSuffix(fileExtension) }
    if names.isEmpty {
      throw LessonCollection.LoadError(sentence: "no file in \(word) ends in \(fileExtension)")
    }
    return names.map { InputFile($0, in: folder) }
  }

  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(fileExtension) ? String(file.dropLast(fileExtension.count)) : file
  }
}
