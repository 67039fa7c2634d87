import Course
import Foundation
import Testing

/// What a lesson's text says: its predictions, its statements and its commands.
@Suite struct TextTests {
  /// A change to the small lesson, and the only failure that it causes, or nil.
  struct Case: CustomTestStringConvertible {
    let old: String
    let new: String
    let failure: String?

    init(_ old: String, _ new: String, _ failure: String? = nil) {
      self.old = old
      self.new = new
      self.failure = failure
    }

    var testDescription: String { "\(old) becomes \(new)" }

    func report(isStrict: Bool = false) -> [String] {
      let text = smallLesson.replacing(old, with: new, maxReplacements: 1)
      #expect(text != smallLesson)
      return tested(text, isStrict: isStrict).reports
    }
  }

  static func prediction(_ name: String, _ sentence: String) -> String {
    """
    small › \(name)
    this sentence says what would happen; add <!-- true "...": FACT --> below it, or say it without a prediction
      \(sentence)
    """
  }

  static let count = "\nCount.\n"
  static let predictions = [
    Case(
      count, "\nCount. Then `server-1` *would* get it.\n",
      prediction("many › prediction 32:8", "Then server-1 would get it.")),
    Case(
      count, "\nIt gets four\nof seven, I guess.\n",
      prediction("many › prediction 32:1", "It gets four of seven, I guess.")),
    Case(count, "\n- Count.\n- It gets 4 of 7.\n", prediction("many › prediction 33:3", "It gets 4 of 7.")),
    Case(
      count, "\nIt gets 50% of them (or so).\n",
      prediction("many › prediction 32:1", "It gets 50% of them (or so).")),
    Case(count, "\nIt gets 50 per cent.\n", prediction("many › prediction 32:1", "It gets 50 per cent.")),
    Case(
      "else: turns", "else: it would begin; turns",
      prediction("many › prediction 27:7", "it would begin; turns are taken one by one")),
    Case(
      "both serve: {trace}", "both serve, none would: {trace}",
      prediction("fail › prediction 60:79", "both serve, none would: {trace}")),
    Case("# Small\n", "# Small\n\nOne of 2 serves.\n", prediction("prediction 10:1", "One of 2 serves.")),
    Case(
      "<details><summary>Demonstration", "## So\n\nIt gets 3 %.\n\n<details><summary>Demonstration",
      prediction("fail › prediction behind it 84:1", "It gets 3 %.")),
    // The comment must quote words of the sentence.
    Case(
      count, "\nCount. It gets 4 of 7.\n<!-- true \"Count.\": servers.count == 2 -->\n",
      prediction("many › prediction 32:8", "It gets 4 of 7.")),
    Case(count, "\nCount. It gets 4 of 7.\n<!-- true \"It gets `4` of\": .by_server[server-1] == 4 -->\n"),
    Case(count, "\nYou would get four. What would you do? Of what would one of two get 5 %?\n"),
    Case(count, "\n`4 of 7` and `set server-1 weight 50%`, one of the two.\n"),
    Case("else: turns", "else: it would get {.by_server[server-1]}; turns"),
    Case("both serve: {trace}", "both serve, {servers.count} would: {trace}"),
    Case("note: Hands up.", "note: 4 of 7 would do."),
  ]

  @Test(arguments: predictions) func `a prediction needs a fact`(_ sample: Case) {
    #expect(sample.report(isStrict: true) == [sample.failure].compactMap { $0 })
    #expect(sample.report() == [])
  }

  static let first = "a \"the first server\": .by_server[server-1] == 2"
  static let statements = [
    Case(
      first, "a \"the first server\": .by_server[server-1] == 2 and answers(read)",
      """
      small › demonstration, statement a 87:23
      this statement names no kind of request, but its fact is judged for read only
        the first server
      """),
    Case(
      first,
      "a \"the first server\": .by_server[server-1] == 2 and survives(break(server-1), static) and run(send 4 read).failed == 0",
      """
      small › demonstration, statement a 87:23
      this statement names no kind of request, but its fact is judged for static and read only
        the first server
      """),
    Case(first, "a \"the first server, for pages\": .by_server[server-1] == 2 and answers(read)"),
    Case(first, "a \"the first, if `send 1 write` works\": .by_server[server-1] == 2 and answers(write)"),
    Case(first, "a \"the first, whose database works\": .by_server[server-1] == 2 and answers(write)"),
    Case(first, "a \"the first\": .by_server[server-1] == 2 and run(send 4).failed == 0"),
    Case(
      first,
      "a \"the first\": .by_server[server-1] == 2 and answers(read) and answers(write) and answers(static)"),
  ]

  @Test(arguments: statements) func `a statement names the kind of request that its fact judges`(
    _ sample: Case
  ) {
    #expect(sample.report(isStrict: true) == [sample.failure].compactMap { $0 })
    #expect(sample.report() == [])
  }

