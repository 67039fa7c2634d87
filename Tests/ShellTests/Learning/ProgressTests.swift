import Course
import Foundation
import Testing

@testable import Shell

@Suite struct ProgressTests {
  /// A journal that several sessions share.
  final class SharedJournal: @unchecked Sendable {
    private let lock = NSLock()
    private var contents = ""
    private var shellCount = 0
    var obstacle: String?

    var text: String {
      get { lock.withLock { contents } }
      set { lock.withLock { contents = newValue } }
    }

    /// Returns another shell that uses the same journal.
    func shell(_ lessons: [Document] = lessons, files: Files = Files()) -> TypedSession {
      shellCount += 1
      let journal = ProgressJournal(
        read: { _ in .all(self.text, nil) },
        append: { line in
          guard self.obstacle == nil else { return self.obstacle }
          self.text += line + "\n"
          return nil
        }, run: "shell\(shellCount)")
      return TypedSession(designs: designs, lessons: lessons, files: files, journal: journal)
    }
  }

  static let tourLines = [
    "lesson tour", "hint", "answer lb-1", "send 2 write", "solution", "next", "answer 2", "answer 4", "next",
    "answer primary", "next", "break server-1", "undo", "break lb-1", "send 1", "next", "answer so it goes",
  ]

  @Test func `a learner can leave after any line and resume there`() {
    for count in 2...ProgressTests.tourLines.count {
      let sharedJournal = SharedJournal()
      var first = sharedJournal.shell()
      for line in ProgressTests.tourLines.prefix(count) { first.do(line) }
      var second = sharedJournal.shell()
      second.do("lesson tour")
      expectSame(second.loadedSite, first.loadedSite, "after \(count) lines")
      #expect(second.study == first.study)
      var third = sharedJournal.shell()
      third.do("lesson tour")
      #expect(third.study == first.study)
    }
  }

  @Test func `an incomplete line is left out and reported`() {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    session.do("lesson tour; answer lb-1; solution")
    sharedJournal.text += "12345678 task tour pic"
    #expect(Progress(sharedJournal.text).unreadable == 1)
    var other = sharedJournal.shell()
    #expect(other.do("progress").text.contains("1 line of your progress could not be read"))
    #expect(other.do("progress").json["lessons"]?.elements.first?["shown"]?.number == 1)
  }

  @Test func `the message also appears when the learner returns`() {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    session.do("lesson tour; answer lb-1")
    sharedJournal.text += "12345678 task tour pic"
    var other = sharedJournal.shell()
    #expect(other.do("lesson tour").text.contains("1 line of your progress could not be read"))
  }

  @Test func `forgotten progress is not exported, and can be restored from an earlier export`() {
    let sharedJournal = SharedJournal()
    let files = Files()
    var session = sharedJournal.shell(files: files)
    session.do("lesson tour; answer lb-1; solution; next; progress export kept")
    let kept = files["kept"]
    var other = sharedJournal.shell(files: files)
    other.do("progress forget tour; progress export nothing")
    #expect(files["nothing"].map { JournalSeal(of: $0) } == .whole)
    #expect(files["nothing"].map { Progress($0) } == Progress())
    #expect(other.do("progress import nothing").text == "0 lines imported.")
    #expect(other.do("progress").text.contains("0 of 4  not begun"))
    other.do("progress import kept; progress export again")
    #expect(files["again"] == kept)
    #expect(other.do("progress").text.contains("0 of 4  begun (1 shown)"))
  }

  @Test func `forgetting the current lesson begins it again, and later progress is stored`() {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    session.do("lesson tour; solution; next")
    let replyText = session.do("progress forget all").text
    #expect(replyText.hasPrefix("All progress is forgotten.") && replyText.contains("1 of 4"))
    session.do("skip")
    var other = sharedJournal.shell()
    #expect(other.do("progress").text.contains("0 of 4  begun (1 skipped)"))
    other.do("lesson tour")
    #expect(other.study?.stage == .task(1))
  }

  @Test func `a learner who visits another lesson returns to the same place`() {
    let sharedJournal = SharedJournal()
    var first = sharedJournal.shell()
    first.do("lesson tour; send 1; send 1; lesson primary-replica; skip; skip; lesson tour anew; skip")
    let text = sharedJournal.text
    var second = sharedJournal.shell()
    second.do("lesson primary-replica")
    #expect(second.study?.stage == .task(2))
    second.do("lesson tour")
    #expect(second.study?.stage == .task(1))
    // Each return to a lesson adds one line, which begins a run.
    #expect(JournalLine.lines(of: sharedJournal.text).count == JournalLine.lines(of: text).count + 2)
  }

