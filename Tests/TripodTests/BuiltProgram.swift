import Foundation
import Inspector

/// The result of a run of the program.
struct Outcome: Equatable {
  var status: Int32
  var out: String
  var err: String

  init(_ status: Int32, out: String = "", err: String = "") {
    self.status = status
    self.out = out
    self.err = err
  }
}

/// The built program, started in the same way as by users. Each run has its own empty folder, which is
/// deleted afterwards.
final class BuiltProgram: Sendable {
  let folder: URL

  /// The program is in the same folder as the tests.
  static let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "tripod")

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "tripod-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs a line of `sh`, in which `tripod` is the program.
  func run(_ line: String) throws -> Outcome {
    let files = ["out", "err"].map { folder.appending(path: ".\($0)") }
    let script = "cd '\(folder.path)' || exit\ntripod() { \"$PROGRAM\" \"$@\"; }\n\(line)"
    let child = try Child(
      ["/bin/sh", "-c", script], environment: ["PROGRAM": BuiltProgram.program.path],
      streams: .descriptors(
        input: open("/dev/null", O_RDONLY | O_CLOEXEC),
        output: open(files[0].path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600),
        error: open(files[1].path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)))
    let status = child.waitForExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Outcome(status, out: texts[0], err: texts[1])
  }

  /// Runs the program with the arguments, without a shell.
  func run(_ words: [String]) throws -> Outcome {
    try run("tripod " + words.map { "'\($0.replacing("'", with: "'\\''"))'" }.joined(separator: " "))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }
}

/// Returns whether each command succeeded, according to its line of JSON.
func verdicts(in text: String) throws -> [Bool] { try objects(in: text).map { $0["ok"] as? Bool ?? false } }

func objects(in text: String) throws -> [[String: Any]] {
  try text.split(separator: "\n").map { line in
    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }
}

/// Returns the position at the beginning of each error message, such as `-c:1`. Other lines are ignored.
func positions(in text: String) -> [String] {
  text.split(separator: "\n").compactMap { line in
    line.firstMatch(of: /^(\S+:\d+): ./).map { String($0.1) }
  }
}
