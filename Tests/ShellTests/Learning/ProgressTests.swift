import Course
import Foundation
import Testing

@testable import Shell

@Suite struct ProgressTests {
  /// A journal that several sessions share.
  final class Paper: @unchecked Sendable {
    private let lock = NSLock()
    private var written = ""
    private var shells = 0
    var obstacle: String?

    var text: String {
      get { lock.withLock { written } }
      set { lock.withLock { written = newValue } }
    }

    /// Returns another shell that uses the same journal.
    func shell(_ lessons: [Document] = lessons, files: Files = Files()) -> TypedSession {
      shells += 1
      let journal = ProgressJournal(
        read: { _ in .all(self.text, nil) },
        append: { line in
          guard self.obstacle == nil else { return self.obstacle }
          self.text += line + "\n"
          return nil
        }, run: "shell\(shells)")
      return TypedSession(designs: designs, lessons: lessons, files: files, journal: journal)
    }
  }

  static let way = [
    "lesson tour", "hint", "answer lb-1", "send 2 write", "solution", "next", "answer 2", "answer 4", "next",
    "answer primary", "next", "break server-1", "undo", "break lb-1", "send 1", "next", "answer so it goes",
  ]

  @Test func `a learner can leave after any line and resume there`() {
    for count in 2...ProgressTests.way.count {
      let paper = Paper()
      var first = paper.shell()
      for line in ProgressTests.way.prefix(count) { first.do(line) }
      var second = paper.shell()
      second.do("lesson tour")
      expectSame(second.scene, first.scene, "after \(count) lines")
      #expect(second.study == first.study)
      var third = paper.shell()
      third.do("lesson tour")
      #expect(third.study == first.study)
    }
  }

  @Test func `an incomplete line is left out and reported`() {
    let paper = Paper()
    var session = paper.shell()
    session.do("lesson tour; answer lb-1; solution")
    paper.text += "12345678 task tour pic"
    #expect(Progress(paper.text).unreadable == 1)
    var other = paper.shell()
    #expect(other.do("progress").text.contains("cut off"))
    #expect(other.do("progress").json["lessons"]?.elements.first?["shown"]?.number == 1)
  }

  @Test func `the message also appears on return`() {
    let paper = Paper()
    var session = paper.shell()
    session.do("lesson tour; answer lb-1")
    paper.text += "12345678 task tour pic"
    var other = paper.shell()
    #expect(other.do("lesson tour").text.contains("1 line of the journal could not be read"))
  }

  @Test func `forgotten progress is not exported, and can be restored from an earlier export`() {
    let paper = Paper()
    let files = Files()
    var session = paper.shell(files: files)
    session.do("lesson tour; answer lb-1; solution; next; progress export kept")
    let kept = files["kept"]
    var other = paper.shell(files: files)
    other.do("progress forget tour; progress export nothing")
    #expect(files["nothing"].map { JournalSeal(of: $0) } == .whole)
    #expect(files["nothing"].map { Progress($0) } == Progress())
    #expect(other.do("progress import nothing").text == "0 lines taken over.")
    #expect(other.do("progress").text.contains("nothing yet"))
    other.do("progress import kept; progress export again")
    #expect(files["again"] == kept)
    #expect(other.do("progress").text.contains("tour             1 shown"))
  }

  @Test func `forgetting the current lesson begins it again, and later progress is stored`() {
    let paper = Paper()
    var session = paper.shell()
    session.do("lesson tour; solution; next")
    let said = session.do("progress forget all").text
    #expect(said.hasPrefix("All progress is forgotten.") && said.contains("1 of 4"))
    session.do("skip")
    var other = paper.shell()
    #expect(other.do("progress").text.contains("tour             1 skipped"))
    other.do("lesson tour")
    #expect(other.study?.stage == .task(1))
  }

  @Test func `a learner who visits another lesson returns to the same place`() {
    let paper = Paper()
    var first = paper.shell()
    first.do("lesson tour; send 1; send 1; lesson primary-replica; skip; skip; lesson tour anew; skip")
    let text = paper.text
    var second = paper.shell()
    second.do("lesson primary-replica")
    #expect(second.study?.stage == .task(1))
    second.do("lesson tour")
    #expect(second.study?.stage == .task(1))
    // Each return to a lesson adds one line, which begins a run.
    #expect(JournalLine.lines(of: paper.text).count == JournalLine.lines(of: text).count + 2)
  }

