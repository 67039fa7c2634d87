import Course
import Shell

/// `tripod test --report`: what a class has exported, confirmed and summed up.
struct ClassRun {
  private let arguments: Arguments
  private let patience: Patience
  /// As `progress export` is told to name what it writes.
  private static let ending = ".progress"

  init(_ arguments: Arguments, _ patience: Patience) {
    self.arguments = arguments
    self.patience = patience
  }

  func run(to output: inout Output) throws(Misuse) -> ExitStatus {
    if arguments.operands.isEmpty { throw .nothingToReport }
    let report: ClassReport
    do throws(Shelf.Trouble) {
      report = try self.report()
    } catch {
      complain(error.sentence)
      return .misused
    }
    let status: ExitStatus = report.tests.isUnreadable ? .misused : report.tests.isOK ? .well : .failed
    if let late = report.cutShort { complain(late) }
    let painter = Program.painter(arguments, output)
    do throws(Output.Failure) {
      switch arguments.format ?? (arguments.json ? .json : .text) {
      case .text: for line in ClassTable(report).lines { output.add(painter.line(line)) }
      case .json: output.add(report.json.text + "\n")
      case .tap: output.add(ReportFormat.tap.text(of: report.tests))
      case .junit: output.add(ReportFormat.junit.text(of: report.tests))
      }
      try output.flush()
      return status
    } catch {
      return Program.status(after: error, otherwise: status)
    }
  }

  private func report() throws(Shelf.Trouble) -> ClassReport {
    let shelf = try Shelf(arguments)
    if let wanted = arguments.only, !shelf.has(lessonOrTask: wanted) {
      throw Shelf.Trouble(sentence: "no lesson or task is called \(wanted)")
    }
    var report = ClassReport(wanted: arguments.only)
    var files: [InputFile] = []
    for word in arguments.operands { files += try ClassRun.files(word) }
    for file in files where !patience.isOver {
      let path = file.path
      let journal: String
      switch file.read() {
      case .text(let text): journal = text
      case .failed(let why):
        report.add(unreadable: ClassRun.name(of: path), file: path, because: why)
        continue
      }
      guard
        path.hasSuffix(ClassRun.ending)
          || JournalLine.lines(of: journal).contains(where: { JournalLine($0) != nil })
      else {
        throw Shelf.Trouble(sentence: "\(path) holds no progress; progress export FILE writes it")
      }
      // Each has its own work to spend.
      let ground = Tutor(
        designs: shelf.designs, lessons: shelf.lessons, allowance: Allowance { [patience] in patience.isOver }
      )
      let learner = Confirmation(
        of: ClassRun.name(of: path), file: path, journal: journal,
        lessons: { id in
          shelf.lessons.first { $0.name == id }.map { LessonReader($0.text, file: $0.name).lesson }
        },
        on: ground, while: { !patience.isOver })
      if !patience.isOver { report.learners.append(learner) }
    }
    if patience.isOver { report.cutShort = arguments.limitIsOver }
    return report
  }

  /// A file, or all the progress in a folder.
  private static func files(_ word: String) throws(Shelf.Trouble) -> [InputFile] {
    guard Folder.isFolder(word) else { return [InputFile(at: word)] }
    let folder = AuthorFolder(Folder.plain(word))
    let names = (Folder.files(in: folder.path) ?? []).filter { $0.hasSuffix(ending) }
    if names.isEmpty { throw Shelf.Trouble(sentence: "no file in \(word) ends in \(ending)") }
    return names.map { InputFile($0, in: folder) }
  }

  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(ending) ? String(file.dropLast(ending.count)) : file
  }
}
