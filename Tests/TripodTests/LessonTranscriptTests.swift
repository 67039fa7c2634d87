import Course
import Foundation
import Testing

/// The transcript of each lesson. The learner gives a wrong answer, asks for a hint, and then gives the right
/// answer. The built program runs with 80 columns, without colour and in ASCII.
@Suite struct LessonTranscriptTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let lessons: [String] = {
    let folder = root.appending(path: "Lessons").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".md") && $0 != "README.md" }.map { String($0.dropLast(3)) }.sorted()
  }()

  @Test(arguments: lessons) func `each lesson plays as in its checked transcript`(_ id: String) throws {
    let file = LessonTranscriptTests.root.appending(path: "Lessons/\(id).md")
    let lesson = LessonReader(try String(contentsOf: file, encoding: .utf8), file: id).lesson
    let lines = LessonTranscriptTests.lines(of: lesson)
    // A pipe has no prompt. So a line that is not a command precedes each line, to mark it in the output.
    let script = lines.enumerated().map { "@\($0.offset)\n\($0.element)\n" }.joined()
    let tripod = try BuiltProgram()
    try tripod.write(Array(script.utf8), to: "script")
    let shown = try tripod.run("XDG_STATE_HOME=$PWD LANG=C tripod --keep-going < script 2>&1").out
    let transcript = shown.replacing(/-:\d+: unknown command "@(\d+)"\n  [^\n]*\n/) { match in
      "tripod> \(lines[Int(match.1) ?? 0])\n"
    }
    #expect(transcript.utf8.allSatisfy { $0 < 128 && $0 != 27 })
    for line in transcript.split(separator: "\n") where !line.hasPrefix("tripod> ") {
      #expect(line.count <= 80, "\(line)")
    }
    #expect(transcript.contains("\(lesson.tasks.count) solved"))
    let url = LessonTranscriptTests.root.appending(path: "Tests/TripodTests/Transcripts/\(id).txt")
    if ProcessInfo.processInfo.environment["TRIPOD_UPDATE"] == "1" {
      try transcript.write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(try transcript == String(contentsOf: url, encoding: .utf8))
  }

  private static func lines(of lesson: Lesson) -> [String] {
    var lines = ["lesson \(lesson.id)"]
    for task in lesson.tasks {
      if let wrong = task.wrongAnswers.first, task.question != nil { lines += [wrong.input.text, "why"] }
      lines.append("hint")
      lines += task.solutions.first?.lines.map(\.text) ?? []
      lines.append("next")
    }
    return lines + ["answer So it goes.", "next", "tasks"]
  }
}
