import Testing

@testable import Shell

@Suite struct LearningTests {
  @Test func `a wrong answer is refuted by a run on a copy, in three parts`() {
    var session = learner()
    session.do("lesson tour; skip")
    let before = session.loadedSite
    #expect(
      session.do("answer 2 sure").lines.map(\.text) == [
        "  you said   2", "  I ran      break server-1.mysql; send 4 static   on a copy of your site",
        "             4 of 4 answered: server-1 2, server-2 2",
        "  because    A server does not fail with its database. nginx sends pictures",
        "             without asking MySQL.",
        "  What did happen? Answer once more; why plays it again.",
      ])
    #expect(session.do("why").text.contains("4 of 4 answered"))
    expectSame(session.loadedSite, before)
  }

  @Test func `the setup of a task cannot be undone`() {
    var session = learner()
    session.do("lesson health-checks; skip")
    let prepared = session.loadedSite
    #expect(session.do("show lb-1").text.contains("check            off"))
    #expect(session.obey("undo").failure?.code == "nothing-to-undo")
    session.do("break server-1; send 2; set lb-1 check http; undo 9")
    expectSame(session.loadedSite, prepared)
  }

  @Test func `after a wrong prediction, the learner is asked once what happened`() {
    var session = learner()
    session.do("lesson tour; skip; answer 2")
    #expect(session.do("answer 3").lines.last?.text == "  why plays it again, hint gives the first of 3")
  }

  @Test(arguments: [
    "lb-1, server-1.nginx, server-1.app, server-1.files, server-1.mysql",
    "SERVER-1.MYSQL and server-1.files and server-1.app and server-1.nginx and LB-1",
    "the load balancer, nginx on server-1, app of server 1, server1.files, primary, primary.",
    "lb-1.haproxy server-1 nginx server-1 app server-1 files server-1 mysql",
    "{lb-1, server-1, server-1.nginx, server-1.app, server-1.files, server-1.mysql}",
  ]) func `the form of an answer does not matter`(_ answer: String) {
    var session = learner()
    session.do("lesson tour")
    #expect(session.do("answer \(answer)").json["right"] == .flag(true))
  }

  @Test(arguments: [
    ("nginx", "“nginx” could be server-1.nginx or server-2.nginx"),
    ("elephants", "I could not read “elephants”"),
  ])
  func `an unreadable answer is not an attempt`(_ answer: String, _ message: String) {
    var session = learner()
    session.do("lesson tour")
    let before = session.study
    #expect(session.obey("answer \(answer)").failure?.message == message)
    #expect(session.study == before)
  }

  @Test func `an answer that the model cannot decide does not count as wrong`() {
    var session = learner()
    session.do("lesson tour; skip; remove server-2; remove server-1.mysql")
    #expect(session.obey("answer 4").failure?.code == "unchecked")
    #expect(session.study?.reviewEntries == [])
  }

  @Test func `hints come one by one, and solution and skip are recorded apart from solved`() {
    var session = learner()
    session.do("lesson tour")
    #expect(["hint", "hint", "hint"].map { session.do($0).json["left"]?.number } == [2, 1, 0])
    #expect(session.obey("hint").failure?.hint == "solution shows the answer")
    session.do("solution; next; skip; answer server-1.mysql; next; break lb-1; send 1")
    #expect(
      session.do("tasks").json["tasks"]?.elements.map { $0["status"]?.string } == [
        "shown", "skipped", "solved", "solved",
      ])
  }

  @Test func `a goal is reported after any command that reaches it`() {
    var session = learner()
    session.do("lesson tour; skip; skip; skip")
    #expect(session.do("check").text.contains("not yet"))
    session.do("break server-1; break server-2")
    #expect(session.do("trace read").text.contains("● a user saw an error: yes"))
    session.do("undo 3")
    #expect(session.do("check").text.contains("● a user saw an error: yes"))
  }

  @Test func `free play returns to exactly where it began`() {
    var session = learner()
    session.do("lesson tour; send 3; hint")
    let before = (session.loadedSite, session.study, session.history.steps.count)
    session.do("play; break lb-1; send 5; load scaled-up; resume")
    expectSame(session.loadedSite, before.0)
    #expect(session.study == before.1)
    #expect(session.history.steps.count == before.2)
  }

  @Test func `a later lesson begins with a question from an earlier one, on its own site`() {
    let next = Document(
      name: "next",
      text: lessons.first { $0.name == "tour" }?.text
        .replacing("id: tour", with: "id: next\nneeds: [tour]").replacing(
          "start: textbook", with: "start: active-active") ?? "")
    var session = Tutor(designs: designs, lessons: lessons + [next])
    #expect(session.do("lesson next").text.contains("First, from tour"))
    #expect(session.promptLine.text == "tripod next recall> ")
    session.do("next")
    #expect(session.promptLine.text == "tripod next 1/4> ")
  }

  @Test func `a review sheet has the answers, the results and the reasons`() {
    var session = learner()
    session.do("lesson tour; skip; answer 2 sure; answer 4; skip; skip; skip; answer one thing asks the next")
    let sheet = session.do("review").text
    #expect(sheet.contains("- You predicted `2`, and were sure: not so."))
    #expect(sheet.contains("  - run: `break server-1.mysql; send 4 static`"))
    #expect(sheet.contains("> one thing asks the next"))
  }

  @Test func `a review sheet can be written later, for the last lesson`() {
    let sharedJournal = ProgressTests.SharedJournal()
    var session = sharedJournal.shell()
    session.do(
      "lesson standby; skip; lesson tour; skip; answer 2; answer 4; next; skip")
    session.do("break lb-1; send 1; next; answer so it goes")
    let sheet = session.do("review").text
    let before = sharedJournal.text
    var newLearner = learner()
    var later = sharedJournal.shell()
    #expect(later.do("review").text == sheet && sheet.hasPrefix("# Meet"))
    #expect(sharedJournal.text == before && later.study == nil)
    #expect(newLearner.obey("review").failure?.code == "no-lesson")
  }

  @Test func `an answer in free play does not count`() {
    var session = learner()
    session.do("lesson tour; skip; play")
    for command in ["answer 4", "check"] { #expect(session.obey(command).failure?.code == "not-now") }
    session.do("resume")
    #expect(session.study?.record?.status == .open)
  }

  @Test func `why explains the requests of the last command`() {
    var session = learner()
    session.do("lesson tour; skip; answer 2")
    #expect(session.do("why").text.contains("4 of 4 answered"))
    session.do("send 1 write")
    let explanation = session.do("why").text
    #expect(explanation.hasPrefix("  request 1, write"))
    // The goal was checked without a run, so `why` explains the last request.
    session.do("skip; skip; send 1 static; check")
    #expect(session.do("why").text.contains("static"))
  }

  @Test(arguments: ["4 sure", "4", "four guess"])
  func `a line that reads as an answer is offered as one`(_ line: String) {
    var session = learner()
    session.do("lesson tour; skip")
    #expect(session.obey(line).failure?.hint == "did you mean `answer \(line)`?")
    session.do("skip; skip")
    #expect(session.obey(line).failure?.hint != "did you mean `answer \(line)`?")
  }

  @Test func `a lesson with control characters is refused`() {
    let tour = lessons.first { $0.name == "tour" }?.text ?? ""
    let unsafeLesson = Document(name: "evil", text: tour.replacing("# Meet", with: "# \u{1b}[2JMeet"))
    var session = Tutor(designs: designs, lessons: [unsafeLesson])
    #expect(session.obey("lesson evil").failure?.code == "broken-lesson")
  }

  @Test(arguments: [40, 60, 80]) func `no line of a lesson is wider than the screen`(_ width: Int) {
    var session = learner()
    session.screen = Screen(width: width)
    let lines = ["lesson tour", "hint", "answer lb-1", "skip", "skip", "skip"].flatMap {
      session.do($0).lines
    }
    // The output of a demo is not wrapped.
    let long = lines.filter { $0.text.count > width && !$0.text.hasPrefix("  ") }
    #expect(long == [])
  }

  private func learner() -> Tutor { Tutor(designs: designs, lessons: lessons) }
}
