import Foundation
import Testing

/// A site is stored after its shell has ended.
@Suite struct ResumeTests {
  private let tripod: BuiltProgram
  private var folder: URL { tripod.folder }

  init() throws { tripod = try BuiltProgram() }

  private func shell(_ words: String...) throws -> (Terminal, greeting: String) {
    let terminal = try Terminal(program: [BuiltProgram.program.path] + words, in: tripod)
    return (terminal, terminal.readPrompt().withoutControlSequences)
  }

  private func leaveKilledShell(after lines: String..., words: String...) throws {
    let terminal = try Terminal(program: [BuiltProgram.program.path] + words, in: tripod)
    terminal.readPrompt()
    for line in lines { enter(line, terminal) }
    terminal.send(SIGKILL)
    #expect(terminal.end() == 128 + SIGKILL)
  }

  /// Types a line, and waits for the prompt. The first page of the tour shows prompts of its own.
  private func enter(_ line: String, _ terminal: Terminal) {
    terminal.type(line + "\r")
    terminal.read(to: line == "learn" ? " tour 1/4> " : "> ")
  }

  private func quit(_ terminal: Terminal) {
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
  }

  /// The files of the stored sites.
  private var records: [URL] {
    let sites = folder.appending(path: "tripod/sites")
    return (try? FileManager.default.contentsOfDirectory(at: sites, includingPropertiesForKeys: nil)) ?? []
  }

