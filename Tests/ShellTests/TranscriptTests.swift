import Foundation
import Testing

@testable import Shell

/// Sessions as users see them. With `TRIPOD_UPDATE=1` in the environment, the expected output is replaced.
@Suite struct TranscriptTests {
  private static let folder = testFolder.appendingPathComponent("Transcripts")
  private static let prompt = "tripod> "

  static let names = files(in: folder, ending: "transcript").map {
    $0.deletingPathExtension().lastPathComponent
  }

  @Test(arguments: names) func `each transcript is repeated word for word`(_ name: String) throws {
    let file = TranscriptTests.folder.appendingPathComponent("\(name).transcript")
    let written = try String(contentsOf: file, encoding: .utf8)
    let output = TranscriptTests.play(written)
    if ProcessInfo.processInfo.environment["TRIPOD_UPDATE"] == "1" {
      try output.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(output == written)
    }
  }

  @Test func `there are transcripts`() {
    #expect(!TranscriptTests.names.isEmpty)
  }

  /// Obeys each line that follows a prompt, and returns the lines with their output.
  private static func play(_ transcript: String) -> String {
    var session = TypedSession(designs: designs)
    var output = ""
    for line in transcript.split(separator: "\n") where line.hasPrefix(prompt) {
      output += line + "\n"
      for command in Tutor.commands(in: String(line.dropFirst(prompt.count))) {
        output += show(session.obey(command))
      }
    }
    return output
  }

  private static func show(_ reply: Reply) -> String {
    var lines = reply.lines.map(\.text)
    if let failure = reply.failure {
      lines += [failure.message] + (failure.hint.isEmpty ? [] : ["  \(failure.hint)"])
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
