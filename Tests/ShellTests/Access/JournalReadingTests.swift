import Course
import Foundation
import Testing

@testable import Shell

/// A journal is read on from where the last reading ended, not again from the beginning.
@Suite struct JournalReadingTests {
  /// A journal in memory that counts the bytes read from it.
  private final class MemoryJournal: @unchecked Sendable {
    private let lock = NSLock()
    private var text = ""
    private var file: UInt64 = 1
    private(set) var bytesRead = 0
    var obstacle: String?

    func add(_ more: String) { lock.withLock { text += more } }

    func replace(with new: String) {
      lock.withLock {
        text = new
        file += 1
      }
    }

    var journal: ProgressJournal {
      ProgressJournal(
        read: { mark in
          self.lock.withLock {
            if let obstacle = self.obstacle { return .failed(obstacle) }
            let bytes = Array(self.text.utf8)
            let known = mark.flatMap { $0.file == self.file && $0.bytes <= bytes.count ? $0.bytes : nil }
            let new = bytes[(known ?? 0)...]
            self.bytesRead += new.count
            let whole = (new.lastIndex(of: 10) ?? new.startIndex - 1) + 1
            let reached = ProgressJournal.JournalMark(file: self.file, bytes: whole)
            let text = String(decoding: new, as: UTF8.self)
            return known == nil ? .all(text, reached) : .more(text, reached)
          }
        },
        append: { line in
          self.add(line + "\n")
          return nil
        }, run: "shell")
    }
  }

  private static func line(_ dice: inout Dice, _ runs: inout Int) -> String {
    let lesson = dice.pick(["tour", "spof", "lag"])
    let event: JournalEvent
    switch dice.roll(8) {
    case 0:
      runs += 1
      event = .began(run: "r\(runs)", lesson: lesson, fingerprint: "f", from: .start(kept: []))
    case 1:
      runs += 1
      event = .began(
        run: "r\(runs)", lesson: lesson, fingerprint: "f",
        from: .after(Continuation(run: "r\(max(1, runs - 1))", lines: dice.roll(3))))
    case 2: event = .finished(lesson: lesson)
    case 3: event = .said(lesson: lesson, "so it goes")
    case 4:
      event = dice.chance(20) ? .forgot(lesson: dice.chance(50) ? lesson : nil) : .finished(lesson: lesson)
    case 5: event = .ended(lesson: lesson, task: dice.pick(["a", "b"]), dice.pick(Study.Status.allCases))
    case 6: return "12345678 torn\n"
    default: event = .line(run: "r\(max(1, dice.roll(runs + 1)))", number: nil, "send 4")
    }
    return JournalLine(event).text + "\n"
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>) func `pieces give the same progress as the whole`(
    _ seed: UInt64
  ) {
    var dice = Dice(seed)
    let memory = MemoryJournal()
    var known = KnownProgress()
    var (text, runs) = ("", 0)
    for _ in 0..<60 {
      let line = JournalReadingTests.line(&dice, &runs)
      // Another shell may have written only a part of its line.
      let cut = dice.chance(30) ? dice.roll(line.count) : 0
      for piece in [line.prefix(cut), line.dropFirst(cut)] where !piece.isEmpty {
        memory.add(String(piece))
        text += piece
        known.update(from: memory.journal)
        #expect(known.progress.lessons == Progress(text).lessons)
        #expect(known.progress.unreadable == Progress(text).unreadable)
      }
    }
    for lesson in ["tour", "spof", "lag"] {
      #expect(known.progress.runs(of: lesson) == Progress(text).runs(of: lesson))
    }
  }

  @Test func `known lines are not read again`() {
    let memory = MemoryJournal()
    var session = TypedSession(designs: designs, lessons: lessons, journal: memory.journal)
    session.do("lesson tour")
    memory.add(String(repeating: JournalLine(.finished(lesson: "lag")).text + "\n", count: 10_000))
    session.do("tasks")
    let before = memory.bytesRead
    for _ in 0..<20 { session.do("tasks; lessons; progress") }
    #expect(memory.bytesRead - before < 1_000)
  }

  @Test func `a replaced journal is read from the start`() {
    let memory = MemoryJournal()
    var session = TypedSession(designs: designs, lessons: lessons, journal: memory.journal)
    session.do("lesson tour; solution")
    #expect(session.do("progress").text.contains("1 shown"))
    memory.replace(with: "")
    #expect(session.do("progress").text.contains("not begun"))
  }

  @Test func `a journal that cannot be read is not treated as empty`() {
    let memory = MemoryJournal()
    let session = TypedSession(designs: designs, lessons: lessons, journal: memory.journal)
    memory.obstacle = "permission is denied"
    var other = session
    #expect(other.do("progress").text.contains("could not be read: permission is denied"))
  }

  @Test func `JSON reports data that could not be stored`() {
    var journal = MemoryJournal().journal
    journal.append = { _ in "there is no space left" }
    var session = TypedSession(designs: designs, lessons: lessons, journal: journal)
    let reply = session.do("lesson tour")
    #expect(reply.json["not_kept"]?.string == "there is no space left")
    #expect(reply.text.contains("Progress not kept: there is no space left"))
  }
}
