import Testing

@testable import Shell

/// What `reset` restores in a lesson. Even after another design was loaded, the learner can continue.
@Suite struct ResetTests {
  private func session() -> Tutor {
    Tutor(designs: designs, lessons: lessons)
  }

  @Test(arguments: ["failover", "health-checks", "standby"])
  func `reset returns to the start of the task, with its setup`(_ lesson: String) {
    var session = session()
    session.do("lesson \(lesson)")
    for _ in 0..<7 where session.study?.stage != .over {
      session.do("skip")
      let start = session.loadedSite
      session.do("send 4; break lb-1; wait 10s; load textbook")
      guard session.study?.task != nil else { continue }
      #expect(session.do("reset").text.hasPrefix("The site is as it was when the task began."))
      expectSame(session.loadedSite, start, "\(lesson): reset")
    }
  }

  @Test(arguments: ["new", "load active-active", "set server-2 weight 7", "load textbook; wait 1h"])
  func `a task that starts from a design does so, whatever was loaded`(_ command: String) {
    var session = session()
    session.do("lesson failover; skip")
    var other = session
    while session.study?.stage != .over {
      session.do(command)
      session.do("skip")
      other.do("skip")
      if session.study?.task != nil { expectSame(session.loadedSite, other.loadedSite, command) }
    }
  }
}