  @Test func `a shell that is killed loses nothing, and can be resumed`() throws {
    try leaveKilledShell(
      after: "add server s3 weight 4; break server-1", "nonsense; send 1", "set s3 weight 2", "show")
    let (terminal, greeting) = try shell()
    #expect(
      greeting.contains(
        "You left the site textbook: 3 steps, the last “set s3 weight 2”. Type `resume`"))
    #expect(terminal.enter("resume").contains("3 steps done again; the site is as it was left."))
    #expect(
      terminal.enter("history").contains("1  add server s3 weight 4\n     2  break server-1\n     3  set s3"))
    #expect(terminal.enter("undo").contains("Undone: set s3 weight 2"))
    quit(terminal)
  }

  @Test func `a resumed site can be left and resumed again`() throws {
    try leaveKilledShell(after: "break server-1")
    let (second, _) = try shell()
    _ = second.enter("resume; break server-2; undo; redo")
    second.send(SIGKILL)
    _ = second.end()
    let (third, greeting) = try shell()
    #expect(greeting.contains("You left the site textbook: 4 steps, the last “redo”."))
    #expect(third.enter("resume; repair server-2").contains("server-2"))
    #expect(records.count == 1)
    quit(third)
  }

  @Test func `a shell that ended normally offers its site too, except with --fresh`()
    throws
  {
    let (first, greeting) = try shell()
    #expect(!greeting.contains("You left"))
    _ = first.enter("send 1")
    quit(first)
    let (freshTerminal, secondGreeting) = try shell("--fresh")
    #expect(!secondGreeting.contains("You left"))
    quit(freshTerminal)
    let (second, offer) = try shell()
    #expect(offer.contains("You left the site textbook: 1 step, “send 1”."))
    #expect(second.enter("resume").contains("1 step done again"))
    quit(second)
  }

  @Test func `two shells at once each leave a site`() throws {
    let shells = [try shell().0, try shell().0]
    _ = shells[0].enter("break server-1")
    _ = shells[1].enter("break server-2")
    let (third, greeting) = try shell()
    #expect(!greeting.contains("You left"))
    for shell in shells {
      shell.send(SIGKILL)
      _ = shell.end()
    }
    #expect(third.enter("resume").contains("[✗ server-2]"))
    #expect(third.enter("resume").contains("[✗ server-1]"))
    #expect(third.enter("resume").contains("[✗ server-2]"))
    quit(third)
  }

  @Test func `without a site that was left, there is nothing to resume`() throws {
    let (terminal, _) = try shell()
    #expect(terminal.enter("resume").contains("there is nothing to resume"))
    quit(terminal)
    let outcome = try BuiltProgram().run(
      "XDG_STATE_HOME='\(folder.path)' tripod -c 'break server-1' -c resume")
    #expect(outcome.err.hasPrefix("-c:2: there is nothing to resume"))
    #expect(records.isEmpty)
  }

  @Test func `an incomplete step is ignored`() throws {
    try leaveKilledShell(after: "break server-1", "break server-2")
    let record = try #require(records.first)
    try (Data(contentsOf: record).dropLast(5)).write(to: record)
    let (terminal, greeting) = try shell()
    #expect(greeting.contains("1 step, “break server-1”"))
    _ = terminal.enter("resume; send 1")
    quit(terminal)
    let text = try String(contentsOf: record, encoding: .utf8)
    #expect(text == "tripod 1\nstep break server-1\nstep send 1\n")
  }

  @Test func `a site that does not fit on the disk leaves no file`() throws {
    let program = BuiltProgram.program.path
    let fullDiskTerminal = try Terminal(
      program: ["/bin/bash", "-c", "ulimit -f 0; exec \(program)"], in: tripod)
    fullDiskTerminal.readPrompt()
    #expect(fullDiskTerminal.enter("break server-1").contains("not kept for the next time: "))
    quit(fullDiskTerminal)
    #expect(records.isEmpty)
  }

  @Test func `a step that cannot be repeated is reported, and the others are repeated`() throws {
    try leaveKilledShell(after: "break server-1", "break server-2")
    let record = try #require(records.first)
    let text = try String(contentsOf: record, encoding: .utf8)
    try text.replacing("server-1", with: "server-9").write(to: record, atomically: true, encoding: .utf8)
    let (terminal, _) = try shell()
    let reply = terminal.enter("resume")
    #expect(reply.contains("1 of 2 steps done again.\nNo longer possible: break server-9."))
    #expect(reply.contains("[✗ server-2]"))
    quit(terminal)
  }

  @Test func `files and random numbers are the same after resuming`() throws {
    let site = folder.appending(path: "site")
    try "set site service exponential\nbreak server-1".write(to: site, atomically: true, encoding: .utf8)
    let first = try Terminal("--seed", "7", in: tripod)
    first.readPrompt()
    _ = first.enter("source \(site.path)")
    _ = first.enter("send 9")
    let expected = first.enter("show")
    first.send(SIGKILL)
    _ = first.end()
    try FileManager.default.removeItem(at: site)
    let (second, _) = try shell()
    #expect(second.enter("resume").contains("2 steps done again"))
    #expect(second.enter("show") == expected)
    quit(second)
  }

  @Test func `a stored file keeps its line endings`() throws {
    let site = folder.appending(path: "site")
    try "break server-1\r\nbreak server-2\r\n".write(to: site, atomically: true, encoding: .utf8)
    try leaveKilledShell(after: "source \(site.path)")
    try FileManager.default.removeItem(at: site)
    let (terminal, _) = try shell()
    let reply = terminal.enter("resume")
    #expect(reply.contains("1 step done again") && reply.contains("[✗ server-1 +1]"))
    quit(terminal)
  }

  @Test func `a shell that is killed in the fog resumes in the fog`() throws {
    try leaveKilledShell(after: "break server-2.app; fog on", "send 2 read")
    let (terminal, greeting) = try shell()
    #expect(!greeting.contains("server-2"))
    #expect(terminal.enter("resume").contains("tripod [fog]> "))
    #expect(terminal.enter("show").contains("the fog hides what `show` would show"))
    #expect(terminal.enter("fog off").contains("server-2.app crashed"))
    quit(terminal)
  }

  @Test func `free play is not stored`() throws {
    try leaveKilledShell(after: "send 1", "play", "break server-1", "resume")
    let record = try #require(records.first)
    #expect(try String(contentsOf: record, encoding: .utf8) == "tripod 1\nstep send 1\n")
  }

  @Test func `ten thousand steps can be resumed`() throws {
    try leaveKilledShell(after: "send 1")
    let record = try #require(records.first)
    let steps = String(repeating: "step break server-1\nstep repair server-1\n", count: 5_000)
    try ("tripod 1\n" + steps).write(to: record, atomically: true, encoding: .utf8)
    let (terminal, _) = try shell()
    #expect(terminal.enter("resume").contains("10000 steps done again"))
    quit(terminal)
  }

  @Test func `a site that was left is still there after other sites, and is continued by its number`() throws
  {
    for design in ["active-active", "secured", "two-as-one"] {
      try leaveKilledShell(after: "load \(design)", "break server-1")
    }
    try leaveKilledShell(after: "send 1")
    let (terminal, greeting) = try shell()
    #expect(greeting.contains("You left the site textbook: 1 step, “send 1”."))
    #expect(greeting.contains("3 other sites are kept too. Type `home` for the list."))
    let home = terminal.enter("home").split(separator: "\n").filter { $0.contains(": ") }
    #expect(
      home.compactMap { $0.firstMatch(of: #/^\s+(\d)  \d{4}-\d\d-\d\d \d\d:\d\d  (\S+): /#) }.map {
        "\($0.1) \($0.2)"
      } == ["1 textbook", "2 two-as-one", "3 secured", "4 active-active"])
    #expect(terminal.enter("resume 9").contains("“9” is not a site that you left"))
    #expect(terminal.enter("resume 4").hasSuffix("tripod active-active [✗ server-1]> "))
    #expect(terminal.enter("resume SECURED").hasSuffix("tripod secured [✗ server-1]> "))
    // The site that changed last comes first, not the one that was opened last.
    #expect(terminal.enter("resume").hasSuffix("tripod> "))
    quit(terminal)
    #expect(records.count == 4)
  }

  @Test func `the last ten sites are kept`() throws {
    for number in 1...12 { try leaveKilledShell(after: "send \(number)") }
    let (terminal, _) = try shell()
    let home = terminal.enter("home")
    #expect(home.contains("“send 12”") && home.contains("“send 3”") && !home.contains("“send 2”"))
    quit(terminal)
  }

  @Test(arguments: ["learn", "resume", "tutorial", "lesson"])
  func `a lesson is found after its shell was killed`(_ word: String) throws {
    try leaveKilledShell(after: "learn", "skip")
    let (terminal, greeting) = try shell()
    #expect(greeting.contains("You left the lesson “Meet the three servers” at task 2 of 4."))
    #expect(terminal.enter(word).hasSuffix("tripod tour 2/4> "))
    quit(terminal)
  }

  @Test func `resume continues what was left last, and leave returns to the site before`() throws {
    try leaveKilledShell(after: "break server-1", "learn", "skip")
    let (second, greeting) = try shell()
    #expect(greeting.contains("Type `resume 1` to\n  continue it."))
    #expect(second.enter("resume").hasSuffix("tripod tour 2/4> "))
    #expect(second.enter("resume 1").contains("you are in a lesson"))
    #expect(second.enter("leave").hasSuffix("tripod> "))
    #expect(second.enter("resume 1; learn").hasSuffix("tripod tour 2/4> "))
    #expect(second.enter("leave").hasSuffix("tripod [✗ server-1]> "))
    second.send(SIGKILL)
    _ = second.end()
    let (third, _) = try shell()
    #expect(third.enter("resume").hasSuffix("tripod [✗ server-1]> "))
    quit(third)
  }

  @Test(arguments: [
    (["send 1"], "Your site is kept. Type `tripod`, then `resume` to continue.\n"),
    (["learn"], "Your lesson is kept. Type `tripod learn` to continue.\n"),
    (["send 1", "learn"], "Your lesson and your site are kept. Type `tripod learn` to continue.\n"),
    (["show"], ""),
  ])
  func `the end says what is kept`(_ lines: [String], _ expected: String) throws {
    for end in ["quit\r", "exit\r", "q\r", "\u{4}"] {
      let (terminal, _) = try shell("--fresh")
      for line in lines { enter(line, terminal) }
      terminal.type(end)
      #expect(terminal.readRest().withoutControlSequences.hasSuffix("\n" + expected))
      #expect(terminal.end() == 0)
    }
  }

  @Test func `the first start shows the site and two ways to begin, if there is room`() throws {
    for (rows, isDrawn) in [(24, true), (18, false)] {
      let terminal = try Terminal(rows: rows)
      let greeting = terminal.readPrompt().withoutControlSequences
      #expect(greeting.contains("● mysql primary") == isDrawn)
      #expect(greeting.contains("To learn, type `learn`: the first lesson, “Meet the three servers”"))
      #expect(greeting.contains("To play, type `send 4`, then `break server-1`, then `send 4`, then `why`."))
      #expect(greeting.split(separator: "\n", omittingEmptySubsequences: false).count <= rows)
      quit(terminal)
    }
  }
}
