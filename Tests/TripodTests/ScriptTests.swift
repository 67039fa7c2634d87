import Testing

@Suite struct ScriptTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let line: String
    let status: Int32
    let verdicts: [Bool]
    let positions: [String]
    var testDescription: String { line }

    init(_ line: String, _ status: Int32, _ verdicts: [Bool], at positions: [String] = []) {
      (self.line, self.status, self.verdicts, self.positions) = (line, status, verdicts, positions)
    }
  }

  static let cases = [
    Case("tripod --json -c ''", 0, []),
    Case("tripod --json -c '# nothing'", 0, []),
    Case("tripod --json -c 'nonsense; show'", 1, [false], at: ["-c:1"]),
    Case("tripod --json -c show -c nonsense -c show", 1, [true, false], at: ["-c:2"]),
    Case("tripod --json -c 'show\n\nnonsense'", 1, [true, false], at: ["-c:3"]),
    Case(
      "tripod --json --keep-going -c 'nonsense; show; gibberish'", 1, [false, true, false],
      at: ["-c:1", "-c:1"]),
    Case(
      "printf 'show\\n# a comment\\nnonsense\\nshow\\n' > f; tripod --json run f", 1, [true, false],
      at: ["f:3"]),
    Case(
      "printf 'nonsense\\nshow\\n' > f; tripod --json run f f --keep-going", 1, [false, true, false, true],
      at: ["f:1", "f:1"]),
    Case("printf 'nonsense\\n' > f; echo show > g; tripod --json run f g", 1, [false], at: ["f:1"]),
    Case("printf 'show\\nnonsense\\n' | tripod --json", 1, [true, false], at: ["-:2"]),
    Case("printf 'show\\nnonsense\\n' > f; tripod --json < f", 1, [true, false], at: ["-:2"]),
    Case("printf 'nonsense\\nquit\\nshow\\n' | tripod --json --keep-going", 1, [false, true], at: ["-:1"]),
    Case("tripod --json -c 'send 1; quit; nonsense' -c nonsense", 0, [true, true]),
    Case("tripod --json -c 'new; send 4'", 0, [true, true]),
    Case("printf 'show' | tripod --json", 0, [true]),
    Case("printf 'show\\r\\nsend 1\\r\\n' | tripod --json", 0, [true, true]),
    Case("printf '\\357\\273\\277show\\n' | tripod --json", 0, [true]),
    Case("printf '\\n\\n;;  ;\\n' | tripod --json", 0, []),
    Case("tripod --json < /dev/null", 0, []),
  ]

  @Test(arguments: cases) func `a failed command stops the run and is named with its position`(script: Case)
    throws
  {
    let outcome = try BuiltProgram().run(script.line)
    #expect(outcome.status == script.status)
    #expect(try verdicts(in: outcome.out) == script.verdicts)
    #expect(positions(in: outcome.err) == script.positions)
  }

  @Test func `earlier output comes before an error message`() throws {
    let outcome = try BuiltProgram().run(
      "tripod --json --keep-going -c 'show; nonsense; show' > both 2>&1; cut -c 1-5 both")
    let lines = outcome.out.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { String($0.prefix(1)) }
    #expect(lines == ["{", "{", "-", "{"])
  }
}
