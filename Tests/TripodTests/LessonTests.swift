import Foundation
import Testing

@Suite struct LessonTests {
  private static let lesson = "tripod lesson new mine > made && "

  @Test func `a new lesson passes, and a broken one reports the position`() throws {
    let tripod = try BuiltProgram()
    #expect(
      try tripod.run("\(LessonTests.lesson)tripod test mine.md")
        == Outcome(0, out: "ok      mine  16 checks\n16 passed, 0 failed\n"))
    let outcome = try tripod.run("sed -i 's/answer 4/answer 3/' mine.md; tripod test mine.md")
    #expect(outcome.status == 1)
    #expect(
      outcome.out.hasPrefix("mine.md:43:1: mine › how-many › solution 1\n  the solution is not accepted\n"))
  }

  @Test func `another format is unreadable`() throws {
    let outcome = try BuiltProgram().run(
      "\(LessonTests.lesson)sed 's/format: 1/format: 2/' mine.md > new.md; tripod test new.md")
    #expect(outcome.status == 2)
    #expect(
      outcome.out == """
        new.md:2:9: mine › parses
          format “2” is not known; this version reads format 1
        FAILED  mine  1 checks, 1 failed
        0 passed, 1 failed

        """)
    let other = try BuiltProgram().run(
      "\(LessonTests.lesson)sed 's/format: 1/format: 2/' mine.md > new.md; tripod learn new.md")
    #expect(
      other
        == Outcome(2, err: "tripod: new.md:2:9: format \"2\" is not known; this version reads format 1\n"))
  }

  @Test(arguments: ["text", "tap", "junit", "json"]) func `a report comes in every format`(_ format: String)
    throws
  {
    let outcome = try BuiltProgram().run("\(LessonTests.lesson)tripod test mine.md --format \(format)")
    #expect(outcome.status == 0)
    let first = outcome.out.split(separator: "\n").first ?? ""
    #expect(
      first.hasPrefix(
        ["text": "ok ", "tap": "TAP version 13", "junit": "<?xml", "json": "{\"schema\":1"][format] ?? "?"))
  }

  @Test func `JSON names each check with its file and line`() throws {
    let outcome = try BuiltProgram().run(
      "\(LessonTests.lesson)sed -i 's/answer 4/answer 3/' mine.md; tripod test mine.md --json")
    let report = try #require(objects(in: outcome.out).first)
    let lessons = try #require(report["lessons"] as? [[String: Any]])
    let checks = try #require(lessons.first?["checks"] as? [[String: Any]])
    let failed = try #require(checks.first { $0["ok"] as? Bool == false })
    #expect(failed["name"] as? String == "mine › how-many › solution 1")
    #expect(failed["file"] as? String == "mine.md")
    #expect(failed["line"] as? Int == 43)
    #expect(report["failed"] as? Int == 1)
  }

  @Test func `update rewrites literal lines, keeps patterns, and does nothing the second time`() throws {
    let tripod = try BuiltProgram()
    let spoil = "sed -i 's/send 4 static/send 6 static/; s/^\\[..\\]4 of 4.*/wrong/' mine.md"
    let outcome = try tripod.run(
      "\(LessonTests.lesson)\(spoil); tripod test mine.md > before; tripod test mine.md --update; cp mine.md once; tripod test mine.md --update && cmp mine.md once"
    )
    #expect(outcome.status == 0)
    #expect(try tripod.run("grep -c '6 of 6 answered' mine.md").out == "1\n")
  }

  @Test func `progress survives a kill at any moment`() throws {
    let tripod = try BuiltProgram()
    let state = "export XDG_STATE_HOME=\"$PWD/state\"; "
    let killedRun = try tripod.run(
      "\(state)mkfifo pipe; tripod learn tour < pipe > out & child=$!; exec 3> pipe; echo 'skip' >&3; echo 'answer 4' >&3; "
        + "until grep -q solved state/tripod/progress 2> none; do sleep 0.05; done; kill -9 $child; wait $child"
    )
    #expect(killedRun.status == 137)
    let outcome = try tripod.run("\(state)printf 'torn' >> state/tripod/progress; tripod learn -c tasks")
    #expect(outcome.status == 0)
    #expect(outcome.out.contains("skipped") && outcome.out.contains("solved"))
  }

  @Test func `progress that cannot be stored is reported`() throws {
    let outcome = try BuiltProgram().run(
      "mkdir -p state/tripod; ln -s /dev/null state/tripod/progress; export XDG_STATE_HOME=\"$PWD/state\"; "
        + "tripod learn tour -c hint")
    #expect(outcome.status == 0)
    #expect(outcome.out.contains("Progress not kept: ") && outcome.out.contains("it is not an ordinary file"))
  }

  @Test func `a lesson given by path replaces the built-in one, with the files in its folder`() throws {
    let tripod = try BuiltProgram()
    let outcome = try tripod.run(
      "\(LessonTests.lesson)sed 's/start: textbook/start: own/; s/id: mine/id: tour/' mine.md > tour.md; "
        + "tripod -c 'save own.tripod' > made; tripod test tour.md && tripod learn tour.md -c tasks --color never"
    )
    #expect(outcome.status == 0)
    #expect(outcome.out.contains("How many pages are answered?"))
  }

  @Test func `a lesson of a file that was left is named, and resumes if its id is available`() throws {
    let outcome = try BuiltProgram().run(
      """
      export XDG_STATE_HOME="$PWD/state"; \(LessonTests.lesson)tripod learn mine.md -c hint > said
      mkdir other; mv mine.md other/yours.md
      tripod learn -c quit --lessons other | head -n 1; tripod learn -c quit | head -n 2
      """)
    #expect(
      outcome.out == """
        A lesson of your own: where you left it.
        The lesson that you left, mine, is in a file. `tripod learn FILE` continues it.
        Meet the three servers . about 8 minutes

        """)
  }

  @Test(arguments: ["", " --sheet", " --sheet --key"])
  func `an unknown lesson is named, with a suggestion`(_ options: String) throws {
    #expect(
      try BuiltProgram().run("tripod lesson show tuor\(options)")
        == Outcome(2, err: "tripod: there is no lesson \"tuor\"; did you mean `tour`?\n"))
  }

  @Test func `watch tests again when the file is saved`() throws {
    let outcome = try BuiltProgram().run(
      "\(LessonTests.lesson)true; (sleep 1.5; sed 's/answer 4/answer 3/' mine.md > n; mv n mine.md) & tripod lesson watch mine.md --limit 6s"
    )
    #expect(outcome.status == 1)
    #expect(outcome.out.contains("16 passed, 0 failed") && outcome.out.contains("15 passed, 1 failed"))
  }
}
