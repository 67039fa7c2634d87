import Testing

@testable import Shell

/// The way into lessons, out of them, and from one to the next.
@Suite struct CourseTests {
  /// Lines, and the prompt after them.
  private static let prompts: [(lines: String, prompt: String)] = [
    ("learn", "tripod tour 1/4> "), ("tutorial", "tripod tour 1/4> "), ("start", "tripod tour 1/4> "),
    ("begin", "tripod tour 1/4> "), ("lesson", "tripod tour 1/4> "), ("start tour", "tripod tour 1/4> "),
    ("learn standby", "tripod standby 1/6> "), ("lesson 3; skip", "tripod round-robin 2/5> "),
    ("learn; skip; learn", "tripod tour 2/4> "), ("learn; skip; leave; learn", "tripod tour 2/4> "),
    ("learn; break server-1", "tripod tour 1/4 [✗ server-1]> "),
    ("break server-1; learn; send 4; leave", "tripod [✗ server-1]> "),
    ("break server-1; learn; lesson build; leave", "tripod [✗ server-1]> "),
    ("break server-1; learn; play; leave", "tripod [✗ server-1]> "),
    ("play; break server-1; learn; leave", "tripod play [✗ server-1]> "),
    ("play; break server-1; learn; leave; resume", "tripod> "),
    ("learn; skip; skip; skip; skip", "tripod tour done> "),
    ("learn; skip; skip; skip; skip; learn", "tripod build recall> "),
    ("learn; skip; skip; skip; skip; next; learn", "tripod build recall> "),
    ("learn; skip; skip; skip; skip; leave; learn", "tripod build recall> "),
    ("lesson round-robin; skip; skip; skip; skip; skip; next; learn", "tripod leastconn recall> "),
  ]

  @Test(arguments: prompts)
  func `words lead to lessons and back`(_ row: (lines: String, prompt: String)) {
    var shell = ProgressTests.SharedJournal().shell()
    shell.do(row.lines)
    #expect(shell.prompt == row.prompt)
  }

  @Test(arguments: [
    ("leave", "you are not in a lesson", "quit ends Tripod"),
    ("play; leave", "you are in free play", "resume returns to where it began"),
    ("learn; resume", "you are in a lesson", "leave returns to the site before it"),
    ("learn; play; learn", "you are in free play", "resume goes back to the lesson"),
    ("start server-1", "`repair server-1`: server-1 has no fault", "nothing on this site has a fault"),
    (
      "learn server-1", "there is no lesson “server-1”",
      """
      lessons: balancer-pair, build, capacity, capstone, failover, firewall, health-checks, lag, leastconn, \
      monitoring and 8 more
      """
    ),
    ("learn tuor", "there is no lesson “tuor”", "did you mean `tour`?"),
  ])
  func `a word that does not fit says what does`(_ lines: String, _ message: String, _ hint: String) throws {
    var shell = ProgressTests.SharedJournal().shell()
    let replies = Tutor.commands(in: lines).map { shell.obey($0) }
    #expect(replies.dropLast().filter { !$0.isOK }.isEmpty)
    let failure = try #require(replies.last?.failure)
    #expect(failure.message == message)
    #expect(failure.hint == hint)
  }

  @Test func `leave restores the site and its steps, and the lesson resumes on its own site`() {
    var shell = ProgressTests.SharedJournal().shell()
    shell.do("set server-1 weight 3; send 4")
    let before = shell.loadedSite
    shell.do("learn; break lb-1; send 2")
    let inLesson = shell.loadedSite
    #expect(
      shell.do("leave").lines.map(\.text) == [
        "The lesson “Meet the three servers” is kept; `learn` continues it.",
        "This is the site textbook, as it was before the lesson.",
      ])
    expectSame(shell.loadedSite, before)
    shell.do("learn")
    expectSame(shell.loadedSite, inLesson)
    shell.do("leave; undo 2")
    #expect(shell.obey("undo").failure?.code == "nothing-to-undo")
  }

  @Test func `leave is not part of the lesson that is resumed`() {
    let journal = ProgressTests.SharedJournal()
    var first = journal.shell()
    first.do("learn; skip; home; lessons; leave; send 1; learn; leave")
    var second = journal.shell()
    #expect(second.do("home").text.contains("Meet the three servers, task 2 of 4"))
    second.do("learn")
    #expect(second.prompt == "tripod tour 2/4> ")
  }

  @Test func `the map shows what is done, what comes next and what a lesson needs`() {
    var shell = ProgressTests.SharedJournal().shell()
    #expect(shell.do("lessons").lines.first?.text.hasSuffix(" next") == true)
    shell.do("learn; skip; skip; skip; skip; lesson build; skip; skip")
    for (width, expected) in [
      (
        80,
        [
          "   1 ● tour             8 min  Meet the three servers                       done",
          "   2 ◐ build           10 min  Build a site from nothing            1 of 6, next",
          "   3 ○ round-robin     10 min  Round robin: which server is next?           open",
          "   4 ○ leastconn       10 min  leastconn: which server is least busy?    needs 3",
        ]
      ),
      (
        60,
        [
          "   1 ● tour            Meet the three servers    8 min  done",
          "   2 ◐ build           Build a site from nothing",
          "                                        10 min  1 of 6, next",
          "   3 ○ round-robin     Round robin: which server is next?",
        ]
      ),
    ] {
      shell.screen = Screen(width: width)
      let lines = shell.do("lessons").lines.map(\.text)
      #expect(lines.prefix(4).elementsEqual(expected))
      #expect(lines.allSatisfy { $0.count <= width })
    }
    let tasks = shell.do("lessons").json["lessons"]?.elements.prefix(3).map { $0["state"]?.string }
    #expect(tasks == ["done", "begun", "open"])
  }

  @Test func `home says where you are, what you left and what is next`() {
    var shell = ProgressTests.SharedJournal().shell()
    shell.access.savedSites = SavedSites([
      UnfinishedSite(design: "secured", steps: ["break lb-1", "send 4"].map { .init($0) }),
      UnfinishedSite(steps: [.init("send 1")]),
    ])
    shell.do("lesson build; skip; skip; leave")
    let reply = shell.do("home")
    #expect(
      reply.lines.map(\.text) == [
        "You are on the site textbook, 0 steps from its start.", "", "The lesson that you left",
        "  Build a site from nothing, task 3 of 6", "", "Sites that you left",
        "   1  today  secured: 2 steps, the last “send 4”", "   2  today  textbook: 1 step, “send 1”", "",
        "The course", "  0 of 18 lessons done", "",
        "Type `resume` to continue the site that you left last.",
      ])
    #expect(reply.json["left"]?["id"]?.string == "build")
    #expect(reply.json["sites"]?.elements.map { $0["design"]?.string } == ["secured", "textbook"])
    #expect(reply.json["next"]?.string == "build")
    shell.do("learn")
    #expect(
      shell.do("home").lines.first?.text == "You are in the lesson “Build a site from nothing”, task 3 of 6.")
  }

  @Test func `the first and the last page of a lesson name the way out`() {
    var shell = ProgressTests.SharedJournal().shell()
    let hint = "  Type `leave` to return to the site that was there before."
    #expect(shell.do("learn").lines.last?.text == hint)
    let end = shell.do("skip; skip; skip; skip; next").lines.map(\.text)
    #expect(
      end.suffix(3) == [
        "  Type `review` to see your answers. Type `learn` for the next lesson: Build a",
        "  site from nothing.", hint,
      ])
  }
}