  @Test func `two shells at once do not interfere with each other`() {
    let sharedJournal = SharedJournal()
    var (a, b) = (sharedJournal.shell(), sharedJournal.shell())
    a.do("lesson tour")
    b.do("lesson tour")
    a.do("send 3; skip")
    b.do("break server-1; answer server-2.mysql")
    a.do("answer 4")
    var c = sharedJournal.shell()
    c.do("lesson tour")
    #expect(c.study?.reviewEntries == b.study?.reviewEntries)
    expectSame(c.loadedSite, b.loadedSite)
    // A task that the other shell has solved is no longer open.
    #expect(
      c.do("tasks").json["tasks"]?.elements.map { $0["status"]?.string }.prefix(2) == ["skipped", "solved"])
    #expect(c.do("progress").json["lessons"]?.elements.first?["solved"]?.number == 1)
  }

  @Test func `an edited lesson keeps the progress of tasks with the same ids`() throws {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    session.do("lesson tour; solution; next; answer 4")
    let tour = try #require(lessons.first { $0.name == "tour" })
    let edited = Document(name: "tour", text: tour.text.replacing("task: path", with: "task: new-one"))
    var other = sharedJournal.shell([edited])
    other.do("lesson tour")
    #expect(other.study?.tasks.map(\.status) == [.open, .solved, .open, .open])
  }

  @Test func `a full disk is reported`() {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    session.do("lesson tour")
    sharedJournal.obstacle = "there is no space left"
    #expect(session.do("hint").text.contains("Progress not kept: there is no space left"))
  }

  @Test func `lines that did not fit on a full disk are stored as soon as there is space`() {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    sharedJournal.obstacle = "there is no space left"
    #expect(session.do("lesson tour").text.contains("Progress not kept: there is no space left"))
    session.do("hint; send 3")
    sharedJournal.obstacle = nil
    #expect(!session.do("solution").text.contains("not kept"))
    var other = sharedJournal.shell()
    other.do("lesson tour")
    expectSame(other.loadedSite, session.loadedSite)
    #expect(other.study == session.study)
  }

  @Test func `progress can be exported and forgotten`() {
    let files = Files()
    let (old, new) = (SharedJournal(), SharedJournal())
    var session = old.shell(files: files)
    session.do("lesson tour; skip; answer 4; progress export mine")
    var other = new.shell(files: files)
    other.do("progress import mine; progress import mine")
    #expect(new.text == old.text)
    other.do("progress forget tour")
    #expect(other.do("progress").json["lessons"] == .array([]))
    #expect(other.obey("progress import gone").failure?.code == "file")
  }

  @Test func `a learner who enters a finished lesson again returns to the same place`() {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    session.do("lesson tour; skip; answer 4; next; skip; skip; answer bye; next")
    var again = sharedJournal.shell()
    again.do("lesson tour; next; next; answer server-1.mysql")
    var third = sharedJournal.shell()
    third.do("lesson tour")
    #expect(third.study == again.study)
    #expect(third.study?.reviewEntries.map(\.isRight) == [true])
    #expect(third.do("review").text == again.do("review").text)
  }

  @Test func `an old journal without line numbers is read`() {
    let sharedJournal = SharedJournal()
    var session = sharedJournal.shell()
    session.do("lesson tour; skip; answer 4; next")
    let events = JournalLine.lines(of: sharedJournal.text).compactMap { JournalLine($0)?.event }
    sharedJournal.text = events.map { event in
      guard case .line(let run, _, let line) = event else { return JournalLine(event).text + "\n" }
      return JournalLine(.line(run: run, number: nil, line)).text + "\n"
    }.joined()
    var later = sharedJournal.shell()
    later.do("lesson tour")
    #expect(later.study == session.study)
    #expect(
      Progress(sharedJournal.text).unreadable == 0
        && Progress(sharedJournal.text).lastRun(of: "tour")?.run.isComplete == true
    )
  }

  @Test func `importing does not forget lines that were forgotten in another journal`() {
    let (old, new) = (SharedJournal(), SharedJournal())
    var session = old.shell()
    session.do("lesson tour; skip; progress forget all; lesson spof; skip; skip")
    var other = new.shell(files: Files(["theirs": old.text]))
    other.do("lesson tour; solution; progress import theirs")
    let lessons = other.do("progress").json["lessons"]?.elements
    #expect(lessons?.map { $0["id"]?.string } == ["tour", "spof"])
    #expect(lessons?.map { $0["shown"]?.number } == [1, 0])
  }

  @Test func `progress with other line endings can be imported`() {
    let (old, new) = (SharedJournal(), SharedJournal())
    var session = old.shell()
    session.do("lesson tour; skip; answer 4")
    var other = new.shell(files: Files(["mine": old.text.replacing("\n", with: "\r\n")]))
    other.do("progress import mine")
    #expect(new.text == old.text)
  }
}
