import Testing

@testable import Shell

@Suite struct LearningTests {
  @Test func `a wrong answer is refuted by a run on a copy, in three parts`() {
    var session = learner()
    session.do("lesson tour; skip")
    let before = session.loadedSite
    #expect(
      session.do("answer 2 sure").lines.map(\.text) == [
        "  ✗ Not right", "  you said   2",
        "  I ran      break server-1.mysql; send 4 static   on a copy of your site",
        "             4 of 4 answered: server-1 2, server-2 2",
        "  because    A server does not fail with its database. nginx sends pictures",
        "             without asking MySQL.",
        "  Now answer again with what happened. Type `why` to run it again.",
      ])
    #expect(session.do("why").text.contains("4 of 4 answered"))
    expectSame(session.loadedSite, before)
  }

  @Test func `the setup of a task cannot be undone`() {
    var session = learner()
    session.do("lesson health-checks")
    let prepared = session.loadedSite
    #expect(session.do("show lb-1").text.contains("check            off"))
    #expect(session.obey("undo").failure?.code == "nothing-to-undo")
    session.do("break server-1; send 2; set lb-1 check http; undo 9")
    expectSame(session.loadedSite, prepared)
  }

  @Test func `after a wrong prediction, the learner is asked once what happened`() {
    var session = learner()
    session.do("lesson tour; skip; answer 2")
    #expect(
      session.do("answer 3").lines.last?.text == "  Type `why` to run it again, or `hint` for hint 1 of 3.")
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

  /// What a learner tries before the answer, and the answer that is right at the start of the task.
  @Test(arguments: [
    ("tour; skip", "remove server-2; remove server-1.mysql", "4"),
    ("tour; skip", "break lb-1; send 3", "4"),
    ("tour; skip; skip", "promote server-2; send 1 write", "server-1.mysql"),
    ("firewall; skip; skip", "add firewall", "answer"),
  ])
  func `what the learner tries does not change which answer is right`(
    _ way: String, _ experiments: String, _ answer: String
  ) {
    var session = learner()
    session.do("lesson \(way)")
    let right = answer == "answer" ? session.rightAnswer ?? "" : answer
    session.do(experiments)
    let reply = session.do("answer \(right)")
    #expect(reply.json["right"] == .flag(true))
    #expect(
      reply.text.split(whereSeparator: { " \n".contains($0) }).joined(separator: " ").contains(
        "on the site as it was when the question was asked"))
    #expect(session.do("why").text.hasPrefix("On the site as it was when the question was asked:"))
  }

  @Test func `a learner who returns finds the question on the same site`() {
    let sharedJournal = ProgressTests.SharedJournal()
    var first = sharedJournal.shell()
    first.do("lesson tour; skip; remove server-2; send 2")
    var second = sharedJournal.shell()
    second.do("lesson tour")
    #expect(second.do("4").json["right"] == .flag(true))
  }

  @Test func `hints come one by one, and solution and skip are recorded apart from solved`() {
    var session = learner()
    session.do("lesson tour")
    #expect(["hint", "hint", "hint"].map { session.do($0).json["left"]?.number } == [2, 1, 0])
    #expect(session.obey("hint").failure?.hint == "type `solution` for the answer")
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

  @Test func `a lesson begins with a question from the one before, if the learner has taken it`() {
    let next = Document(
      name: "next",
      text: lessons.first { $0.name == "tour" }?.text
        .replacing("id: tour", with: "id: next\nneeds: [tour]").replacing(
          "start: textbook", with: "start: active-active") ?? "")
    let sharedJournal = ProgressTests.SharedJournal()
    var session = sharedJournal.shell(lessons + [next])
    #expect(!session.do("lesson next").text.contains("the lesson tour"))
    session.do("progress forget next; lesson tour; skip; 4; lesson next")
    #expect(session.do("goal").text.contains("First, a question from the lesson tour"))
    #expect(session.promptLine.text == "tripod next recall> ")
    var later = sharedJournal.shell(lessons + [next])
    later.do("lesson next; next")
    #expect(later.promptLine.text == "tripod next 1/4> ")
  }

  @Test func `a review sheet has the answers, the results and the reasons`() {
    var session = learner()
    session.do("lesson tour; skip; answer 2 sure; answer 4; skip; skip; skip; answer one thing asks the next")
    let sheet = session.do("review").text
    #expect(sheet.contains("- You predicted `2`, and were sure: not right."))
    #expect(sheet.contains("  - I ran `break server-1.mysql; send 4 static`"))
    #expect(sheet.contains("  - The right answer is `4`."))
    #expect(sheet.contains("many of them get it?"))
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
    #expect(later.do("review tour").text == sheet && later.do("review standby").text != sheet)
    #expect(later.obey("review spof").failure?.code == "not-now")
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

  /// A lesson and the way to a question, and a line without the word `answer`.
  @Test(arguments: [
    ("tour; skip", "4 sure"), ("tour; skip", "4"), ("tour; skip", "four guess"),
    ("tour; skip", "4 of 4"), ("tour", "lb-1, server-1.nginx, mysql on server-1"),
    ("tour; skip; skip", "server-1.mysql"), ("spof; skip; skip", "a"), ("spof; skip; skip", "B"),
    ("spof; skip; skip", "c)"),
  ])
  func `a line that is an answer needs no command`(_ way: String, _ line: String) {
    var session = learner()
    session.do("lesson \(way)")
    var other = session
    let reply = session.do(line)
    #expect(reply.lines == other.do("answer \(line)").lines)
    #expect(reply.verb == "answer" && reply.json["command"]?.string == line)
    #expect(session.study == other.study)
  }

  @Test(arguments: ["sendd 4", "undoo 4", "a", "server-1, elephants"])
  func `a line that is not an answer is not taken for one`(_ line: String) {
    var session = learner()
    session.do("lesson tour; skip")
    let failure = session.obey(line).failure
    #expect(failure?.code == "unknown-command" || failure?.code == "ambiguous")
    #expect(session.study?.reviewEntries == [])
  }

  @Test func `a command is not taken for an answer`() {
    var session = learner()
    session.do("lesson tour; skip; send 4")
    #expect(session.study?.reviewEntries == [])
  }

  @Test func `a skipped task can be solved after all`() {
    var session = learner()
    session.do("lesson tour; skip; skip; skip; skip; back; break lb-1; send 1; back; back; 4")
    #expect(
      session.do("tasks").json["tasks"]?.elements.map { $0["status"]?.string } == [
        "skipped", "solved", "skipped", "solved",
      ])
  }

  @Test(arguments: ["answer", "solution", "hint"]) func `help in a lesson shows no answer`(_ word: String) {
    var session = learner()
    session.do("lesson tour")
    let text = session.do("help \(word)").text
    #expect(!text.contains("server-1.mysql") && text.contains(word))
  }

  @Test func `the prompt of a lesson shows what has failed`() {
    var session = learner()
    session.do("lesson tour; break server-1")
    #expect(session.prompt == "tripod tour 1/4 [✗ server-1]> ")
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

extension Tutor {
  /// The right answer to the current question, as a learner would type it.
  fileprivate var rightAnswer: String? {
    study?.task?.solutions.first?.lines.last?.text.replacing("answer ", with: "")
  }
}
