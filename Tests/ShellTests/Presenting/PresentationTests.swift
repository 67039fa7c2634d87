import Course
import Foundation
import Testing

@testable import Shell

/// A presentation takes lines and returns frames.
@Suite struct PresentationTests {
  static let names = lessons.map(\.name)

  private func presentation(
    _ name: String, columns: Int = 80, rows: Int? = 24, playsItself: Bool = false
  ) throws -> Presentation {
    let session = Tutor(designs: designs, lessons: lessons)
    var presentation = try Presentation(name, on: session, playsItself: playsItself)
    presentation.window = Presentation.Window(columns: columns, rows: rows)
    return presentation
  }

  /// Returns all frames. The lines are typed before each Enter.
  private func frames(_ presentation: Presentation, typing lines: [String] = []) -> [Frame] {
    var presentation = presentation
    var frames = [presentation.frame]
    while !presentation.isAtEnd, frames.count < 200 {
      for line in lines {
        presentation.handle(line)
        frames.append(presentation.frame)
      }
      presentation.handle("")
      frames.append(presentation.frame)
    }
    return frames
  }

  // MARK: The window

  @Test(arguments: names) func `no frame is larger than the window, and the site stays in view`(
    _ name: String
  )
    throws
  {
    for (columns, rows) in [(80, 24), (120, 40), (250, 70), (60, 20), (40, 12), (20, 5), (1, 1)] {
      for frame in frames(try presentation(name, columns: columns, rows: rows), typing: ["a 12 b 7", "more"])
      {
        let prompt = (frame.prompt.text.count + frame.suggestedCommand.count) / columns + 1
        #expect(frame.lines.count + prompt <= max(rows, prompt), "\(columns) × \(rows): \(frame)")
        for line in frame.lines { #expect(line.text.count <= columns, "\(columns) × \(rows): \(line.text)") }
        if columns >= 60 { #expect(!frame.drawing.isEmpty, "\(columns) × \(rows): \(frame)") }
      }
    }
  }

  @Test func `if the drawing does not fit, there is a list of hosts`() throws {
    var presentation = try presentation("standby")
    presentation.handle("break server-1")
    presentation.handle("wait 20s")
    presentation.handle("trace write")
    #expect(
      presentation.frame.drawing.map(\.text) == [
        "  users   www.foobar.com = 203.0.113.10",
        "          roundrobin; health check: http, via app",
        "  │ lb-1           ● haproxy",
        "    ┊ 0 server-1   ✗ no power   ◌ marked DOWN   ✗ nginx   ✗ app   ✗ files",
        "                   ✗ mysql primary",
        "    │ 1 server-2   ● standby, in use   ● nginx   ● app   ● files",
        "                   ● mysql replica",
        "  server-1 ✗ server-2: no word from it",
      ])
  }

  @Test func `lines that do not fit are counted, and more shows them all`() throws {
    var presentation = try presentation("tour", rows: 20)
    presentation.handle("help")
    let whole = try text(of: "help")
    var shown: [String] = []
    for _ in whole where shown.count < whole.count {
      let text = presentation.frame.text.map(\.text)
      shown += text.filter { !$0.hasSuffix(": more shows them") }
      let left = whole.count - shown.count
      #expect(
        text.last
          == (left > 0 ? "  … \(left) more \(left == 1 ? "line" : "lines"): more shows them" : whole.last))
      presentation.handle("more")
    }
    #expect(shown == whole)
    #expect(presentation.frame.text.first?.text == whole.first)
  }

  private func text(of line: String) throws -> [String] {
    var endless = try presentation("tour", rows: nil)
    endless.handle(line)
    return endless.frame.text.map(\.text)
  }

  // MARK: The class

