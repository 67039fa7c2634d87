import Testing

@testable import Shell

/// No line is wider than the screen, on any site.
@Suite struct WidthTests {
  private static let looks = [
    "show", "show topology", "show servers", "show balancer", "show database", "show clock", "show legend",
    "describe", "trace", "trace write", "why", "stats", "capacity", "log", "history", "help", "help set",
    "send 40 mix rate 200/s", "chaos 1m seed 3",
  ]

  @Test(arguments: 1...10) func `no line of a random site is wider than the screen`(_ seed: Int) {
    var session = Tutor(designs: designs)
    var dice = Dice(UInt64(seed))
    var words = PlausibleCommands(seed: UInt64(seed))
    for _ in 0..<15 {
      let command = words.command(on: session)
      let width = 40 + dice.roll(211)
      session.screen = Screen(width: width)
      expectFit(session.obey(command), width)
    }
    for command in WidthTests.looks {
      let width = dice.pick([40, 60, 80, 120, 250, 40 + dice.roll(211)])
      session.screen = Screen(width: width)
      expectFit(session.obey(command), width)
    }
  }

  @Test func `five thousand servers are drawn in a screenful`() {
    let servers = (1...5_000).map { "add server server-\($0)" }.joined(separator: "\n")
    var session = TypedSession(designs: designs, files: Files(["many": "new\n" + servers]))
    session.do("source many")
    for width in [40, 250] {
      session.screen = Screen(width: width)
      let reply = session.do("show")
      expectFit(reply, width)
      #expect(reply.lines.count < 60)
      #expect(reply.text.contains("4999 alike"))
    }
  }

  @Test func `a long name is cut, and no line with it is too wide`() {
    var session = Tutor("new")
    let name = "a" + String(repeating: "b", count: 50)
    session.do("add server \(name); send 3; break \(name).app")
    for width in [40, 60, 80] {
      session.screen = Screen(width: width)
      for command in WidthTests.looks { expectFit(session.obey(command), width) }
    }
  }

  private static let verdicts = [
    "spof", "audit", "availability", "claims", "alerts", "explain SPOF", "lessons", "show facts",
    "compare textbook secured",
  ]

  @Test(arguments: [40, 60, 80]) func `no line of a verdict is wider than the screen`(_ width: Int) {
    var session = Tutor(designs: designs, lessons: lessons)
    session.do("add monitor; break server-2; wait 1m")
    session.screen = Screen(width: width)
    for command in WidthTests.verdicts { expectFit(session.obey(command), width) }
  }

  /// If only the second line of a wrapped `whatif` is pasted, it must do nothing.
  @Test(arguments: [40, 60, 80]) func `the continuation of a wrapped whatif is a comment`(_ width: Int) {
    var session = Tutor(designs: designs)
    func trial(_ width: Int) -> [Substring] {
      session.screen = Screen(width: width)
      let fact = "run(add balancer lb-2; mode active-passive balancers; break lb-1; wait 30s; send 10).failed"
      let lines = session.do("show \(fact)").lines.map { $0.text }.drop { !$0.hasPrefix("  whatif ") }
      return lines.prefix(1).map { $0[...] } + lines.dropFirst().map { $0.drop { $0 == " " } }
    }
    let pieces = trial(width)
    #expect(pieces.count > 1)
    #expect(pieces.dropFirst().allSatisfy { $0.hasPrefix("# ") }, "\(pieces)")
    let again = pieces.prefix(1) + pieces.dropFirst().map { $0.dropFirst(2) }
    #expect([again.joined(separator: " ")[...]] == trial(250))
    for piece in pieces.dropFirst() {
      let before = session.loadedSite
      _ = session.obey(String(piece))
      expectSame(session.loadedSite, before)
    }
  }

  @Test func `wide characters take two columns`() {
    let wide = String(repeating: "漢字", count: 60)
    let design = "new\nadd server a\nclaim \"\(wide) e\u{301} \(wide)\": balancers == {lb-1}\n"
    var session = TypedSession(designs: designs, files: Files(["wide": design]))
    session.do("load wide")
    for width in [40, 80] {
      session.screen = Screen(width: width)
      let reply = session.do("claims")
      #expect(reply.text.contains("漢字"))
      expectFit(reply, width)
    }
    #expect(wide.columns == 240 && "e\u{301}│".columns == 2)
  }

  @Test(arguments: 60...130) func `every box has all its sides`(_ width: Int) {
    for count in 3...9 {
      var session = Tutor(designs: designs)
      session.do("new")
      for number in 1...count { session.do("add server s-\(number) weight \(number)") }
      session.do("break s-2")
      session.screen = Screen(width: width)
      let text = session.do("show").text
      let lines = text.split(separator: "\n")
      #expect(!lines.contains { $0.hasSuffix("─") || $0.hasSuffix("┴") }, "\(count) servers: \(text)")
    }
  }

  private func expectFit(_ reply: Reply, _ width: Int) {
    for line in reply.lines {
      #expect(line.text.columns <= width, "\(width): \(reply.command)")
    }
  }
}
