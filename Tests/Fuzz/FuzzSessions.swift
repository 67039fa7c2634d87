import Course
import Glibc

@testable import Shell

/// Creates sessions for the fuzzer's targets. Their work is limited, as in tests of lessons.
enum FuzzSessions {
  static let designs = documents(in: "Lessons/Designs", ending: ".tripod")
  static let lessons = documents(in: "Lessons", ending: ".md").filter { $0.name != "README" }

  private static let textbook = Tutor(designs: designs, lessons: lessons, allowance: Allowance())

  /// Returns a session on the textbook design, with the work limit of `withWorkLimit`.
  static func session(work: Int) -> Tutor {
    var session = textbook
    session.factMemories = FactMemories()
    session.screen.width = 80
    return session.withWorkLimit(to: work)
  }

  /// Returns a session with the given designs and lessons, and with the work limit of `withWorkLimit`.
  static func session(work: Int, designs: [Document], lessons: [Document] = []) -> Tutor {
    var session = Tutor(designs: designs, lessons: lessons, allowance: Allowance())
    session.screen.width = 80
    return session.withWorkLimit(to: work)
  }

  private static func documents(in folder: String, ending: String) -> [Document] {
    guard let stream = opendir(folder) else {
      Text.printError("there is no folder \(folder) here; start it where it is\n")
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

extension Tutor {
  /// Returns a copy with a limit on work. One command may check at most `work` times whether to continue, and
  /// all commands together at most `work * checks` times.
  ///
  /// A command checks once for each line of a file, and regularly while the site runs.
  func withWorkLimit(to work: Int, checks: Int = 80) -> Tutor {
    var session = self
    let allowance = Allowance(most: work, checks: checks)
    session.session.limits = Limits.ofTrial(allowance)
    allowance.renew()
    return session
  }

  /// Obeys a command with its own allowance, and checks the properties of every reply.
  mutating func checked(_ command: String, from origin: CommandOrigin = .author) -> Reply {
    allowNextCheck()
    let before = (loadedSite: loadedSite, revision: revision)
    let reply = obey(command, from: origin)
    reply.requireWellFormed()
    Text.requirePrintable(prompt, of: "the prompt after \(command.debugDescription)")
    if !reply.isOK {
      require(revision == before.revision, "refused, but a step: \(command.debugDescription)")
      require(loadedSite == before.loadedSite, "refused, but changes the site: \(command.debugDescription)")
    }
    return reply
  }
}
