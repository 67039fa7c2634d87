import Foundation
import Testing

/// The shell transcripts in the README match the output of the program.
@Suite struct ReadmeTranscriptTests {
  private static let readme: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
  }()

  /// The shell transcripts in the README, each as lines.
  static let transcripts = readme.components(separatedBy: "```console\n").dropFirst().map { part in
    part.components(separatedBy: "\n```")[0].components(separatedBy: "\n")
  }

  @Test func `there is one transcript for each of the four uses`() {
    #expect(ReadmeTranscriptTests.transcripts.count == 4)
  }

  @Test(arguments: transcripts) func `the transcript equals the program's output`(_ lines: [String]) throws {
    let tripod = try BuiltProgram()
    var rest = lines[...]
    while let line = rest.popFirst() {
      let command = line.dropFirst(2)
      let end = rest.firstIndex { $0.hasPrefix("$ ") } ?? rest.endIndex
      let expectedLines = Array(rest[..<end])
      rest = rest[end...]
      let actualLines =
        command.hasPrefix("tripod learn ")
        ? try conversation(String(command.dropFirst(13)), expectedLines, tripod)
        : try output(of: command, tripod)
      #expect(
        isMatch(expectedLines, in: actualLines), "\(command) says:\n\(actualLines.joined(separator: "\n"))")
    }
  }

  private func output(of command: Substring, _ tripod: BuiltProgram) throws -> [String] {
    try tripod.run("{ \(command)\n} 2>&1").out.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init).dropLast()
  }

  /// Types the lines that follow prompts. Returns the lines that the terminal shows.
  private func conversation(_ lesson: String, _ expectedLines: [String], _ tripod: BuiltProgram) throws
    -> [String]
  {
    let terminal = try Terminal("learn", lesson, in: tripod)
    defer { _ = terminal.end() }
    var text = ""
    for line in expectedLines where line.hasPrefix("tripod ") {
      // The first word of the prompt has a colour, so the test waits for the rest of the prompt.
      let parts = line.components(separatedBy: ">")
      text += terminal.read(to: "\(parts[0].dropFirst(6))> ").withoutControlSequences
      let typed = parts.dropFirst().joined(separator: ">").drop { $0 == " " }
      terminal.type(typed.isEmpty ? "\u{4}" : "\(typed)\r")
    }
    return text.components(separatedBy: "\n").map { $0.hasSuffix("> ") ? String($0.dropLast()) : $0 }
  }

  /// Whether the lines match the transcript. `...` matches any number of lines.
  private func isMatch(_ expectedLines: [String], in actualLines: [String]) -> Bool {
    let pieces = expectedLines.split(separator: "...", omittingEmptySubsequences: false)
    guard let first = pieces.first, actualLines.starts(with: first) else { return false }
    var rest = actualLines.dropFirst(first.count)
    for piece in pieces.dropFirst() where !piece.isEmpty {
      guard let range = rest.firstRange(of: piece) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.isEmpty || expectedLines.last == "..."
  }
}
