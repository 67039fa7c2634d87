import Blueprint
import Inspector
import Testing

@testable import Shell

/// Fog as a learner experiences it.
@Suite struct FogTests {
  private static func session(_ commands: String, left: UnfinishedSite? = nil) -> TypedSession {
    var session = TypedSession(designs: designs, lessons: lessons, files: Files(["two": "send 1\nshow\n"]))
    session.access.savedSites = SavedSites(left.map { [$0] } ?? [])
    session.do(commands)
    return session
  }

  // MARK: Output

  @Test func `replies about requests show only the users' results`() {
    var session = FogTests.session("set lb-1 check off; break server-2.app; fog on")
    let reply = session.do("send 4 read")
    #expect(
      reply.lines.map(\.text) == [
        "  2 of 4 answered, 2 failed                     mean 4.6 ms   p99 8.1 ms",
        "  200       ██████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░  2",
        "  502       ██████████████████████████░░░░░░░░░░░░░░░░░░░░░░░░░░  2  Bad Gateway",
      ])
    #expect(reply.counts("statuses") == ["200": 2, "502": 2])
    for name in ["by_server", "by_database", "max_in_flight", "by_component", "stored_anyway"] {
      #expect(reply.json[name] == .null, "\(name)")
    }
    let first = reply.json["requests"]?.elements.first
    #expect(first?["server"] == .null && first?["balancer"] == .null && first?["database"] == .null)
    #expect(session.do("hold h").lines.map(\.text) == ["  request h is open"])
  }

  @Test func `alerts are shown`() {
    var session = FogTests.session("add monitor; fog on; break server-2")
    let reply = session.do("wait 1m")
    #expect(reply.json["events"]?.elements.map { $0["component"]?.string } == ["server-2"])
    #expect(session.do("alerts").json["told"]?.elements.map(\.string) == ["server-2"])
  }

  @Test(arguments: [
    ("show", "the fog hides what `show` would show"),
    ("show server-1.app", "the fog hides what `show` would show"),
    ("assert broken == {}", "the fog hides what `assert` would show"),
    ("wait until server-1 down", "the fog hides what `wait` would show"),
    ("save a.tripod", "the fog hides what `save` would show"),
    ("history", "the fog hides what `history` would show"),
    ("undo", "`undo` would lead out of the fog"),
    ("whatif send 1", "`whatif` needs a copy of the site, and the fog hides the site"),
    ("play", "`play` needs a copy of the site, and the fog hides the site"),
    ("at 1s remove server-2", "remove server-2: the fog hides what `remove` would show"),
    ("source two", "two:2: the fog hides what `show` would show"),
  ]) func `the fog refuses commands`(_ line: String, _ message: String) {
    var session = FogTests.session("break server-2.app; fog on")
    let before = session.loadedSite
    let failure = session.obey(line).failure
    #expect(failure?.code == "fog")
    #expect(failure?.message == message)
    expectSame(session.loadedSite, before)
  }

  @Test func `a refusal says what can be done instead, and what lifts the fog`() {
    var session = FogTests.session("fog on")
    #expect(
      session.obey("show").failure?.hint
        == "`send`, `wait` and `alerts` show what users see; `fog off` lifts the fog")
    #expect(
      session.obey("undo").failure?.hint
        == "type `reset` to return to when the fog came up; `fog off` lifts the fog")
  }

  @Test(arguments: ["show clock", "show facts", "show legend", "help repair", "explain 502", "lessons"])
  func `commands that do not show the site work as usual`(_ line: String) {
    var clear = FogTests.session("break server-2.app")
    var foggy = FogTests.session("break server-2.app; fog on")
    #expect(foggy.do(line) == clear.do(line))
  }

  @Test func `the prompt does not name the fault`() {
    #expect(FogTests.session("break server-2.app; fog on").prompt == "tripod [fog]> ")
    #expect(FogTests.session("load weighted-standby; fog on").prompt == "tripod weighted-standby [fog]> ")
    #expect(FogTests.session("fog on; break server-2.app; fog off").prompt == "tripod [✗ server-2.app]> ")
  }

  @Test func `Tab after repair offers all targets`() {
    let session = FogTests.session("break server-2.app; fog on")
    let offered = session.completion(of: "repair ").candidates
    #expect(offered == session.completion(of: "break ").candidates)
    #expect(offered.count > 12)
    let nodes = session.completion(of: "promote ").candidates
    #expect(nodes.map(\.summary) == ["the database node", "the database node"])
  }

  // MARK: Commands that change the site

  @Test func `a repair takes a minute, and does not say whether anything was broken`() {
    var healthy = FogTests.session("fog on")
    var faulty = FogTests.session("break server-2.app; fog on")
    let reply = healthy.do("repair server-2.app")
    #expect(
      reply.lines.map(\.text) == [
        "An operator has repaired whatever was wrong at server-2.app.",
        "  That took a minute; it is now 60.000 s.",
      ])
    #expect(faulty.do("repair server-2.app") == reply)
    #expect(faulty.loadedSite.simulation.faults == [])
    #expect(faulty.obey("repair nothing").failure?.hint == "possible here: lb-1, server-1 and server-2")
  }

  @Test func `a scheduled repair takes a minute from its start`() {
    var session = FogTests.session("break server-2.app; fog on; at 5s repair server-2.app; wait 64s")
    #expect(session.loadedSite.simulation.faults.count == 1)
    session.do("wait 1s")
    #expect(session.loadedSite.simulation.faults == [])
  }

  @Test(arguments: ["break server-2.app", "promote server-1", "rebuild server-2", "chaos 1m seed 2"])
  func `the result of a scheduled command is hidden`(_ line: String) {
    var session = FogTests.session("break server-2.app; fog on")
    let reply = session.do(line)
    #expect(reply.lines.map(\.text) == ["Done. The fog hides the result."])
    #expect(reply.json["events"] == .array([]))
    #expect(reply.json["lost"] == nil)
  }

  @Test func `reset returns to the start of the fog, with the fault`() {
    var session = FogTests.session("break server-2.app; send 2; fog on")
    let before = session.loadedSite.simulation
    session.do("repair server-2.app; send 3; break lb-1; reset")
    #expect(session.loadedSite.simulation == before)
    #expect(session.isFoggy)
  }

  // MARK: Lifting the fog

  @Test func `fog off reports the fault, the repairs and the cost of wrong repairs`() {
    var session = FogTests.session(
      "break server-2.app hang; break server-1.files; fog on; repair server-1.nginx; repair server-1.files")
    let reply = session.do("fog off")
    #expect(
      reply.lines.map(\.text) == [
        "The fog has lifted.", "  server-2.app hangs: it accepts connections and never answers",
        "  server-1.files has a bad release: every page fails; it has been mended",
        "  somebody was sent to repair 2 times, 1 of them for nothing",
      ])
    #expect(
      reply.json["hidden"]?.elements.map { $0["component"]?.string } == ["server-2.app", "server-1.files"])
    #expect(reply.json["repairs_for_nothing"] == .integer(1))
    #expect(
      session.do("show hidden").json["value"]?.elements.map(\.string) == ["server-2.app", "server-1.files"])
    session.do("undo")
    #expect(session.obey("show").failure?.code == "fog")
  }

  @Test func `fog cannot be started twice`() {
    var session = FogTests.session("fog on")
    #expect(session.obey("fog on").failure?.message == "there is fog already")
    session.do("fog off")
    #expect(session.obey("fog off").failure?.message == "there is no fog")
    #expect(session.do("fog").json["fog"] == .flag(false))
  }

  @Test func `another site cannot be loaded in the fog`() {
    var session = FogTests.session("break server-1; fog on")
    let before = session.loadedSite
    #expect(session.obey("load textbook").failure?.hint.contains("fog off") == true)
    expectSame(session.loadedSite, before)
    session.do("fog off; load textbook")
    #expect(session.do("show").text.contains("lb-1"))
  }

  // MARK: Chaos

  @Test(arguments: designs.map(\.name)) func `chaos hides a fault that affects users, chosen by its seed`(
    _ design: String
  ) {
    var hidden: Set<String> = []
    for seed in 1...6 {
      var session = FogTests.session("load \(design); chaos hidden seed \(seed)")
      var again = FogTests.session("load \(design); chaos hidden seed \(seed)")
      #expect(session.isFoggy)
      session.do("wait 1m")
      again.do("wait 1m")
      let failed = ["static", "read", "write"].map { kind in
        var copy = session
        return copy.do("send 12 \(kind)").number("failed") ?? 0
      }
      #expect(failed.reduce(0, +) > 0, "seed \(seed)")
      let hiddenFault = session.do("fog off").json["hidden"]
      #expect(hiddenFault?.elements.count == 1)
      #expect(again.do("fog off").json["hidden"] == hiddenFault)
      hidden.insert(hiddenFault?.text ?? "")
    }
    #expect(hidden.count > 1)
  }

  // MARK: Resuming

  @Test func `a shell that ended in the fog is resumed in the fog`() {
    let left = UnfinishedSite(
      steps: ["break server-2.app", "fog on", "send 2", "repair server-1"].map { .init($0) })
    var session = FogTests.session("resume", left: left)
    #expect(session.prompt == "tripod [fog]> ")
    #expect(session.obey("show").failure?.code == "fog")
    #expect(session.do("fog off").json["hidden"]?.elements.count == 1)
  }
}
