import Testing

@testable import Shell

/// Properties that are true after every command.
@Suite struct InvariantTests {
  private static let length = 60

  /// Obeys random commands. Calls `check` after each, with the sessions before and after it, and the reply.
  private static func play(
    _ seed: UInt64, _ check: (Tutor, Tutor, Reply) -> Void = { _, _, _ in }
  ) -> (session: Tutor, replies: [Reply]) {
    var session = Tutor("new", "add server s1", "add server s2")
    var plausible = PlausibleCommands(seed: seed)
    var replies: [Reply] = []
    for _ in 0..<length {
      let before = session
      let reply = session.obey(plausible.command(on: session))
      check(before, session, reply)
      replies.append(reply)
    }
    return (session, replies)
  }

  @Test(arguments: 1...20) func `a refused command leaves the site unchanged`(_ seed: UInt64) {
    _ = InvariantTests.play(seed) { before, after, reply in
      if !reply.isOK { #expect(after.loadedSite == before.loadedSite, "\(reply.command)") }
    }
  }

  @Test(arguments: 101...106) func `most commands are possible`(_ seed: UInt64) {
    let replies = InvariantTests.play(seed).replies
    #expect(replies.count(where: \.isOK) * 2 > replies.count)
  }

  /// Returns how many times `undo` can undo a change.
  private static func changes(_ session: Tutor) -> Int { session.history.groups(boundary: 0).count }

  @Test(arguments: 201...212) func `each change can be undone and redone`(_ seed: UInt64) {
    _ = InvariantTests.play(seed) { before, after, reply in
      guard InvariantTests.changes(after) > InvariantTests.changes(before) else { return }
      var session = after
      session.do("undo")
      expectSame(session.loadedSite, before.loadedSite, "undo of \(reply.command)")
      session.do("redo")
      expectSame(session.loadedSite, after.loadedSite, "redo of \(reply.command)")
    }
  }

  @Test(arguments: 301...310) func `all changes can be undone one by one and redone`(_ seed: UInt64) {
    var sites: [LoadedSite] = []
    var session = InvariantTests.play(seed) { before, after, _ in
      if InvariantTests.changes(after) > InvariantTests.changes(before) { sites.append(before.loadedSite) }
    }.session
    let end = session.loadedSite
    for loadedSite in sites.reversed() {
      session.do("undo")
      expectSame(session.loadedSite, loadedSite)
    }
    for _ in sites { session.do("redo") }
    expectSame(session.loadedSite, end)
  }

  @Test(arguments: 401...408) func `several steps can be undone at once`(_ seed: UInt64) {
    var sites: [LoadedSite] = []
    let played = InvariantTests.play(seed) { before, after, _ in
      if InvariantTests.changes(after) > InvariantTests.changes(before) { sites.append(before.loadedSite) }
    }.session
    for count in [1, 2, 3, 5, 8, 13, sites.count] where count <= sites.count {
      var session = played
      session.do("undo \(count)")
      expectSame(session.loadedSite, sites[sites.count - count], "\(count)")
    }
  }

  @Test(arguments: 501...512) func `every request was answered, has failed or is in flight`(_ seed: UInt64) {
    _ = InvariantTests.play(seed) { before, after, reply in
      guard reply.isOK else { return }
      if reply.verb == "send" {
        let statuses = reply.counts("statuses")
        #expect(reply.number("sent") == Double(statuses.values.reduce(0, +)), "\(reply.command)")
        #expect(reply.number("answered") == Double(statuses["200"] ?? 0), "\(reply.command)")
        #expect(
          reply.number("failed") == Double(statuses.values.reduce(0, +) - (statuses["200"] ?? 0)),
          "\(reply.command)")
        #expect(
          reply.json["requests"]?.elements.allSatisfy { $0["status"] != .null } == true, "\(reply.command)")
      }
      guard ["send", "hold", "release", "wait"].contains(reply.verb) else { return }
      let sent =
        reply.verb == "send" ? Int(reply.number("sent") ?? 0) : reply.verb == "hold" ? reply.answers.count : 0
      #expect(
        after.loadedSite.simulation.log.count == before.loadedSite.simulation.log.count + sent,
        "\(reply.command)")
    }
  }

  @Test(arguments: 601...606) func `only held requests are in flight after a command`(_ seed: UInt64) {
    _ = InvariantTests.play(seed) { _, after, reply in
      let open = after.loadedSite.simulation.log.filter { $0.end == nil }
      #expect(open.allSatisfy { $0.name != nil }, "\(reply.command)")
    }
  }

  @Test(arguments: 701...706) func `time never runs backwards`(_ seed: UInt64) {
    _ = InvariantTests.play(seed) { before, after, reply in
      guard reply.verb != "reset" else { return }
      #expect(after.loadedSite.simulation.time >= before.loadedSite.simulation.time, "\(reply.command)")
    }
  }

  @Test(arguments: 801...808) func `the same commands give the same bytes`(_ seed: UInt64) {
    let one = InvariantTests.play(seed)
    let other = InvariantTests.play(seed)
    #expect(one.replies.map(\.text) == other.replies.map(\.text))
    #expect(one.replies.map(\.json.text) == other.replies.map(\.json.text))
    expectSame(one.session.loadedSite, other.session.loadedSite)
  }

  @Test(arguments: 901...908) func `a copy that continues does not change the original`(_ seed: UInt64) {
    var plausible = PlausibleCommands(seed: seed)
    let (original, _) = InvariantTests.play(seed)
    var copy = original
    for _ in 0..<20 { _ = copy.obey(plausible.command(on: copy)) }
    expectSame(original.loadedSite, InvariantTests.play(seed).session.loadedSite)
  }
}