  @Test func `two shells at once do not disturb each other`() {
    let paper = Paper()
    var (a, b) = (paper.shell(), paper.shell())
    a.do("lesson tour")
    b.do("lesson tour")
    a.do("send 3; skip")
    b.do("break server-1; answer server-2.mysql")
    a.do("answer 4")
    var c = paper.shell()
    c.do("lesson tour")
    #expect(c.study?.sheet == b.study?.sheet)
    expectSame(c.scene, b.scene)
    // A task that the other shell has solved is no longer open.
    #expect(
      c.do("tasks").json["tasks"]?.elements.map { $0["status"]?.string }.prefix(2) == ["skipped", "solved"])
    #expect(c.do("progress").json["lessons"]?.elements.first?["solved"]?.number == 1)
  }

  @Test func `an edited lesson keeps the progress of tasks with the same ids`() throws {
    let paper = Paper()
    var session = paper.shell()
    session.do("lesson tour; solution; next; answer 4")
    let tour = try #require(lessons.first { $0.name == "tour" })
    let edited = Document(name: "tour", text: tour.text.replacing("task: path", with: "task: new-one"))
    var other = paper.shell([edited])
    other.do("lesson tour")
    #expect(other.study?.tasks.map(\.status) == [.open, .solved, .open, .open])
  }

  @Test func `a full disk is reported`() {
    let paper = Paper()
    var session = paper.shell()
    session.do("lesson tour")
    paper.obstacle = "there is no space left"
    #expect(session.do("hint").text.contains("Progress not kept: there is no space left"))
  }

  @Test func `lines that did not fit on a full disk are stored as soon as there is space`() {
    let paper = Paper()
    var session = paper.shell()
    paper.obstacle = "there is no space left"
    #expect(session.do("lesson tour").text.contains("Progress not kept: there is no space left"))
    session.do("hint; send 3")
    paper.obstacle = nil
    #expect(!session.do("solution").text.contains("not kept"))
    var other = paper.shell()
    other.do("lesson tour")
    expectSame(other.scene, session.scene)
    #expect(other.study == session.study)
  }

  @Test func `progress can be exported and forgotten`() {
    let files = Files()
    let (old, new) = (Paper(), Paper())
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
    let paper = Paper()
    var session = paper.shell()
    session.do("lesson tour; skip; answer 4; next; skip; skip; answer bye; next")
    var again = paper.shell()
    again.do("lesson tour; next; next; answer server-1.mysql")
    var third = paper.shell()
    third.do("lesson tour")
    #expect(third.study == again.study)
    #expect(third.study?.sheet.map(\.isRight) == [true])
    #expect(third.do("review").text == again.do("review").text)
  }

  @Test func `a journal from before its lines were counted is read`() {
    let paper = Paper()
    var session = paper.shell()
    session.do("lesson tour; skip; answer 4; next")
    let events = JournalLine.lines(of: paper.text).compactMap { JournalLine($0)?.event }
    paper.text = events.map { event in
      guard case .line(let run, _, let line) = event else { return JournalLine(event).text + "\n" }
      return JournalLine(.line(run: run, number: nil, line)).text + "\n"
    }.joined()
    var later = paper.shell()
    later.do("lesson tour")
    #expect(later.study == session.study)
    #expect(
      Progress(paper.text).unreadable == 0 && Progress(paper.text).lastRun(of: "tour")?.run.isComplete == true
    )
  }

  @Test func `importing does not forget lines that were forgotten in another journal`() {
    let (old, new) = (Paper(), Paper())
    var session = old.shell()
    session.do("lesson tour; skip; progress forget all; lesson spof; skip; skip")
    var other = new.shell(files: Files(["theirs": old.text]))
    other.do("lesson tour; solution; progress import theirs")
    let lessons = other.do("progress").json["lessons"]?.elements
    #expect(lessons?.map { $0["id"]?.string } == ["tour", "spof"])
    #expect(lessons?.map { $0["shown"]?.number } == [1, 0])
  }

  @Test func `progress with other line endings can be imported`() {
    let (old, new) = (Paper(), Paper())
    var session = old.shell()
    session.do("lesson tour; skip; answer 4")
    var other = new.shell(files: Files(["mine": old.text.replacing("\n", with: "\r\n")]))
    other.do("progress import mine")
    #expect(new.text == old.text)
  }
}
