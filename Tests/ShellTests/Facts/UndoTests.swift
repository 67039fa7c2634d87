import Testing

@testable import Shell

/// Undo, redo, reset and `whatif`.
@Suite struct UndoTests {
  private static func steps(_ session: inout Tutor) -> [String?] {
    session.do("history").json["steps"]?.elements.map(\.string) ?? []
  }

  @Test func `undo restores the site before the last step`() {
    var session = Tutor("new", "add server s1")
    let before = session.loadedSite
    session.do("set s1 weight 3; send 5 mix; wait 1s; send 1; trace")
    #expect(session.loadedSite != before)
    let reply = session.do("undo")
    #expect(
      reply.text == """
        Undone: set s1 weight 3, and 7 requests sent and 1 wait since.
          The clock is back at 0.000 s.
        """)
    #expect(reply.json["steps"] == .integer(1))
    expectSame(session.loadedSite, before)
  }

  @Test func `undo reverts requests if nothing else has changed`() {
    var session = Tutor()
    let before = session.loadedSite
    session.do("send 2; wait 1s; send 1")
    #expect(
      session.do("undo").lines.first?.text == "Undone: 3 requests sent and 1 wait. Nothing else had changed.")
    expectSame(session.loadedSite, before)
    session.do("redo")
    #expect(session.do("history").text == "     1  3 requests sent and 1 wait")
  }

  @Test func `undo finds a change before many requests`() {
    var session = Tutor("new", "add server s1")
    let before = session.loadedSite
    session.do("break s1")
    for _ in 0..<900 { session.do("send 1 static") }
    session.do("undo")
    expectSame(session.loadedSite, before)
  }

  @Test func `undo reverts several steps`() {
    var session = Tutor("new")
    let before = session.loadedSite
    session.do("add server s1; send 5; set s1 weight 3")
    let reply = session.do("undo 2")
    #expect(
      reply.lines.first?.text
        == "Undone, 2 changes: add server s1, and 5 requests sent since; set s1 weight 3.")
    expectSame(session.loadedSite, before)
  }

  @Test func `many steps can be undone one by one, and redone`() {
    let commands = (1...60).map { "set server-1 weight \($0); hold h\($0); send \($0 % 3) mix" }
    var session = Tutor.design("textbook")
    var sites = [session.loadedSite]
    for command in commands.flatMap(Tutor.commands) {
      session.do(command)
      if command.hasPrefix("send") { sites.removeLast() }
      sites.append(session.loadedSite)
    }
    for loadedSite in sites.dropLast().reversed() {
      session.do("undo")
      expectSame(session.loadedSite, loadedSite)
    }
    for loadedSite in sites.dropFirst().prefix(100) {
      session.do("redo")
      expectSame(session.loadedSite, loadedSite)
    }
  }

  @Test func `undo of more steps than there are reverts all`() {
    var session = Tutor()
    let before = session.loadedSite
    session.do("add server s1; send 5; hold a")
    #expect(session.do("undo 100").json["steps"] == .integer(2))
    expectSame(session.loadedSite, before)
    #expect(session.obey("undo").failure?.code == "nothing-to-undo")
  }

  @Test func `redo repeats the steps that undo reverted`() {
    var session = Tutor("new", "add server s1", "send 5 mix", "set s1 weight 2")
    let after = session.loadedSite
    session.do("undo 2")
    #expect(
      (1...2).map { _ in session.do("redo").text } == [
        "Done again: add server s1, and 5 requests sent since.", "Done again: set s1 weight 2.",
      ])
    expectSame(session.loadedSite, after)
    #expect(session.obey("redo").failure?.code == "nothing-to-redo")
  }

  @Test func `a new step clears the steps for redo`() {
    var session = Tutor("new", "add server s1", "undo", "add server s2")
    #expect(session.obey("redo").failure?.code == "nothing-to-redo")
  }

  @Test func `a redone step can be undone`() {
    var session = Tutor("new", "add server s1")
    let after = session.loadedSite
    session.do("undo; redo; undo; redo")
    expectSame(session.loadedSite, after)
  }

  @Test func `two hundred steps can be undone`() {
    var session = Tutor("new", "add server s1")
    let before = session.loadedSite
    for i in 1...200 { session.do("set s1 weight \(i); send 1 to /\(i)") }
    #expect(session.do("undo 200").json["steps"] == .integer(200))
    expectSame(session.loadedSite, before)
  }

  @Test func `history lists the steps, not the commands that only show something`() {
    var session = Tutor(
      "new", "add server s1", "show", "stats", "whatif send 3", "send 3", "undo", "wait 1s")
    #expect(UndoTests.steps(&session) == ["new"])
  }

  @Test func `history shows the requested number of steps`() {
    var session = Tutor("new", "add server s1", "add server s2", "wait 1s")
    #expect(session.do("history 2").text == "     2  add server s1\n     3  add server s2, and 1 wait since")
  }

  @Test func `a refused line is not a step`() {
    var session = Tutor("new")
    let before = session.loadedSite
    _ = session.obey("set s9 weight 3")
    _ = session.obey("remove lb-1")
    expectSame(session.loadedSite, before)
    #expect(UndoTests.steps(&session) == ["new"])
  }

  @Test func `a refused weight leaves the site unchanged`() {
    var session = Tutor("new", "add server s1", "algorithm static-rr")
    let before = session.loadedSite
    #expect(session.obey("set s1 weight 3").failure?.code == "fixed-weights")
    expectSame(session.loadedSite, before)
  }

  // MARK: Reset

  @Test func `reset restores the loaded site`() {
    var session = Tutor(designs: [Document(name: "textbook", text: "new\nadd server s1\n")])
    let start = session.loadedSite
    session.do("add server s2; send 10; reset")
    expectSame(session.loadedSite, start)
  }

  @Test func `reset can be undone`() {
    var session = Tutor("new", "add server s1", "send 3")
    let before = session.loadedSite
    session.do("reset; undo")
    expectSame(session.loadedSite, before)
  }

  // MARK: The command `whatif`

  @Test func `whatif changes nothing`() {
    var session = Tutor("new", "add server s1")
    let before = session.loadedSite
    let steps = UndoTests.steps(&session)
    session.do("whatif add server s2; set s1 weight 5; send 100; wait 1h; undo; new")
    expectSame(session.loadedSite, before)
    #expect(UndoTests.steps(&session) == steps)
  }

  @Test func `whatif shows the output of its command`() {
    var session = Tutor("new", "add server s1")
    var other = session
    let shown = session.do("whatif add server s2; send 4 static")
    let lines = [other.do("add server s2"), other.do("send 4 static")]
    #expect(shown.lines.dropFirst().dropLast() == lines.flatMap(\.lines)[...])
    #expect(shown.lines.first?.text == "── whatif: on a copy " + String(repeating: "─", count: 59))
    #expect(shown.lines.last?.text == "Nothing has changed on your site.")
    #expect(shown.json["replies"] == .array(lines.map(\.json)))
  }

  @Test func `whatif applies to the rest of its line`() {
    #expect(
      Tutor.commands(in: "send 1; whatif send 2; send 3 # no more") == ["send 1", "whatif send 2; send 3"])
  }

  @Test func `whatif can be used in whatif`() {
    var session = Tutor("new", "add server s1")
    #expect(
      session.do("whatif whatif send 2 static; send 1 static").lines.map(\.text).dropLast(2).last
        == "  s1        \(String(repeating: "█", count: 60))  1")
  }

  // MARK: Files

  private static func scripted(_ text: String, after commands: String...) -> TypedSession {
    var session = TypedSession(designs: [], files: Files(["a.tripod": text]))
    session.do("new; add server s1; send 3")
    for command in commands { session.do(command) }
    return session
  }

  @Test func `a file that is sourced is one step`() {
    var session = UndoTests.scripted("set s1 weight 2\nsend 4 # a comment\n\nwait 1s; send 1\n")
    let before = session.loadedSite
    session.do("source a.tripod")
    let after = session.loadedSite
    #expect(UndoTests.steps(&session.session) == ["new", "add server s1", "source a.tripod"])
    session.do("undo")
    expectSame(session.loadedSite, before)
    session.do("redo")
    expectSame(session.loadedSite, after)
  }

  @Test func `a file that undoes something is one step as well`() {
    var session = UndoTests.scripted("undo\nsend 1\nsend 2\n")
    let before = session.loadedSite
    session.do("source a.tripod; undo")
    expectSame(session.loadedSite, before)
  }

  @Test func `a file with more steps than the history keeps is one step as well`() {
    let text = String(repeating: "send 9\n", count: 900)
    var session = TypedSession(designs: designs, files: Files(["a.tripod": text]))
    let before = session.loadedSite
    session.do("source a.tripod")
    let after = session.loadedSite
    session.do("undo")
    expectSame(session.loadedSite, before)
    session.do("redo")
    expectSame(session.loadedSite, after)
  }

  @Test func `quit ends a file and the command that runs it`() {
    var session = UndoTests.scripted("send 1\nquit\nsend 2\n")
    let reply = session.do("source a.tripod")
    #expect(reply.effect == .quit)
    #expect(reply.json["replies"]?.elements.map { $0["command"]?.string } == ["send 1", "quit"])
  }

  @Test func `a file that fails leaves the site unchanged`() {
    var session = UndoTests.scripted("send 1\nset s9 weight 2\n")
    let before = session.loadedSite
    let steps = UndoTests.steps(&session.session)
    #expect(session.obey("source a.tripod").failure?.message == "a.tripod:2: there is no “s9” on this site")
    expectSame(session.loadedSite, before)
    #expect(UndoTests.steps(&session.session) == steps)
  }

  @Test func `a file that sources itself ends`() {
    var session = UndoTests.scripted("source a.tripod")
    #expect(session.obey("source a.tripod").failure?.code == "nested")
  }

  @Test func `a script is one step`() {
    var session = Tutor("new")
    session.beginScript(named: "b.tripod")
    session.do("add server s1; send 2; wait 1s")
    session.endScript()
    #expect(UndoTests.steps(&session) == ["new", "run b.tripod"])
  }
}
