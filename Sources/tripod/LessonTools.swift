import Blueprint
import Course
import Glibc
import Inspector
import Shell

/// `tripod lesson new|watch|show`: tools for those who write lessons.
struct LessonTools {
  private let arguments: Arguments
  private let operand: String
  private let tool: Tool

  enum Tool: String, CaseIterable {
    case new, watch, show
  }

  init(_ arguments: Arguments) throws(Misuse) {
    guard let word = arguments.operands.first else { throw .incompleteLessonTool }
    guard let tool = Tool(rawValue: word) else {
      throw .unknownLessonTool(word, nearest: nearest(to: word, among: Tool.allCases.map(\.rawValue)))
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
      complain("“\(id)” cannot be the id of a lesson; small letters, digits and hyphens can")
      return .misused
    }
    guard access(path, F_OK) != 0 else {
      complain("\(path) is there already; take another name, or remove it")
      return .misused
    }
    if let why = Files.write(path, LessonTemplate.text(id: id)) {
      complain("cannot write \(path): \(why)")
      return .failed
    }
    return Program.say(
      ["Wrote \(path). tripod test \(path) tests it, tripod learn \(path) plays it."], to: &output)
  }

  /// Tests the file whenever it has changed, until it is stopped.
  private func watch(to output: inout Output) throws(Misuse) -> ExitStatus {
    if let obstacle = Files.obstacle(toReading: operand) {
      complain("cannot read \(operand): \(obstacle)")
      return .misused
    }
    var test = arguments
    test.operands = [operand]
    let patience = Patience(limit: arguments.limit, signals: Signals())
    var seen = Stamp(of: operand)
    var status = try TestRun(test, patience).run(to: &output)
    while patience.pause(milliseconds: 200) {
      let now = Stamp(of: operand)
      guard let now, now != seen else { continue }
      seen = now
      status = try TestRun(test, patience).run(to: &output)
    }
    return status
  }

  /// When a file was changed last, and which one it is.
  private struct Stamp: Equatable {
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
    var shelf = Shelf()
    var id = operand
    do throws(Shelf.Trouble) {
      shelf = try Shelf(arguments)
      if Shelf.isPath(operand) { id = try shelf.add(lesson: operand).id }
    } catch {
      complain(error.sentence)
      return .misused
    }
    do throws(Failure) {
      let session = Tutor(
        designs: shelf.designs, lessons: shelf.lessons, folder: shelf.folder, allowance: Allowance())
      let painter = Program.painter(arguments, output)
      let lines =
        if let sheet = arguments.sheet {
          try session.paper(ofLesson: id, hasKey: sheet == .key).map { Printable($0) }
        } else {
          try session.wholePage(ofLesson: id, width: 80).map { painter.text($0) }
        }
      return Program.say(lines, to: &output)
    } catch {
      complain(error)
      return .misused
    }
  }
}

extension Program {
  /// What `tripod lessons` says: the shell's own list.
  static func listLessons(_ arguments: Arguments, to output: inout Output) -> ExitStatus {
    do throws(Shelf.Trouble) {
      let shelf = try Shelf(arguments)
      var session = Tutor(designs: shelf.designs, lessons: shelf.lessons)
      let reply = session.obey("lessons")
      let painter = painter(arguments, output)
      let lines = arguments.json ? [Printable(reply.json.text)] : reply.lines.map { painter.text($0) }
      return say(lines, to: &output)
    } catch {
      complain(error.sentence)
      return .misused
    }
  }
}
