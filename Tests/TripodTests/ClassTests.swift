import Foundation
import Testing

/// The exported progress of a class.
@Suite struct ClassTests {
  private static let rightAnswer = "answer lb-1, server-1.nginx, server-1.app, server-1.mysql, server-1.files"

  /// Creates a folder with the progress of several learners.
  private func makeClassFolder() throws -> BuiltProgram {
    let tripod = try BuiltProgram()
    for (name, lines) in [
      ("ada", ["answer lb-1", ClassTests.rightAnswer, "next", "solution"]),
      ("ben", ["answer LB-1", "skip", "answer 0"]),
      ("eve", [ClassTests.rightAnswer]),
    ] {
      let script = (["lesson tour"] + lines + ["progress export \(name).progress"]).joined(separator: "\n")
      try tripod.write(Array((script + "\n").utf8), to: "\(name).txt")
      #expect(
        try tripod.run(
          "XDG_STATE_HOME=$PWD/\(name) tripod --keep-going < \(name).txt > /dev/null 2> /dev/null"
        )
        .out
          == "")
    }
    return tripod
  }

  @Test func `a report shows each learner's position and the hard tasks`() throws {
    let outcome = try makeClassFolder().run("tripod test --report .")
    #expect(
      outcome
        == Outcome(
          0,
          out: """
            3 learners
              ada    1 solved  tour 1/4
              ben    0 solved  tour 0/4
              eve    1 solved  tour 1/4

              what was hard   solved  shown  skipped  open  wrong answers
              tour > path          2      0        1     0              2
                "lb-1" 2 times, 2 learners
              tour > picture       0      1        0     2              1

            """))
  }

  @Test func `an edited file fails, and the report says where`() throws {
    let tripod = try makeClassFolder()
    let missingLineOutcome = try tripod.run(
      "grep -v nginx eve.progress > mal.progress; tripod test --report mal.progress --format tap")
    #expect(missingLineOutcome.status == 1)
    #expect(missingLineOutcome.out.contains("not ok 2 - mal › tour › path"))
    #expect(missingLineOutcome.out.contains("    the file says solved, and done again it is open\n"))
    let missingAnswerOutcome = try tripod.run(
      "grep -v 'answer lb-1$' ada.progress > ann.progress; tripod test --report ann.progress")
    #expect(missingAnswerOutcome.status == 1)
    #expect(
      missingAnswerOutcome.out.contains(
        "ann > as exported: from 1 sitting lines were taken, or moved elsewhere"))
    // The last line of the first run is missing, but the second run continues from it.
    let missingRunOutcome = try tripod.run(
      """
      for lines in 'lesson tour; skip; answer 3; solution' 'lesson tour; next; skip' 'progress export amy'; do
        echo "$lines" | XDG_STATE_HOME=$PWD/amy.d tripod --keep-going > said; done
      grep -v ' solution$\\|answer 3$\\|picture shown' amy > amy.progress; tripod test --report amy.progress
      """)
    #expect(
      missingRunOutcome.status == 1
        && missingRunOutcome.out.contains("amy > as exported: from 1 sitting lines were taken"))
    let editedLineOutcome = try tripod.run(
      "sed 's/answer lb-1$/answer lb-2/' ada.progress > tom.progress; tripod test --report tom.progress")
    #expect(
      editedLineOutcome.status == 1
        && editedLineOutcome.out.contains("tom > as exported: 1 line is not as Tripod wrote it"))
  }

  @Test func `the seal reveals a missing run`() throws {
    let tripod = try BuiltProgram()
    let outcome = try tripod.run(
      """
      for lines in 'lesson tour; answer 3' 'lesson tour anew; \(ClassTests.rightAnswer)' 'progress export eli.progress'; do
        echo "$lines" | XDG_STATE_HOME=$PWD/eli tripod --keep-going > said; done
      tripod test --report eli.progress > report || echo refused
      first=$(sed -n '1s/.* begin \\([^ ]*\\) .*/\\1/p' eli.progress)
      grep -v " $first" eli.progress > part.progress; tripod test --report part.progress
      grep -v ' seal ' eli.progress > open.progress; tripod test --report open.progress | tail -n +3
      """)
    #expect(
      outcome.out == """
        1 learner
          part    1 solved  tour 1/4

        x part > as exported: its seal does not fit: lines were taken, or added

        x open > as exported: its seal, the last line, is missing; progress export FILE
          writes it again

        """)
  }

  @Test func `an empty or unreadable file does not affect the others`() throws {
    let tripod = try makeClassFolder()
    let outcome = try tripod.run(
      """
      XDG_STATE_HOME=$PWD/nil tripod -c 'progress export nil.progress' > said
      touch no.progress; echo junk > odd.progress; tripod test --report .
      """)
    #expect(outcome.status == 1)
    #expect(outcome.out.hasPrefix("6 learners\n  ada    1 solved  tour 1/4\n"))
    #expect(outcome.out.contains("  nil    0 solved  nothing begun\n"))
    #expect(outcome.out.contains("odd > as exported: 1 line is not as Tripod wrote it\n"))
  }

  @Test func `an unsolved task fails if the report is limited to it`() throws {
    let tripod = try makeClassFolder()
    let outcome = try tripod.run("tripod test --report ada.progress --only tour --format junit")
    #expect(outcome.status == 1)
    #expect(outcome.out.hasPrefix("<?xml") && outcome.out.contains("<testsuites tests=\"5\" failures=\"3\">"))
    #expect(try tripod.run("tripod test --report ada.progress --only path > /dev/null").status == 0)
    #expect(try tripod.run("tripod test --report ada.progress --only spof > /dev/null").status == 1)
    #expect(
      try tripod.run("tripod test --report ada.progress --only paht")
        == Outcome(2, err: "tripod: no lesson or task is called paht\n"))
  }

  @Test func `a lesson that was entered again is confirmed`() throws {
    let tripod = try BuiltProgram()
    let outcome = try tripod.run(
      """
      for lines in 'lesson tour; skip; answer 4; next; skip; skip; answer bye; next' \
        'lesson tour; next; next; answer server-1.mysql' 'progress export ina.progress'; do
        echo "$lines" | XDG_STATE_HOME=$PWD/ina tripod --keep-going > said; done
      tripod test --report ina.progress
      """)
    #expect(outcome.status == 0 && outcome.out.hasPrefix("1 learner\n  ina    2 solved  tour 2/4\n"))
  }

  @Test func `a task that cannot be checked is reported as skipped`() throws {
    let tripod = try BuiltProgram()
    let line = """
      tripod lesson new mine > made; mkdir away; printf 'lesson mine; solution\nprogress export mia.progress\n' \
        | XDG_STATE_HOME=$PWD/mia tripod --lessons . > said; mv mine.md away; tripod test --report mia.progress --format
      """
    let tap = try tripod.run("\(line) tap")
    #expect(tap.status == 0)
    #expect(tap.out.contains("ok 2 - mia › mine # SKIP it could not be checked: it is not at hand\n"))
    let junit = try tripod.run("tripod test --report mia.progress --format junit").out
    #expect(junit.contains("name=\"mia › mine\"><skipped message=\"it could not be checked"))
    #expect(try tripod.run("tripod test --report mia.progress --lessons away").out.contains("mine 0/"))
  }

  @Test func `a command that is refused on replay is reported with its task`() throws {
    let tripod = try BuiltProgram()
    try tripod.write(Array("break lb-1\nsend 1\n".utf8), to: "plan.tripod")
    let script = "lesson tour; skip; skip; skip\nsource plan.tripod\nprogress export pat.progress\n"
    let outcome = try tripod.run(
      "printf '\(script)' | XDG_STATE_HOME=$PWD/pat tripod > said; rm plan.tripod; tripod test --report pat.progress --format tap"
    )
    #expect(outcome.status == 1 && outcome.out.contains("not ok 2 - pat › tour › make-it-fail"))
    #expect(outcome.out.contains("    done again, this is refused: “source plan.tripod”: "))
  }

  @Test func `JSON has each learner, each task and the copied files`() throws {
    let tripod = try makeClassFolder()
    let outcome = try tripod.run("cp ada.progress zoe.progress; tripod test --report . --json")
    let tap = try tripod.run("tripod test --report . --format tap").out
    #expect(tap.contains(" - zoe › their own # SKIP a sitting of it stands in ./ada.progress, too\n"))
    let report = try #require(objects(in: outcome.out).first)
    #expect(report["ok"] as? Bool == true)
    #expect((report["copies"] as? [[String]]) == [["./ada.progress", "./zoe.progress"]])
    let learners = try #require(report["learners"] as? [[String: Any]])
    #expect(learners.compactMap { $0["learner"] as? String } == ["ada", "ben", "eve", "zoe"])
    let tasks = try #require(report["tasks"] as? [[String: Any]])
    let path = try #require(tasks.first)
    #expect(path["solved"] as? Int == 3 && path["skipped"] as? Int == 1)
    let wrong = try #require(path["wrong"] as? [[String: Any]])
    #expect(wrong.first?["answer"] as? String == "lb-1" && wrong.first?["count"] as? Int == 3)
  }

  @Test(arguments: [
    ("", "--report needs exported progress; name the files: tripod test --report class/"),
    (" made.txt", "made.txt contains no progress; in the shell, progress export FILE writes it"),
    (" empty", "no file in empty ends in .progress"),
  ])
  func `a file without progress is reported`(_ words: String, _ sentence: String) throws {
    let outcome = try BuiltProgram().run("mkdir empty; echo hello > made.txt; tripod test --report\(words)")
    #expect(outcome == Outcome(2, err: "tripod: \(sentence)\n"))
  }
}
