import Inspector
import Testing

@Suite struct DesignListTests {
  static let names = [
    "active-active", "balancer-pair", "scaled-up", "secured", "textbook", "two-as-one", "weighted-standby",
  ]

  @Test func `the built-in designs are listed by name, each with a sentence`() throws {
    let outcome = try BuiltProgram().run("tripod designs")
    let rows = outcome.out.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
    #expect(rows.map { String($0[0]) } == DesignListTests.names)
    #expect(rows.filter { $0.count != 2 || !$0[1].hasSuffix(".") } == [])
    #expect(outcome.status == 0)
  }

  @Test(arguments: [60, 80, 120]) func `in a window, the list breaks lines between words`(columns: Int) throws
  {
    let outcome = try BuiltProgram().run("tripod designs")
    let terminal = try Terminal("designs", columns: columns)
    let lines = terminal.readRest().withoutControlSequences.split(separator: "\n")
    #expect(terminal.end() == 0)
    #expect(lines.allSatisfy { $0.count <= columns })
    let words = { (text: String) in text.split { " \n".contains($0) }.map(String.init) }
    #expect(words(lines.joined(separator: "\n")) == words(outcome.out))
  }

  @Test func `the list is one line of JSON too`() throws {
    let listed =
      try objects(in: BuiltProgram().run("tripod designs --json").out).first?["designs"]
      as? [[String: String]]
    #expect(listed?.map(\.["name"]) == DesignListTests.names)
  }

  @Test(arguments: names) func `a built-in design loads and answers every kind of request`(name: String)
    throws
  {
    let outcome = try BuiltProgram().run(
      "tripod --json -c 'load \(name)' -c 'send 4 static; send 4 read; send 4 write'")
    #expect(try objects(in: outcome.out).map { $0["answered"] as? Int } == [nil, 4, 4, 4])
    #expect(outcome.status == 0 && outcome.err.isEmpty)
  }
}
