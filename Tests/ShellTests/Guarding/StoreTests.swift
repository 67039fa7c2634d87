import Blueprint
import Inspector
import Testing

@testable import Shell

/// The key-value store: a component that can be built, broken, scanned and monitored. No request uses it.
@Suite struct StoreTests {
  private static func site(_ commands: [String] = []) -> Tutor {
    var session = Tutor.design("textbook")
    for line in ["add server server-3 with store"] + commands { session.do(line) }
    return session
  }

  /// Returns the state of a port of server-3 in a scan.
  private static func port(_ session: inout Tutor, _ number: Int = 6379) -> String? {
    session.do("attack scan server-3 from lb-1").json["ports"]?.elements
      .first { $0["port"]?.number == Double(number) }?["state"]?.string
  }

  // MARK: Building

  @Test func `a server can have a store alone or with other components`() {
    var session = Tutor.design("textbook")
    #expect(session.do("add server server-3 with store").text == "server-3 is new, with store.")
    #expect(
      session.do("add server server-4 with nginx,app,store").text
        == "server-4 is new, with nginx, app and store.")
    #expect(
      session.do("add server server-5").text
        == "server-5 is new, with nginx, app, files and mysql, mysql as replica.")
  }

  @Test func `a store can be removed, but not as the only component`() {
    var session = StoreTests.site(["add server server-4 with store,app"])
    #expect(session.do("remove server-4.store").text == "server-4.store has been removed.")
    #expect(session.obey("remove server-3.store").failure?.code == "needed")
  }

  @Test func `the settings of a store can be changed, and are saved`() {
    var session = StoreTests.site()
    #expect(session.do("set server-3.store cost 1ms").text == "server-3.store: cost is now 1ms.")
    #expect(session.do("show server-3.store").json["settings"]?["workers"] == .integer(1))
    let script = session.loadedSite.simulation.script
    #expect(script.contains("add server server-3 with store"))
    #expect(script.contains("set server-3 cost 1ms"))
    var other = Tutor()
    for line in script { other.do(line) }
    #expect(other.loadedSite.simulation.topology == session.loadedSite.simulation.topology)
  }

  @Test func `balancers send no requests to a store`() {
    var session = StoreTests.site()
    #expect(
      session.do("show servers").json["servers"]?.elements.compactMap { $0["name"]?.string } == [
        "server-1", "server-2",
      ])
    var plain = Tutor.design("textbook")
    for line in ["send 8 read", "send 40 mix rate 20/s"] {
      #expect(session.do(line).json["requests"] == plain.do(line).json["requests"], "\(line)")
    }
  }

  // MARK: Failing

  @Test(arguments: [
    ("crash", "closed"), ("hang", "open"), ("slow", "open"), ("cut", "filtered"), ("restart", "closed"),
  ])
  func `each fault shows at the port of a store, and a repair ends it`(_ fault: String, _ state: String) {
    var session = StoreTests.site()
    #expect(StoreTests.port(&session) == "open")
    session.do("break server-3.store \(fault)")
    #expect(StoreTests.port(&session) == state)
    session.do("repair server-3.store")
    #expect(StoreTests.port(&session) == "open")
  }

  @Test func `the failure of a store stops no requests`() {
    var session = StoreTests.site()
    let spofs = session.do("spof").text
    #expect(!spofs.contains("server-3"))
    session.do("break server-3")
    #expect(session.do("send 40 mix").number("failed") == 0)
  }

  @Test func `random faults affect a store`() {
    var session = StoreTests.site()
    let chaosEvents = (1...20).flatMap { seed in
      session.do("chaos 5m seed \(seed)").events
    }
    #expect(chaosEvents.contains { $0.hasPrefix("server-3.store ") })
    #expect(session.loadedSite.simulation.faults == [])
  }

  // MARK: Guarding

  @Test func `a scan checks the port of a store only on a site that has one`() {
    var plain = Tutor.design("textbook")
    #expect(!plain.do("attack scan").text.contains("6379"))
    var session = StoreTests.site()
    #expect(session.do("attack scan").lines.first?.text.contains("3306      6379      8000") == true)
    #expect(
      session.do("attack scan server-1").json["open"]?.elements.contains(.string("server-1:6379")) == false)
  }

  @Test func `a firewall blocks a store unless a rule allows its port`() {
    var session = StoreTests.site(["add firewall server-3"])
    #expect(StoreTests.port(&session) == "filtered")
    session.do("add firewall server-3 allow 6379 from balancers")
    #expect(StoreTests.port(&session) == "open")
  }

  @Test func `the agent reports the crash of a store`() {
    var session = StoreTests.site(["add monitor server-3", "break server-3.store", "wait 1m"])
    #expect(session.do("alerts").text.contains("server-3.store"))
  }

  // MARK: Words

  @Test(arguments: ["redis", "cache", "key-value store"])
  func `other words for a store are understood`(_ word: String) {
    var session = Tutor.design("textbook")
    #expect(
      session.obey("add server server-3 with \(word)").failure?.hint.contains(
        "add server server-3 with store") == true)
    #expect(session.do("explain \(word)").lines.first?.text.contains("key-value store") == true)
  }

  @Test func `a store is drawn, listed and described`() {
    var session = StoreTests.site()
    #expect(session.do("show").text.contains("store"))
    #expect(
      session.do("show server-3.store").text.contains(
        "the key-value store: shared data in memory, as in Redis"))
    #expect(session.do("assert state(server-3.store) = works").failure == nil)
    #expect(session.do("set site mtbf-store 30d").failure == nil)
  }
}
