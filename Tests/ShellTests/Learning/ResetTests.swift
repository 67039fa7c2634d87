import Testing

@testable import Shell

/// Where `reset` goes in a lesson, and that nothing which was loaded keeps a learner from going on.
@Suite struct ResetTests {
  private func session() -> Tutor {
    Tutor(designs: designs, lessons: lessons)
  }

  @Test(arguments: ["failover", "health-checks", "standby"])
  func `a learner goes back to the start of the task, with what was prepared for it`(_ lesson: String) {
    var session = session()
    session.do("lesson \(lesson)")
    for _ in 0..<7 where session.study?.stage != .over {
      session.do("skip")
      let start = session.scene
      session.do("send 4; break lb-1; wait 10s; load textbook")
      guard session.study?.task != nil else { continue }
      #expect(session.do("reset").text.hasPrefix("The site as it was when the task began."))
      expectSame(session.scene, start, "\(lesson): reset")
    }
  }

  @Test(arguments: ["new", "load active-active", "set server-2 weight 7", "load textbook; wait 1h"])
  func `a task that is prepared from the start is so, whatever was loaded`(_ command: String) {
    var session = session()
    session.do("lesson failover; skip")
    var other = session
    while session.study?.stage != .over {
      session.do(command)
      session.do("skip")
      other.do("skip")
      if session.study?.task != nil { expectSame(session.scene, other.scene, command) }
    }
  }
}
