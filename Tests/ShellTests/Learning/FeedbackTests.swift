import Foundation
import Testing

@testable import Shell

/// Feedback to an answer or a goal shows its evidence.
@Suite struct FeedbackTests {
  @Test func `each of several right elements has its own run`() {
    var session = learner("spof")
    #expect(
      lines(&session, "answer web-1.files, lb-1, web-1.nginx") == [
        "  ✓ Right", "  you said   web-1.files, lb-1, web-1.nginx",
        "  I ran      break lb-1; wait 30s; send 10 static",
        "             10 of 10 static got no answer",
        "  I ran      break web-1.nginx; wait 30s; send 10 static",
        "             10 of 10 static got 503", "  I ran      break web-1.files; wait 30s; send 10 static",
        "             10 of 10 static got 404",
        "  because    Pictures need each of these components, and no other component",
        "             takes over its work.", "  Type `next` to continue.",
      ])
  }

  @Test func `several runs are listed, and why repeats each on a separate copy`() {
    var session = learner("spof")
    session.do("skip; skip")
    #expect(
      lines(&session, "answer a").drop { !$0.hasPrefix("  I ran") }.prefix(6) == [
        "  I ran      break server-1.app; wait 30s; send 10 static",
        "             break server-1.app; wait 30s; send 10 read",
        "             break server-1.app; wait 30s; send 10 write",
        "             each on a copy of your site",
        "             10 of 10 static answered; 10 of 10 reads answered; 10 of 10 writes",
        "             answered",
      ])
    let again = lines(&session, "why").filter { $0.contains("send 10") || $0.contains("of 10") }
    #expect(again.map { String($0.prefix(20)) }.count == 7)
  }

  /// A lesson, commands that end with an answer, and the feedback to that answer.
  static let runs = [
    ("tour", "skip; skip", "answer server-2.mysql", "database server-1.mysql"),
    ("health-checks", "", "answer 0", "5 of 10 answered: server-2 5; 5 got 503"),
    ("health-checks", "skip", "answer 2s", "on a copy of your site it took 5.01 s"),
    ("primary-replica", "", "answer 5", "10 of 10 answered; database nodes: server-1.mysql 10"),
    ("standby", "skip; skip; skip; skip; skip", "answer b", "10 of 10 answered: server-1 10"),
    ("failover", "skip; skip", "answer a", "on a copy of your site server-1.mysql is diverged"),
  ]

  @Test(arguments: runs)
  func `the feedback shows the run that the question is about`(
    _ lesson: String, _ way: String, _ answer: String, _ witness: String
  ) {
    var session = learner(lesson)
    session.do(way)
    // Line breaks do not matter.
    let shown = lines(&session, answer).joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(shown.contains("\(witness) because"), "\(shown)")
  }

  @Test func `a host named instead of its component is neither right nor wrong`() {
    var session = learner("tour")
    let failure = session.obey("answer lb-1, server-1").failure
    #expect(
      failure?.message == "server-1 is a host: which component of it, server-1.nginx, server-1.app, "
        + "server-1.files or server-1.mysql?")
    #expect(session.study?.reviewEntries == [])
  }

  @Test func `feedback on a wrong answer lists the remaining help`() {
    let ends = (0...3).map { hints in
      var session = learner("tour")
      for _ in 0..<hints { session.do("hint") }
      return session.do("answer server-1.nginx").lines.last?.text
    }
    #expect(
      ends == [
        "  Type `why` to run it again, or `hint` for hint 1 of 3.",
        "  Type `why` to run it again, or `hint` for hint 2 of 3.",
        "  Type `why` to run it again, or `hint` for hint 3 of 3.",
        "  Type `why` to run it again, or `solution` for the answer.",
      ])
  }

  @Test func `true lines of a goal are ticked from the start, and a line that becomes false is reported`() {
    var session = learner("standby")
    session.do("skip; skip; skip; skip")
    let goals = [
      "  ○ every server answers some of the next 10 requests", "  ● no host was added or removed: yes",
    ]
    #expect(lines(&session, "goal").suffix(3).dropLast() == goals[...])
    #expect(lines(&session, "add server server-3").last == "  ○ no host was added or removed: no longer")
    #expect(lines(&session, "undo").last == "  ● no host was added or removed: yes")
  }

  @Test func `the same observation is reported once`() {
    var session = learner("round-robin")
    session.do("skip; skip")
    #expect(
      lines(&session, "set server-1 weight 3").suffix(3) == [
        "  ● server-1 gets about 30 of the next 40 requests: yes",
        "  because    40 of 40 answered: server-1 30, server-2 10", "  Type `next` to continue.",
      ])
  }

  @Test func `a sheet holds the solutions that were shown`() {
    var session = learner("tour")
    session.do("skip; solution; next; skip; solution")
    let sheet = session.do("review").text
    #expect(sheet.contains("- The right answer is `4`.\n  - I ran `break server-1.mysql; send 4 static`"))
    #expect(sheet.contains("- One way: `break lb-1; send 1`"))
    #expect(sheet.contains("You skipped this task."))
  }

  @Test(arguments: lessons.map(\.name).filter { $0 != "tour" })
  func `each lesson begins with a different question`(_ lesson: String) {
    func question(_ id: String) -> String? {
      var session = Tutor(designs: designs, lessons: lessons)
      guard let lesson = try? session.library.lesson(named: id) else { return nil }
      #expect(session.begin(lesson, keeping: [], asksRecall: true) == nil)
      return session.study?.recall?.question.recall?.text
    }
    #expect(question(lesson) != nil)
    let others = lessons.map(\.name).filter { $0 != lesson }
    #expect(!others.contains { question($0) == question(lesson) })
  }

  @Test(arguments: lessons.map(\.name)) func `the output of a demo fits the screen`(_ lesson: String) {
    var session = Tutor(designs: designs, lessons: lessons)
    #expect(session.do("lesson \(lesson)").lines.allSatisfy { $0.text.count <= 80 })
  }

  @Test(arguments: lessons) func `each word that a lesson introduces is explained`(_ lesson: Document) {
    let prose = lesson.text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 0 }
    let shown = prose.map { $0.element.replacing(/(?s)<!--.*?-->/, with: "") }
    let words = shown.flatMap { $0.matches(of: /\*([^*]+)\*/).map { String($0.1) } }
    // These words are emphasised, but they are not terms.
    let new = words.map { $0.replacing("\n", with: " ") }.filter {
      !["and", "this server", "what"].contains($0)
    }
    var session = Tutor(designs: designs, lessons: lessons)
    for word in new { #expect(session.obey("explain \(word)").isOK, "\(word)") }
  }

  /// Returns a session in the first task of the lesson.
  private func learner(_ lesson: String) -> Tutor {
    var session = Tutor(designs: designs, lessons: lessons)
    session.do("lesson \(lesson)")
    if session.study?.stage == .recall { session.do("next") }
    return session
  }

  private func lines(_ session: inout Tutor, _ command: String) -> [String] {
    session.do(command).lines.map(\.text)
  }
}
