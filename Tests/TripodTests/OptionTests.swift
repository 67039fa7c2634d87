import Inspector
import Testing

@Suite struct OptionTests {
  /// Different spellings of a command line with two commands and JSON output.
  static let spellings = [
    "tripod --json -c show -c 'send 1'",
    "tripod -c 'show; send 1' --json",
    "tripod -c 'show\nsend 1' --json",
    "tripod -c 'show\r\nsend 1' --json",
    "echo 'show; send 1' | tripod --json",
    "echo 'show; send 1' | tripod run - --json",
    "echo 'show; send 1' > -f; tripod --json run -- -f",
    "echo 'show; send 1' > f; tripod run f --json --seed=1 --color=never --limit=1m --keep-going",
    "echo 'send 1' > f; tripod --json -c show run f",
    "echo show > f; echo 'send 1' | tripod --json run f -",
  ]

  @Test(arguments: spellings) func `options and commands may be in any order`(line: String) throws {
    let outcome = try BuiltProgram().run(line)
    #expect(try objects(in: outcome.out).map { $0["command"] as? String } == ["show", "send 1"])
    #expect(outcome.status == 0 && outcome.err.isEmpty)
  }

  @Test func `the version is one line`() throws {
    let outcome = try BuiltProgram().run("tripod --version")
    #expect(outcome.out.wholeMatch(of: /tripod \d+\.\d+(\.\d+)?\n/) != nil)
    #expect(outcome.status == 0)
  }

  @Test func `the help names every option and subcommand, and fits on a screen`() throws {
    let outcome = try BuiltProgram().run("tripod run --help")
    let options = [
      "-c CMD", "--json", "--seed N", "--keep-going", "--limit DURATION", "--color WHEN", "--drawing WHICH",
      "--fresh", "--version",
      "--help",
    ]
    #expect(options.filter { !outcome.out.contains("\n  \($0) ") } == [])
    #expect(["tripod run FILE", "tripod designs"].filter { !outcome.out.contains($0) } == [])
    #expect(outcome.out.split(separator: "\n").filter { $0.count > 100 } == [])
    #expect(outcome.status == 0)
  }

  @Test(arguments: ["tripod help", "tripod help learn", "tripod -h"])
  func `help is a word, too`(line: String) throws {
    let tripod = try BuiltProgram()
    #expect(try tripod.run(line) == tripod.run("tripod --help"))
  }

  @Test func `the same seed gives the same bytes`() throws {
    let line = "tripod --json --seed 7 -c 'set site service exponential; send 50 mix rate 20/s'"
    let (one, other) = (try BuiltProgram().run(line), try BuiltProgram().run(line))
    #expect(one == other && one.status == 0 && !one.out.isEmpty)
  }

  @Test func `another seed gives other bytes`() throws {
    let line = "-c 'set site service exponential; send 50 mix rate 20/s'"
    let (one, other) = (
      try BuiltProgram().run("tripod --seed 7 --json \(line)"),
      try BuiltProgram().run("tripod --seed 8 --json \(line)")
    )
    #expect(one.out != other.out)
  }
}