  @Test func `a statement of a task names the kind too`() {
    let text = smallLesson.replacing(
      "kind: number\nexpect: .by_server[server-1]",
      with:
        "kind: choice\na \"server-1\": .by_server[server-1] == 4 and answers(write)\nb \"server-2\": .by_server[server-2] == 4"
    )
    .replacing("when 3:", with: "when b:").replacing("answer 4\n", with: "answer a\n")
    .replacing("answer 3\n", with: "answer b\n").replacing("answer 3 =>", with: "answer b =>")
    .replacing("answer 7 => turns are taken", with: "answer B => the odd one")
    #expect(
      tested(text, isStrict: true).reports == [
        """
        small › many › statement a 25:15
        this statement names no kind of request, but its fact is judged for write only
          server-1
        """
      ])
    #expect(tested(text.replacing("a \"server-1\"", with: "a \"comments\""), isStrict: true).reports == [])
  }

  static let drain = "\n`set server-2 state drain`\n"
  static let commands = [
    Case(
      drain, "\nTry `sett server-2 state drain`.\n",
      """
      small › fail › hint 1, commands 65:6
      “sett server-2 state drain”: it is not a command, a fact or a setting
      """),
    Case(
      drain, "\n`whatif brake server-2; send 4`\n",
      """
      small › fail › hint 1, commands 65:2
      “whatif brake server-2; send 4”: brake server-2: unknown command “brake”
      """),
    Case(
      drain, "\n`set server-9 state drain`\n",
      """
      small › fail › hint 1, commands 65:2
      “set server-9 state drain”: there is no “server-9” on this site
      """),
    Case(
      drain, "\n`set server-2 state drian`\n",
      """
      small › fail › hint 1, commands 65:2
      “set server-2 state drian”: “drian” is not a value of state
      """),
    Case(
      drain, "\n`show answred(read)`\n",
      """
      small › fail › hint 1, commands 65:2
      “show answred(read)”: there is no fact “answred”
      """),
    Case(
      "```tripod solution\nshow", "See `sett server-2 state drain`.\n\n```tripod solution\nshow",
      """
      small › fail › solution, commands 69:6
      “sett server-2 state drain”: it is not a command, a fact or a setting
      """),
    Case(drain, "\n`add server server-3; set server-3 weight 2`, `set server-2 KEY drain`, `set lb-1 …`\n"),
    Case(drain, "\n`state drain`, `server-2`, `run(send 4).answered == 4`, `whatif break lb-1; show`\n"),
  ]

  @Test(arguments: commands) func `commands in hints and solutions can be typed`(_ sample: Case) {
    #expect(sample.report() == [sample.failure].compactMap { $0 })
  }

  static let remarks = [
    Case(
      "when 3:", "when many, 3:",
      """
      small › many › when many 26:6
      “many” is not an answer, here or in a variant: I could not read “many”
      """),
    Case("when 3:", "when three, 3, 0:"),
  ]

  @Test(arguments: remarks) func `a remark is about an answer`(_ sample: Case) {
    #expect(sample.report() == [sample.failure].compactMap { $0 })
  }

  @Test(arguments: [
    "server-2": [],
    "server-9": [
      """
      small › many › when server-9 26:6
      “server-9” is not an answer, here or in a variant: I could not read “server-9”
      """
    ], "server-3": [],
  ])
  func `a remark names an element of this site or a variant`(name: String, reports: [String]) {
    let text = smallLesson.replacing("kind: number", with: "kind: set")
      .replacing("expect: .by_server[server-1]", with: "expect: servers_used(send 1)")
      .replacing("run: send 7", with: "run: send 1").replacing("when 3:", with: "when server-2, \(name):")
      .replacing("answer 4", with: "answer server-1")
      .replacing("send 1\nanswer 3\n", with: "add server server-3; send 1\nanswer server-2\n")
      .replacing("answer 3 =>", with: "answer server-2 =>").replacing("answer 7", with: "answer lb-1")
    #expect(tested(text).reports == reports)
  }

  static let pages = [
    Case(
      "# Small\n", "# Smaller\n",
      """
      small › heading 8:1
      the first heading is “Smaller”, and the title is “Small”; make them alike
      """),
    Case(
      "# Small\n\n", "",
      """
      small › heading 17:1
      the first heading is “How many”, and the title is “Small”; make them alike
      """),
    Case(
      count, "\nCount <b>well</b>.\n",
      """
      small › HTML 32:7
      HTML is not read here: <b>; only <details> and comments are
      """),
    Case(count, "\nCount `<b>`, if 1 < 2 or 2<3.\n"),
  ]

  @Test(arguments: pages) func `the page reads as in a terminal`(_ sample: Case) {
    #expect(sample.report() == [sample.failure].compactMap { $0 })
  }

  @Test(arguments: [
    "small.md": [], "a/small.md": [],
    "large.md": [
      """
      small › id 1:1
      the id is “small”, and the file is called “large.md”; make them alike
      """
    ],
  ])
  func `the id is the name of the file`(file: String, reports: [String]) {
    #expect(tested(smallLesson, file: file).reports == reports)
  }
}
