import Foundation
import Inspector
import Simulator
import Testing

@testable import Shell

/// The folder that contains these tests.
let testFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

/// Returns the files in a folder that have the extension, sorted by name.
func files(in folder: URL, ending: String) -> [URL] {
  let found =
    (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
  return found.filter { $0.pathExtension == ending }.sorted { $0.lastPathComponent < $1.lastPathComponent }
}

/// The built-in designs.
let designs: [Document] = {
  let folder = testFolder.deletingLastPathComponent().deletingLastPathComponent()
  return files(in: folder.appendingPathComponent("Lessons/Designs"), ending: "tripod").map { file in
    Document(
      name: file.deletingPathExtension().lastPathComponent,
      text: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
  }
}()

/// The built-in lessons.
let lessons: [Document] = {
  let folder = testFolder.deletingLastPathComponent().deletingLastPathComponent()
  return files(in: folder.appendingPathComponent("Lessons"), ending: "md").compactMap { file in
    let name = file.deletingPathExtension().lastPathComponent
    guard name != "README" else { return nil }
    return Document(name: name, text: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
  }
}()

/// Files that exist only in memory.
final class Files: @unchecked Sendable {
  private let lock = NSLock()
  private var texts: [String: String]

  init(_ texts: [String: String] = [:]) { self.texts = texts }

  subscript(path: String) -> String? { lock.withLock { texts[path] } }

  var access: FileAccess {
    FileAccess(
      read: { path in self[path].map { .text($0) } ?? .failed("no such file") },
      write: { path, text, _ in
        guard !path.hasPrefix("/") else { return .impossible("read-only") }
        self.lock.withLock { self.texts[path] = text }
        return nil
      })
  }
}

/// A session, with the files and the journal of its user.
@dynamicMemberLookup
struct TypedSession {
  var session: Tutor
  var access: FileAccess

  init(
    designs: [Document] = [], lessons: [Document] = [], files: Files = Files(),
    journal: ProgressJournal = .none
  ) {
    session = Tutor(designs: designs, lessons: lessons)
    access = files.access
    access.journal = journal
  }

  /// Creates a new site and obeys the commands.
  init(_ commands: String..., files: Files, location: SourceLocation = #_sourceLocation) {
    self.init(designs: [], files: files)
    for command in commands { self.do(command, location: location) }
  }

  subscript<Value>(dynamicMember path: WritableKeyPath<Tutor, Value>) -> Value {
    get { session[keyPath: path] }
    set { session[keyPath: path] = newValue }
  }

  subscript<Value>(dynamicMember path: KeyPath<Tutor, Value>) -> Value { session[keyPath: path] }

  mutating func obey(_ command: String) -> Reply { session.obey(command, from: .person(access)) }

  func completion(of line: String) -> Completion { session.completion(of: line) }

  @discardableResult
  mutating func `do`(_ line: String, location: SourceLocation = #_sourceLocation) -> Reply {
    session.do(line, from: .person(access), location: location)
  }
}

extension Tutor {
  /// Creates a new site and obeys the commands.
  init(_ commands: String..., location: SourceLocation = #_sourceLocation) {
    self.init(designs: [])
    for command in commands { self.do(command, location: location) }
  }

  /// Obeys the commands of a line, all of which must succeed. Returns the last reply.
  @discardableResult
  mutating func `do`(
    _ line: String, from origin: CommandOrigin = .author, location: SourceLocation = #_sourceLocation
  ) -> Reply {
    var last = Reply(command: "", verb: "", lines: [], members: [], failure: nil, effect: nil)
    for command in Tutor.commands(in: line) {
      last = obey(command, from: origin)
      if let failure = last.failure {
        Issue.record("\(command): \(failure.code), \(failure.message)", sourceLocation: location)
      }
    }
    return last
  }
}

extension Reply {
  var text: String { lines.map(\.text).joined(separator: "\n") }

  /// The server that answered each request or, without an answer, what the user saw: `s1`, `503`, `queued`.
  var answers: [String] { json["requests"]?.elements.map(\.answer) ?? [] }

  /// Returns the names and numbers of a member such as `by_server`.
  func counts(_ name: String) -> [String: Int] { json[name]?.counts ?? [:] }

  func number(_ name: String) -> Double? { json[name]?.number }
}

extension JSON {
  var elements: [JSON] { if case .array(let all) = self { all } else { [] } }
  var string: String? { if case .string(let text) = self { text } else { nil } }

  var number: Double? {
    switch self {
    case .integer(let n): Double(n)
    case .thousandths(let n): Double(n) / 1_000
    default: nil
    }
  }

  var counts: [String: Int] {
    guard case .object(let members) = self else { return [:] }
    return members.reduce(into: [:]) { counts, member in
      counts[member.name] = member.value.number.map { Int($0) }
    }
  }

  fileprivate var answer: String {
    if self["queued"] == .flag(true) { return "queued" }
    return self["server"]?.string ?? self["status"].map { $0.string ?? $0.text } ?? "?"
  }
}

/// Expects two loaded sites to be equal. Reports only which members differ, because sites are long.
func expectSame(
  _ loadedSite: LoadedSite, _ expected: LoadedSite, _ comment: String = "",
  location: SourceLocation = #_sourceLocation
) {
  guard loadedSite != expected else { return }
  var differences: [String] = []
  if loadedSite.design != expected.design { differences.append("design") }
  if loadedSite.simulation.topology != expected.simulation.topology { differences.append("topology") }
  if loadedSite.simulation.time != expected.simulation.time { differences.append("time") }
  if loadedSite.simulation.log != expected.simulation.log { differences.append("log") }
  if loadedSite.start != expected.start { differences.append("start") }
  Issue.record(
    "\(comment.isEmpty ? "" : comment + ": ")another scene, in \(differences.isEmpty ? "its inner state" : differences.joined(separator: ", "))",
    sourceLocation: location)
}

/// A small random generator for tests (xorshift64*), so that each seed gives the same test everywhere.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func roll(_ sides: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % sides
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[roll(choices.count)] }

  mutating func chance(_ percent: Int) -> Bool { roll(100) < percent }
}