  @Test func `votes are beside the output, and the model says which was right`() throws {
    var presentation = try presentation("round-robin")
    #expect(presentation.frame.suggestedCommand == "send 7")
    presentation.handle("send 7")
    #expect(presentation.frame.prompt.text == "tripod round-robin 1/4 guess> ")
    presentation.handle("a 3, B 5 c 12")
    #expect(
      presentation.frame.text.map(\.text) == [
        "  about to run  send 7",
        "  7 users each ask for a page, one after another. How many of the requests does",
        "  server-1 get?",
        "  a    3 ███           server-1 gets 3 requests.",
        "  b    5 █████         server-1 gets 4 requests.",
        "  c   12 ████████████  server-1 gets all 7 requests.",
        "  Type the votes (a 12 b 7, or one by one), or press Enter to run the command.",
      ])
    presentation.handle("")
    #expect(
      presentation.frame.text.map(\.text) == [
        "  tripod> send 7",
        "  7 of 7 answered                               mean 8.1 ms   p99 8.1 ms",
        "  server-1  ██████████████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░  4",
        "  server-2  █████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  3",
        "  the class  a 3, b 5, c 12",
        "  the model  b: server-1 gets 4 requests.",
      ])
  }

  static let guesses: [(typed: String, shown: String?)] = [
    ("3 5 12", "a 3, b 5, c 12"), ("3, 5", "a 3, b 5, c 0"), ("a3 c9", "a 3, b 0, c 9"),
    ("c: 2 a: 1", "a 1, b 0, c 2"), ("b", "a 0, b 1, c 0"), ("c c a", "a 1, b 0, c 2"),
    ("a 1 a 2", "a 3, b 0, c 0"),
    ("four", "four"), ("a 99999999999999999999 all", "a 99999999999999999999 all"), ("", nil), ("  ", nil),
  ]

  @Test(arguments: guesses) func `votes are read in many forms, and other lines are kept as text`(
    _ typed: String, _ shown: String?
  ) throws {
    var presentation = try presentation("round-robin")
    presentation.handle("")
    presentation.handle(typed)
    if shown != nil { presentation.handle("") }
    let voteLine = presentation.frame.text.map(\.text).first { $0.hasPrefix("  the class  ") }?.dropFirst(13)
    #expect(
      voteLine.map { String($0).replacing(": not so", with: "").replacing(": so it is", with: "") } == shown)
    #expect(presentation.frame.text.last?.text == "  the model  b: server-1 gets 4 requests.")
  }

  @Test func `single votes are counted, and a number is a count of all`() throws {
    var presentation = try presentation("round-robin")
    func votes() -> [String] { presentation.frame.text[3...5].map { String($0.text.prefix(8)) } }
    for vote in ["", "b", "c", "c b", "b"] { presentation.handle(vote) }
    #expect(votes() == ["  a    0", "  b    3", "  c    2"])
    presentation.handle("a 1 c 4")
    #expect(votes() == ["  a    1", "  b    3", "  c    4"])
    for vote in ["a", "nots"] { presentation.handle(vote) }
    #expect(votes() == ["  a    2", "  b    3", "  c    4"])
    #expect(presentation.frame.text.last?.text == "  “nots” is not a vote: type a, b or c")
    presentation.handle("7 8")
    #expect(votes() == ["  a    7", "  b    8", "  c    0"])
    for line in ["clean", "", "b"] { presentation.handle(line) }
    #expect(votes() == ["  a    0", "  b    1", "  c    0"])
  }

  @Test(arguments: ["d", "a 12 x 7", "1 2 3 4", "5 a 3", "a 99999"])
  func `an invalid vote is reported and does not change the votes`(_ typed: String)
    throws
  {
    var presentation = try presentation("round-robin")
    for line in ["", "a 3 b 5", typed] { presentation.handle(line) }
    let question = presentation.frame.text.map(\.text)
    #expect(question.last == "  “\(typed)” is not a vote: type a, b or c")
    #expect(question.contains("  b    5 ████████████  server-1 gets 4 requests."))
    presentation.handle("")
    #expect(presentation.frame.text.map(\.text).contains("  the class  a 3, b 5, c 0"))
  }

  @Test func `notes are above the question to the class`() throws {
    var presentation = try presentation("tour")
    presentation.handle("")
    let questionText = presentation.frame.text
    presentation.handle("notes")
    let both = presentation.frame.text
    #expect(both.count > questionText.count && Array(both.suffix(questionText.count)) == questionText)
  }

  @Test(arguments: [
    ("server-1 server-1 server-1 server-2 server-1 server-1 server-1 server-2", ": so it is"),
    ("server-1, server-2, server-1", ": not so"), ("the big one first", ""),
  ]) func `a guess in words is judged by the model if it can be read`(_ guess: String, _ verdict: String)
    throws
  {
    var presentation = try presentation("round-robin", rows: nil)
    for line in ["", "", "", guess, ""] { presentation.handle(line) }
    let text = presentation.frame.text.map(\.text).joined(separator: " ").split(separator: " ")
    #expect(text.joined(separator: " ").contains("the class \(guess)\(verdict) the model server-1 server-1"))
  }

  @Test func `there is no question before a command that only shows something`() throws {
    var presentation = try presentation("failover", playsItself: true)
    while presentation.frame.suggestedCommand != "show database" { presentation.handle("") }
    presentation.handle("")
    #expect(presentation.isAtEnd)
  }

  // MARK: Commands outside the script

  @Test(arguments: names) func `after extra commands, frames follow the script again`(_ name: String) throws {
    let detours = [
      "break lb-1", "send 5; load secured", "", "lesson tour", "answer 4", "chaos 1m seed 3", "elephant",
      "undo",
      "show servers", "notes", "more", "next",
    ]
    let scriptFrames = frames(try presentation(name, rows: nil))
    var presentation = try presentation(name, rows: nil)
    for frame in scriptFrames {
      #expect(presentation.frame == frame)
      if !frame.prompt.text.hasSuffix("guess> ") {
        for line in detours { presentation.handle(line) }
        #expect(presentation.frame == frame)
      }
      presentation.handle("")
    }
  }

  @Test func `a change of the site offers the way back, and other commands offer the next one`()
    throws
  {
    var presentation = try presentation("tour")
    presentation.handle("show servers")
    #expect(presentation.frame.suggestedCommand == "trace static")
    presentation.handle("break lb-1")
    #expect(presentation.frame.suggestedCommand == "next")
    #expect(presentation.frame.prompt.text == "tripod tour live> ")
    presentation.handle("show servers")
    #expect(presentation.frame.suggestedCommand == "next")
    presentation.handle("clean")
    #expect(presentation.frame.suggestedCommand == "trace static")
  }

  @Test(arguments: names) func `back goes to the frame before`(_ name: String) throws {
    var presentation = try presentation(name)
    var seen: [Frame] = []
    while !presentation.isAtEnd {
      if !presentation.frame.prompt.text.hasSuffix("guess> ") { seen.append(presentation.frame) }
      presentation.handle("")
    }
    for frame in seen.reversed() {
      presentation.handle("back")
      #expect(presentation.frame == frame)
    }
    presentation.handle("back")
    #expect(presentation.frame == seen.first)
  }

  @Test func `notes are shown on request`() throws {
    for name in PresentationTests.names {
      var presentation = try presentation(name, rows: nil)
      let demonstration = LessonReader(lessons.first { $0.name == name }?.text ?? "", file: name).lesson
        .shownDemonstration
      for step in demonstration.steps {
        let textWithoutNotes = presentation.frame.text.map(\.text).joined()
        presentation.handle("notes")
        let questionText = presentation.frame.text.map(\.text).joined(separator: " ").replacing(
          "  ", with: " ")
        for note in step.notes {
          let start = note.text.prefix(30)
          #expect(
            questionText.contains(start) && !textWithoutNotes.contains(start), "\(name): \(questionText)")
        }
        presentation.handle("")
        if presentation.frame.prompt.text.hasSuffix("guess> ") { presentation.handle("") }
      }
    }
  }

  @Test func `a presentation does not change a learner's progress`() throws {
    var access = Files().access
    access.journal = ProgressJournal(
      read: { _ in .all("", nil) },
      append: { line in
        Issue.record("kept: \(line)")
        return nil
      }, run: "x")
    let session = Tutor(designs: designs, lessons: lessons)
    var presentation = try Presentation("tour", on: session, playsItself: false)
    for line in ["lesson spof", "skip", "next", "", "", ""] {
      presentation.handle(line, from: .person(access.withoutJournal))
    }
    presentation.handle("quit")
    #expect(presentation.isOver)
  }

  // MARK: Lessons

  @Test(arguments: names)
  func `every lesson has a demonstration of about three minutes`(
    _ name: String
  ) throws {
    let lesson = LessonReader(lessons.first { $0.name == name }?.text ?? "", file: name).lesson
    #expect(lesson.demonstration != nil)
    let frames = frames(try presentation(name, playsItself: true))
    let seconds = frames.reduce(0) { $0 + $1.milliseconds } / 1_000
    #expect((45...180).contains(seconds), "\(seconds) s")
    #expect(frames.contains { $0.prompt.text.hasSuffix("guess> ") })
    #expect(!frames.contains { frame in frame.text.contains { $0.text.contains("could not decide") } })
  }

  @Test func `a lesson without a demonstration is presented with its demos and tasks`() throws {
    let text = lessons.first { $0.name == "tour" }?.text.components(
      separatedBy: "<details><summary>Demonstration")[0]
    let session = Tutor(
      designs: designs, lessons: [Document(name: "tour", text: text ?? "")])
    let presentation = try Presentation("tour", on: session, playsItself: true)
    let offeredCommands = frames(presentation).map(\.suggestedCommand).filter { !$0.isEmpty }
    #expect(
      offeredCommands == [
        "trace static", "reset", "break server-1.mysql; send 4 static", "reset",
        "send 1 write; trace write", "reset", "break lb-1", "send 1",
      ])
    #expect(!presentation.hasFailed)
  }

  @Test func `a refused script counts as failed, and continues`() throws {
    let text = (lessons.first { $0.name == "tour" }?.text ?? "").replacing(
      "run: trace read", with: "run: trace elephants")
    let session = Tutor(designs: designs, lessons: [Document(name: "tour", text: text)])
    var presentation = try Presentation("tour", on: session, playsItself: true)
    while !presentation.isAtEnd { presentation.handle("") }
    #expect(presentation.hasFailed)
  }
}
