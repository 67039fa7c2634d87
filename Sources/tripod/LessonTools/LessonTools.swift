import Blueprint
import Course
import Glibc
import Inspector
import Shell

/// `tripod lesson new|watch|show`: tools for authors of lessons.
struct LessonTools {
  private let arguments: ProgramArguments
  private let operand: String
  private let tool: LessonTool

  init(_ arguments: ProgramArguments) throws(Misuse) {
    guard let word = arguments.operands.first else { throw .incompleteLessonTool }
    guard let tool = LessonTool(rawValue: word) else {
      throw .unknownLessonTool(word, nearest: nearest(to: word, among: LessonTool.allCases.map(\.rawValue)))
    }
    guard arguments.operands.count > 1 else { throw .incompleteLessonTool }
    if arguments.operands.count > 2 { throw .superfluousOperand(arguments.operands[2], of: .lesson) }
    self.arguments = arguments
    self.tool = tool
    operand = arguments.operands[1]
  }

  func run(to output: inout Output) throws(Misuse) -> ExitStatus {
    switch tool {
    case .new: return new(to: &output)
    case .watch: return try watch(to: &output)
    case .show: return show(to: &output)
    }
  }

  private func new(to output: inout Output) -> ExitStatus {
    let path = operand.hasSuffix(".md") ? operand : "\(operand).md"
    let id = String((path.split(separator: "/").last ?? "").dropLast(3))
    guard LessonReader.isFit(id: id) else {
      printError("“\(id)” cannot be the id of a lesson; use lower-case letters, digits and hyphens")
      return .misuse
    }
    guard access(path, F_OK) != 0 else {
      printError("\(path) already exists; choose another name or remove the file")
      return .misuse
    }
    if let reason = WholeFile.write(path, LessonTemplate.text(id: id)) {
      printError("cannot write \(path): \(reason)")
      return .failed
    }
    return output.print([
      "Wrote \(path). To test it, type tripod test \(path). To play it, type tripod learn \(path)."
    ])
  }

  /// Tests the file after each change, until the program is stopped.
  private func watch(to output: inout Output) throws(Misuse) -> ExitStatus {
    if let obstacle = WholeFile.obstacle(toReading: operand) {
      printError("cannot read \(operand): \(obstacle)")
      return .misuse
    }
    var test = arguments
    test.operands = [operand]
    let limits = RunLimits(limit: arguments.limit, signals: Signals())
    var tested = FileVersion(of: operand)
    var status = try TestRun(test, limits).run(to: &output)
    while limits.pause(milliseconds: 200) {
      let current = FileVersion(of: operand)
      guard let current, current != tested else { continue }
      tested = current
      status = try TestRun(test, limits).run(to: &output)
    }
    return status
  }

  /// Values that change when a file is changed or replaced.
  private struct FileVersion: Equatable {
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    init?(of path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      inode = UInt(status.st_ino)
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  private func show(to output: inout Output) -> ExitStatus {
    var collection = LessonCollection()
    var id = operand
    do throws(LessonCollection.LoadError) {
      collection = try LessonCollection(arguments)
      if LessonCollection.isPath(operand) { id = try collection.add(lesson: operand).id }
    } catch {
      printError(error.sentence)
      return .misuse
    }
    do throws(Failure) {
      let tutor = Tutor(
        designs: collection.designs, lessons: collection.lessons, folder: collection.folder,
        allowance: Allowance())
      let painter = Painter(arguments, for: output)
      let lines =
        if let sheet = arguments.sheet {
          try tutor.worksheet(ofLesson: id, showsSolutions: sheet == .key).map { Printable($0) }
        } else {
          try tutor.wholePage(ofLesson: id, width: 80).map { painter.text($0) }
        }
      return output.print(lines)
    } catch {
      printError(error)
      return .misuse
    }
  }
}
