import Testing

@Suite struct TimeLimitTests {
  static let endless = [
    "tripod --limit 300ms -c 'send 100000000 write'",
    "yes 'wait 1ms' | tripod --limit 300ms",
    "yes nonsense | tripod --limit 300ms --keep-going",
    "mkfifo p; tripod --limit 300ms <> p",
    "mkfifo p; tripod run --limit 300ms - <> p",
    "mkfifo p; tripod run --limit 300ms p",
    "mkfifo p; tripod --limit 300ms -c 'load p'",
    "mkfifo p; tripod --limit 300ms -c 'source p'",
    "mkfifo p; tripod --limit 300ms -c 'save p'",
    "tripod -c 'save d.tripod'; tripod test --limit 300ms $(yes d.tripod | head -n 100000)",
  ]

  @Test(arguments: endless) func `a run ends when its time is over`(line: String) throws {
    let start = ContinuousClock.now
    let outcome = try BuiltProgram().run(
      "(\(line); echo $? > status) > /dev/null; cat status")
    #expect(outcome.out == "1\n")
    #expect(outcome.err.hasSuffix("tripod: the time limit of 300ms has passed\n"))
    #expect(ContinuousClock.now - start < .seconds(45))
  }

  @Test(arguments: [
    ("tap", "\nBail out! the time limit of 1ms has passed\n"), ("json", ",\"complete\":false}\n"),
    (
      "junit",
      "<error message=\"the time limit of 1ms has passed\"/></testcase>\n  </testsuite>\n</testsuites>\n"
    ),
    ("text", " failed; the time limit of 1ms has passed\n"),
  ]) func `an interrupted report says so`(_ format: String, _ end: String) throws {
    let outcome = try BuiltProgram().run("tripod test --limit 1ms --format \(format)")
    if format == "json" { #expect(try #require(objects(in: outcome.out).first)["ok"] as? Bool == false) }
    #expect(outcome.status == 1 && "\n\(outcome.out)".hasSuffix(end), "\(outcome.out.suffix(300))")
  }

  @Test func `a run that ends in time is not affected by its limit`() throws {
    #expect(try BuiltProgram().run("tripod --limit 1h -c 'send 1' > /dev/null") == Outcome(0))
  }
}
