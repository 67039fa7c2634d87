import Course
import Glibc

@testable import Shell

/// The sessions that targets work on: files and journal exist in memory only, and work is counted as it is when a lesson
/// is tried out.
enum Bench {
  static let designs = documents(in: "Lessons/Designs", ending: ".tripod")
  static let lessons = documents(in: "Lessons", ending: ".md").filter { $0.name != "README" }

  private static let textbook = Session(designs: designs, lessons: lessons, allowance: Allowance())

  /// A session on the first design. `work` is how often a command may ask whether to go on.
  static func session(work: Int, files: MemoryFiles = MemoryFiles()) -> Session {
    var session = textbook
    session.allowance = Allowance(most: work, checks: 40)
    session.recollection = Recollection()
    session.screen.width = 80
    session.world = files.world
    return session.counting()
  }

  /// The same with other designs and lessons.
  static func session(
    work: Int, designs: [Document], lessons: [Document] = [], files: MemoryFiles = MemoryFiles()
  ) -> Session {
    var session = Session(
      designs: designs, lessons: lessons, allowance: Allowance(most: work, checks: 40))
    session.screen.width = 80
    session.world = files.world
    return session.counting()
  }

  private static func documents(in folder: String, ending: String) -> [Document] {
    guard let stream = opendir(folder) else {
      Text.complain("there is no folder \(folder) here; start it where it is\n")
      exit(2)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending) { names.append(name) }
    }
    return names.sorted().map {
      Document(name: String($0.dropLast(ending.count)), text: text(of: "\(folder)/\($0)"))
    }
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "rb") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return Text.decoded(bytes)
  }
}

extension Session {
  /// The same, whose work its allowance counts.
  fileprivate func counting() -> Session {
    var session = self
    guard let allowance else { return session }
    session.world.goOn = { _ in allowance.take() }
    allowance.renew()
    return session
  }

  /// Obeys a command, with an allowance of its own, and checks what must hold of its reply.
  mutating func checked(_ command: String) -> Reply {
    allowNextCheck()
    let before = (scene: scene, revision: revision, isFoggy: isFoggy)
    let reply = obey(command)
    reply.promiseWellFormed()
    Text.promiseHarmless(prompt, of: "the prompt after \(command.debugDescription)")
    if !reply.isOK {
      promise(revision == before.revision, "refused, but a step: \(command.debugDescription)")
      promise(scene == before.scene, "refused, but changes the site: \(command.debugDescription)")
    }
    return reply
  }
}

/// Files and a journal that exist in memory only.
final class MemoryFiles: @unchecked Sendable {
  private(set) var texts: [String: String]
  private(set) var journal: String
  var left: LeftSite?

  init(_ texts: [String: String] = [:], journal: String = "") {
    self.texts = texts
    self.journal = journal
  }

  var world: World {
    var world = World(
      read: { path in self.texts[path].map { .text($0) } ?? .failed("no such file") },
      write: { path, text in
        guard !path.isEmpty, !path.hasPrefix("/"), self.texts.count < 20 else { return "not here" }
        self.texts[path] = text
        return nil
      }, left: { self.left })
    world.journal = World.Journal(
      read: { .text(self.journal) },
      append: { line in
        self.journal += line + "\n"
        return nil
      }, run: "run")
    return world
  }
}
