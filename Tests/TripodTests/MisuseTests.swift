import Testing

@Suite struct MisuseTests {
  static let sentences: [(words: [String], sentence: String)] = [
    (["--jsn"], "there is no option \"--jsn\"; --json?"),
    (["--keep"], "there is no option \"--keep\"; --keep-going?"),
    (["--elephant"], "there is no option \"--elephant\"; tripod --help lists them"),
    (["-c=show"], "there is no option \"-c=show\"; tripod --help lists them"),
    (["-c"], "-c needs a value: -c CMD"),
    (["--seed"], "--seed needs a value: --seed N"),
    (["--json=yes"], "--json takes no value"),
    (["--seed", "-1"], "--seed cannot be \"-1\"; it is a whole number from 0 to 9223372036854775806"),
    (["--seed=x"], "--seed cannot be \"x\"; it is a whole number from 0 to 9223372036854775806"),
    (["--limit", "2"], "--limit cannot be \"2\"; it is a duration such as 500ms, 2s or 1m"),
    (
      ["--limit", "9999999999999h"],
      "--limit cannot be \"9999999999999h\"; it is a duration such as 500ms, 2s or 1m"
    ),
    (["--drawing", "pretty"], "--drawing cannot be \"pretty\"; it is auto, ascii or unicode"),
    (["--color", "red"], "--color cannot be \"red\"; it is auto, always or never"),
    (["rnu", "x"], "there is no subcommand \"rnu\"; run?"),
    (
      ["show"],
      "there is no subcommand \"show\"; a script is run by tripod run FILE, a command by tripod -c 'CMD'"
    ),
    (["run"], "run needs at least one FILE, or - for standard input"),
    (["run", "--json"], "run needs at least one FILE, or - for standard input"),
    (["designs", "textbook"], "tripod designs takes nothing after it, and \"textbook\" was given"),
    (["learn", "tour", "spof"], "tripod learn takes one lesson, and \"spof\" is another"),
    (["learn", "toru"], "there is no lesson \"toru\"; tour?"),
    (["learn", "gone.md"], "cannot read gone.md: there is no such file"),
    (["test", "gone.md"], "cannot read gone.md: there is no such file"),
    (
      ["test", "--only", "elephant"], "there is nothing to test: no lesson, design or task is called elephant"
    ),
    (["test", "--update"], "--update writes files: say which, as in tripod test my-lesson.md --update"),
    (["test", "--format", "xml"], "--format cannot be \"xml\"; it is text, tap, junit or json"),
    (["present"], "present needs a value: present LESSON"),
    (["present", "toru"], "there is no lesson \"toru\"; tour?"),
    (["present", "tour", "spof"], "tripod present takes one lesson, and \"spof\" is another"),
    (
      ["present", "tour", "--json"],
      "present is for people to look at; tripod --json learn and tripod --json -c 'CMD' answer programs"
    ),
    (["lesson"], "lesson needs to know what to do: lesson new NAME, lesson watch FILE or lesson show LESSON"),
    (["lesson", "nwe", "x"], "lesson cannot \"nwe\"; new?"),
    (
      ["lesson", "new", "No good"],
      "\"No good\" cannot be the id of a lesson; small letters, digits and hyphens can"
    ),
    (["--lessons", "gone", "learn"], "cannot read gone: there is no such file"),
    (["--lessons", "gone", "lessons"], "cannot read gone: there is no such file"),
    (["--\u{1b}[31m"], "there is no option \"--?[31m\"; tripod --help lists them"),
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
