import Testing

@Suite struct MisuseTests {
  static let sentences: [(words: [String], sentence: String)] = [
    (["--jsn"], "unknown option \"--jsn\"; did you mean --json?"),
    (["--keep"], "unknown option \"--keep\"; did you mean --keep-going?"),
    (["--elephant"], "unknown option \"--elephant\"; tripod --help lists all options"),
    (["-c=show"], "unknown option \"-c=show\"; tripod --help lists all options"),
    (["-c"], "-c needs a value: -c CMD"),
    (["--seed"], "--seed needs a value: --seed N"),
    (["--json=yes"], "--json takes no value"),
    (["--seed", "-1"], "--seed cannot be \"-1\"; use a whole number from 0 to 9223372036854775806"),
    (["--seed=x"], "--seed cannot be \"x\"; use a whole number from 0 to 9223372036854775806"),
    (["--limit", "2"], "--limit cannot be \"2\"; use a duration such as 500ms, 2s or 1m"),
    (
      ["--limit", "9999999999999h"],
      "--limit cannot be \"9999999999999h\"; use a duration such as 500ms, 2s or 1m"
    ),
    (["--drawing", "pretty"], "--drawing cannot be \"pretty\"; use auto, ascii or unicode"),
    (["--color", "red"], "--color cannot be \"red\"; use auto, always or never"),
    (["rnu", "x"], "unknown subcommand \"rnu\"; did you mean run?"),
    (["elephant"], "unknown subcommand \"elephant\"; tripod --help lists all subcommands"),
    (["show"], "\"show\" is a command of the shell; type tripod -c 'show'"),
    (["spof"], "\"spof\" is a lesson; type tripod learn spof"),
    (["help", "lern"], "unknown subcommand \"lern\"; did you mean learn?"),
    (["help", "learn", "run"], "tripod help takes no more words; remove \"run\""),
    (["run"], "run needs at least one FILE, or - for standard input"),
    (["run", "--json"], "run needs at least one FILE, or - for standard input"),
    (["designs", "textbook"], "tripod designs takes no more words; remove \"textbook\""),
    (["learn", "tour", "spof"], "tripod learn takes one lesson; remove \"spof\""),
    (["learn", "toru"], "there is no lesson \"toru\"; did you mean `tour`?"),
    (["learn", "gone.md"], "cannot read gone.md: there is no such file"),
    (["test", "gone.md"], "cannot read gone.md: there is no such file"),
    (
      ["test", "--only", "elephant"], "there is nothing to test: no lesson, design or task is called elephant"
    ),
    (["test", "--update"], "--update writes to lesson files; name them: tripod test my-lesson.md --update"),
    (["test", "--format", "xml"], "--format cannot be \"xml\"; use text, tap, junit or json"),
    (["present"], "present needs a value: present LESSON"),
    (["present", "toru"], "there is no lesson \"toru\"; did you mean `tour`?"),
    (["present", "tour", "spof"], "tripod present takes one lesson; remove \"spof\""),
    (
      ["present", "tour", "--json"],
      "tripod present is for people; programs can use tripod --json learn or tripod --json -c 'CMD'"
    ),
    (["lesson"], "lesson needs more words: lesson new NAME, lesson watch FILE or lesson show LESSON"),
    (["lesson", "nwe", "x"], "unknown word \"nwe\" after lesson; did you mean new?"),
    (
      ["lesson", "new", "No good"],
      "\"No good\" cannot be the id of a lesson; use lower-case letters, digits and hyphens"
    ),
    (["--lessons", "gone", "learn"], "cannot read gone: there is no such file"),
    (["--lessons", "gone", "lessons"], "cannot read gone: there is no such file"),
    (["--\u{1b}[31m"], "unknown option \"--?[31m\"; tripod --help lists all options"),
  ]

  @Test(arguments: sentences) func `a wrong command line gets a correction`(
    words: [String], sentence: String
  ) throws {
    #expect(try BuiltProgram().run(words) == Outcome(2, err: "tripod: \(sentence)\n"))
  }

  @Test func `a wrong command line does nothing`() throws {
    let tripod = try BuiltProgram()
    #expect(try tripod.run("tripod -c 'save made.tripod' --elephant 2> /dev/null; ls") == Outcome(0))
  }
}
