import Blueprint
import Testing

@testable import Shell

/// A saved site can be rebuilt from its file.
@Suite struct SavedSiteTests {
  /// Saves the site and loads the file. Returns the new site.
  private static func reloaded(_ session: inout TypedSession, _ files: Files) -> Topology {
    session.do("save saved.tripod")
    session.do("load saved.tripod")
    return session.loadedSite.simulation.topology
  }

  /// Returns the file that is saved after the commands.
  private static func saved(_ commands: String...) -> String? {
    let files = Files()
    var session = TypedSession(designs: [], files: files)
    for command in commands { session.do(command) }
    session.do("save saved.tripod")
    return files["saved.tripod"]
  }

  @Test(arguments: designs) func `each design is the same after saving and loading`(_ design: Document) {
    let files = Files()
    var session = TypedSession(designs: designs, files: files)
    session.do("load \(design.name)")
    let topology = session.loadedSite.simulation.topology
    #expect(SavedSiteTests.reloaded(&session, files) == topology)
  }

  @Test(arguments: 1...60) func `random sites are the same after saving and loading`(_ seed: UInt64) {
    let files = Files()
    var session = TypedSession(designs: [], files: files)
    var commandGenerator = PlausibleCommands(seed: seed)
    for _ in 0..<40 { _ = session.obey(commandGenerator.buildCommand(on: session.session)) }
    let topology = session.loadedSite.simulation.topology
    #expect(SavedSiteTests.reloaded(&session, files) == topology, "\(files["saved.tripod"] ?? "")")
  }

  @Test func `only values that are not defaults are saved`() {
    #expect(
      SavedSiteTests.saved(
        "new", "add server s1", "add server s2 weight 3 backup maxconn 5 with nginx,files", "add balancer b2",
        "mode active-passive balancers", "algorithm uri consistent", "set s1 weight 4", "set s1 state drain",
        "set s1.app cost 7ms", "set database lag 20ms", "set site seed 9", "send 100") == """
          new
          algorithm uri consistent
          add server s1
          add server s2 weight 3 backup maxconn 5 with nginx,files
          add balancer b2
          mode active-passive balancers
          set site seed 9
          set database lag 20ms
          set s1 weight 4
          set s1 state drain
          set s1.app cost 7ms
          # Written by Tripod

          """)
  }

  @Test func `a new site is one command`() {
    #expect(SavedSiteTests.saved("new") == "new\n# Written by Tripod\n")
  }

  @Test func `a first balancer with another name is built after a temporary one`() {
    let text = SavedSiteTests.saved("new", "add balancer gate", "remove lb-1", "add server s1")
    #expect(text == "new old-1\nadd balancer gate\nadd server s1\nremove old-1\n# Written by Tripod\n")
  }

  @Test func `time and counters are not saved`() {
    let files = Files()
    var session = TypedSession("new", "add server s1", files: files)
    session.do("save a; send 100 mix; wait 1h; save b")
    #expect(files["a"] == files["b"])
  }

  @Test func `a file that was loaded is one step`() {
    let files = Files(["site.tripod": "new\nadd server s1\nadd server s2\n"])
    var session = TypedSession("new", "add server old", files: files)
    let before = session.loadedSite
    session.do("load site.tripod")
    #expect(session.loadedSite.simulation.topology.hosts.map(\.name) == ["lb-1", "s1", "s2"])
    session.do("undo")
    expectSame(session.loadedSite, before)
  }

  @Test func `a file that cannot be built changes nothing`() {
    let files = Files(["site.tripod": "new\nadd server s1\nadd server s1\n"])
    var session = TypedSession("new", "add server old", files: files)
    let before = session.loadedSite
    #expect(session.obey("load site.tripod").failure?.message == "site.tripod:3: the name “s1” is taken")
    expectSame(session.loadedSite, before)
  }
}
