import Blueprint
import Testing

@testable import Shell

@Suite struct WordTests {
  @Test(arguments: [
    ("", []), ("   ", []), ("# only a comment", []), ("show", ["show"]), ("  show  ", ["show"]),
    ("show; send 3", ["show", "send 3"]), ("show;;send 3;", ["show", "send 3"]),
    ("show # what is there", ["show"]),
    ("show;# nothing else", ["show"]), ("send 1 to /a#b", ["send 1 to /a#b"]), ("show\t#x", ["show"]),
    ("save \"a;b\"; show", ["save \"a;b\"", "show"]), ("save \"a #b\"", ["save \"a #b\""]),
    ("save \"open; show", ["save \"open; show"]),
    ("whatif send 1; send 2", ["whatif send 1; send 2"]), ("show; whatif a; b # c", ["show", "whatif a; b"]),
    ("what send 1; send 2", ["what send 1; send 2"]), ("WHATIF a; b", ["WHATIF a; b"]),
    ("wha a; b", ["wha a; b"]),
    ("why; show", ["why", "show"]), ("whatever; show", ["whatever", "show"]),
    ("wait 1s; show", ["wait 1s", "show"]),
    ("show\r", ["show"]), ("whatif;a;b", ["whatif;a;b"]), ("  whatif a;b", ["whatif a;b"]),
    ("show run(a; b).x; send 1", ["show run(a; b).x", "send 1"]), ("send (a; b)", ["send (a", "b)"]),
  ])
  func `a line is cut into commands`(_ line: String, _ commands: [String]) {
    #expect(Words.commands(in: line) == commands)
  }

  @Test(arguments: ["whatif ", "show run("])
  func `no number of semicolons takes long to cut`(_ start: String) {
    let line = start + String(repeating: ";", count: 20_000)
    let clock = ContinuousClock()
    let began = clock.now
    #expect(Tutor.commands(in: line) == [line])
    #expect(clock.now - began < .seconds(2))
  }

  @Test(arguments: [
    ("", []), ("show", ["show"]), ("send  3\tstatic", ["send", "3", "static"]),
    ("save \"a b\"", ["save", "a b"]),
    ("save \"\"", ["save", ""]), ("save a\" b\"c", ["save", "a bc"]),
    ("send from 10.0.0.1, 10.0.0.2", ["send", "from", "10.0.0.1,10.0.0.2"]),
    ("send to /a ,/b , /c", ["send", "to", "/a,/b,/c"]), ("say \"a,\" b", ["say", "a,", "b"]),
    ("größe é", ["größe", "é"]),
    ("  show  ", ["show"]),
  ])
  func `a command is cut into words`(_ command: String, _ words: [String]) throws {
    #expect(try Words.split(command).map(\.text) == words)
  }

  @Test func `a word has its position`() throws {
    #expect(
      try Words.split("save  \"a b\" x") == [
        Word(text: "save", position: 0..<4), Word(text: "a b", position: 6..<11, isQuoted: true),
        Word(text: "x", position: 12..<13),
      ])
  }

  @Test func `positions count characters, not bytes`() throws {
    #expect(try Words.split("é👩‍👩‍👧 x").map(\.position) == [0..<2, 3..<4])
  }

  @Test func `an open quotation mark is reported with its position`() {
    #expect(throws: Complaint.openQuote(at: 5..<9)) { try Words.split("save \"a b") }
  }

  @Test(arguments: [
    ("send", "send", 0), ("sned", "send", 1), ("snd", "send", 1), ("sendd", "send", 1),
    ("wieght", "weight", 1),
    ("abc", "xyz", 3), ("a", "abcdefgh", 4), ("", "abc", 3),
  ])
  func `the distance between words`(_ a: String, _ b: String, _ distance: Int) {
    #expect(Blueprint.distance(a, b) == distance)
    #expect(Blueprint.distance(b, a) == distance)
  }

  @Test(arguments: [
    ("sned", "send"), ("SEND", "send"), ("algoritm", "algorithm"), ("hist", "history"), ("x", nil),
    ("zzz", nil), ("wa", nil),
    ("hostory", "history"),
  ])
  func `the nearest word is the one that was meant`(_ word: String, _ meant: String?) {
    #expect(nearest(to: word, among: ["send", "algorithm", "history", "whatif"]) == meant)
  }

  // MARK: Commands

  @Test(arguments: Command.all.map(\.name)) func `a command is known by each beginning that no other has`(
    _ name: String
  ) throws {
    for length in 1...name.count {
      let beginning = String(name.prefix(length))
      let others = Command.all.filter { $0.name.hasPrefix(beginning) }
      guard others.count == 1 || beginning == name else { continue }
      #expect(try Command.named(Word(text: beginning, position: 0..<length)).name == name)
      #expect(try Command.named(Word(text: beginning.uppercased(), position: 0..<length)).name == name)
    }
  }

  @Test func `no two commands have the same name`() {
    #expect(Set(Command.all.map(\.name)).count == Command.all.count)
  }

  @Test func `an empty line is accepted`() {
    var session = Tutor("new")
    let before = session.loadedSite
    #expect(
      session.obey("   ").json.text
        == #"{"schema":1,"command":"","verb":"","ok":true,"time_ms":0.000,"events":[]}"#)
    expectSame(session.loadedSite, before)
  }

  @Test func `the verb is the first word in full`() {
    var session = Tutor("new", "add server s1")
    #expect(session.obey("sen 1").verb == "send")
    #expect(session.obey("SEND 1").json["command"] == .string("SEND 1"))
  }

  @Test func `quit is an effect`() {
    var session = Tutor("new")
    #expect(session.obey("quit").effect == .quit)
    #expect(session.obey("show").effect == nil)
  }
}
