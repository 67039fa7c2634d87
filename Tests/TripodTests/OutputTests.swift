import Testing

/// Output that cannot be written, and output that does not go to a terminal.
@Suite struct OutputTests {
  static let closings: [(line: String, outcome: Outcome)] = [
    (
      "tripod -c show > /dev/full",
      Outcome(1, err: "tripod: cannot write the output: there is no space left\n")
    ),
    (
      "tripod --help > /dev/full",
      Outcome(1, err: "tripod: cannot write the output: there is no space left\n")
    ),
    ("tripod designs >&-", Outcome(1, err: "tripod: cannot write the output: it is closed\n")),
    ("tripod -c show >&-", Outcome(1, err: "tripod: cannot write the output: it is closed\n")),
    (
      "(yes show | tripod --json; echo $? >&2) | head -n 1 | cut -c 1-11",
      Outcome(0, out: "{\"schema\":1\n", err: "0\n")
    ),
    ("(tripod --help; echo $? >&2) | true; wait", Outcome(0, err: "0\n")),
    ("tripod -c nonsense 2>&-", Outcome(1)),
  ]

  @Test(arguments: closings) func `an output that cannot be written ends the run without a crash`(
    line: String, outcome: Outcome
  ) throws {
    #expect(try BuiltProgram().run(line) == outcome)
  }

  static let colors: [(line: String, isColored: Bool)] = [
    ("tripod -c nonsense", false),
    ("tripod --color auto -c nonsense", false),
    ("tripod --color always -c nonsense", true),
    ("NO_COLOR=1 tripod --color=always -c nonsense", true),
    ("tripod --color never -c nonsense", false),
  ]

  @Test(arguments: colors) func `without a terminal, there is colour only on request`(
    line: String, isColored: Bool
  ) throws {
    let outcome = try BuiltProgram().run(line)
    #expect(outcome.err.contains("\u{1b}[31m") == isColored)
    #expect(outcome.status == 1)
  }
}
