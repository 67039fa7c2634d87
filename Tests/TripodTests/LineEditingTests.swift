import Foundation
import Testing

/// The effects of keys that a user presses at a terminal.
@Suite struct LineEditingTests {
  private func terminal(_ environment: [String: String] = [:], in tripod: BuiltProgram? = nil) throws
    -> Terminal
  {
    let terminal = try Terminal(environment: environment, in: tripod)
    terminal.readPrompt()
    return terminal
  }

  private func quit(_ terminal: Terminal) {
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
  }

  @Test func `Tab completes a word that has one completion`() throws {
    let terminal = try terminal()
    terminal.type("descr\t")
    terminal.read(to: "descr")
    terminal.read(to: "ibe ")
    #expect(terminal.enter("").contains("lb-1"))
    quit(terminal)
  }

  @Test func `Tab lists the completions with their descriptions, and shows the line again`() throws {
    let terminal = try terminal()
    terminal.type("wh\t")
    let listed = terminal.readPrompt().withoutControlSequences.split(separator: "\n").dropFirst().dropLast()
    #expect(
      listed == [
        "  why     Explain how a request ended. In a lesson, run the evidence of the la…",
        "  whatif  Run commands on a copy of the site; your site does not change.",
      ])
    #expect(terminal.read(to: "wh") == "wh")
    terminal.type("\u{15}")
    quit(terminal)
  }

  @Test func `in a path, or if there is no completion, a question mark is a character`() throws {
    let terminal = try terminal()
    #expect(terminal.enter("send 1 static to /a?x=1").contains("1 of 1 answered"))
    #expect(terminal.enter("log 1").contains("/a?x=1"))
    quit(terminal)
  }

  @Test func `completions that do not fit on a screen are listed in two columns with descriptions`() throws {
    let terminal = try terminal()
    terminal.type("?")
    let lines = terminal.readPrompt().withoutControlSequences.split(separator: "\n").dropFirst().dropLast()
    #expect(lines.allSatisfy { $0.count <= 80 } && lines.count < 39)
    #expect(lines.contains { $0.contains("  add ") && $0.contains("Add a server") })
    quit(terminal)
  }

  @Test(arguments: ["\u{1b}?se", "\u{1b}/se"]) func `Ctrl-C drops the line in a search of vi, too`(
    _ keys: String
  )
    throws
  {
    let tripod = try BuiltProgram()
    try tripod.write(Array("bind -v\n".utf8), to: ".editrc")
    let terminal = try terminal(in: tripod)
    terminal.type(keys)
    terminal.read(to: "se")
    terminal.type("\u{3}send 2\r")
    terminal.read(to: "2 of 2 answered")
    quit(terminal)
  }

  @Test func `a question mark lists the completions and is not typed`() throws {
    let terminal = try terminal()
    terminal.type("?")
    #expect(terminal.readPrompt().contains("algorithm"))
    #expect(terminal.enter("send 2").contains("2 of 2 answered"))
    quit(terminal)
  }

  @Test func `in the middle of a line, a question mark lists the completions there`() throws {
    let terminal = try terminal()
    terminal.type("break server-1 h?")
    #expect(
      terminal.readPrompt().withoutControlSequences.contains(
        "\n  hang  the process is frozen: it accepts connections and never answers\n"))
    terminal.read(to: "break server-1 h")
    terminal.type("\u{15}assert surv\t")
    terminal.read(to: "ives")
    #expect(terminal.enter("(break(server-1.app), read)").contains("holds: 10 of 10"))
    quit(terminal)
  }

  @Test(arguments: ["save \"what?\"", "send 1 # what?"])
  func `in quotation marks and comments a question mark is a character`(line: String) throws {
    let tripod = try BuiltProgram()
    let program = ["/usr/bin/env", "-C", tripod.folder.path, BuiltProgram.program.path]
    let terminal = try Terminal(program: program, in: tripod)
    terminal.readPrompt()
    #expect(terminal.enter(line).contains("what?"))
    quit(terminal)
  }

  @Test func `a key deletes a whole character, however wide it is`() throws {
    let terminal = try terminal()
    #expect(terminal.enter("größe漢字\u{7f}").contains("“größe漢”"))
    quit(terminal)
  }

  @Test func `vi's keys can be turned on`() throws {
    let tripod = try BuiltProgram()
    try tripod.write(Array("bind -v\n".utf8), to: ".editrc")
    let terminal = try terminal(in: tripod)
    terminal.type("send 4")
    terminal.read(to: "send 4")
    terminal.type("\u{1b}")
    #expect(terminal.enter("xa2").contains("2 of 2 answered"))
    quit(terminal)
  }

  @Test func `a user's own key binding works`() throws {
    let tripod = try BuiltProgram()
    try tripod.write(Array("tripod:bind -s ^G \"send 3\"\nother:bind -s ^G \"send 5\"\n".utf8), to: ".editrc")
    let terminal = try terminal(in: tripod)
    #expect(terminal.enter("\u{7}").contains("3 of 3 answered"))
    quit(terminal)
  }

  // MARK: Pasting

  @Test func `the lines of a paste run one after the other, and the last can still be edited`() throws {
    let terminal = try terminal()
    terminal.type("\u{1b}[200~send 1\rsend 2\t# ?\r\r\nsend \u{1b}[201~")
    #expect(terminal.readPrompt().contains("1 of 1 answered"))
    #expect(terminal.readPrompt().contains("2 of 2 answered"))
    terminal.readPrompt()
    terminal.read(to: "send ")
    #expect(terminal.enter("3").contains("3 of 3 answered"))
    quit(terminal)
  }

  @Test func `the lines of a paste also run in a terminal that does not mark pastes`() throws {
    let terminal = try terminal()
    terminal.type("send 1\nsend 2\nsend 3\r")
    for count in 1...3 { #expect(terminal.readPrompt().contains("\(count) of \(count) answered")) }
    quit(terminal)
  }

  // MARK: Earlier lines

  @Test func `an earlier line comes back, and can be searched for`() throws {
    let terminal = try terminal()
    _ = terminal.enter("send 2")
    _ = terminal.enter("stats")
    #expect(terminal.enter("\u{10}\u{10}").contains("2 of 2 answered"))
    terminal.type("\u{12}sen\r")
    terminal.read(to: "2 of 2 answered")
    terminal.readPrompt()
    quit(terminal)
  }

  @Test func `typed lines are kept, except repetitions and lines that begin with a space`() throws {
    let tripod = try BuiltProgram()
    let first = try terminal(in: tripod)
    for line in ["send 1", "send 2", "send 2", " send 3", "größe"] { _ = first.enter(line) }
    quit(first)
    #expect(try history(in: tripod.folder) == ["send 1", "send 2", "größe", "quit"])
    let second = try terminal(in: tripod)
    #expect(second.enter("\u{10}\u{10}\u{10}").contains("2 of 2 answered"))
    second.type("\u{4}")
    #expect(second.end() == 0)
    let attributes = try FileManager.default.attributesOfItem(
      atPath: tripod.folder.appending(path: "tripod/history").path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `the history keeps a line that the previous line ends with`() throws {
    let tripod = try BuiltProgram()
    let terminal = try terminal(in: tripod)
    for line in ["help new", "new"] { _ = terminal.enter(line) }
    quit(terminal)
    #expect(try history(in: tripod.folder) == ["help new", "new", "quit"])
  }

  @Test func `a line that does not fit on the disk is not in the history`() throws {
    let tripod = try BuiltProgram()
    try FileManager.default.createDirectory(
      at: tripod.folder.appending(path: "tripod"), withIntermediateDirectories: true)
    let before = (101...213).map { "send \($0)" }
    try tripod.write(Array((before.joined(separator: "\n") + "\n").utf8), to: "tripod/history")
    // The file size is limited to 1,024 bytes, which leaves room for 7 more.
    let program = BuiltProgram.program.path
    let fullDiskTerminal = try Terminal(
      program: ["/bin/bash", "-c", "ulimit -f 1; exec \(program)"], in: tripod)
    fullDiskTerminal.readPrompt()
    #expect(fullDiskTerminal.enter("help send").contains("not kept for the next time: "))
    quit(fullDiskTerminal)
    let terminal = try terminal(in: tripod)
    _ = terminal.enter("send 2")
    quit(terminal)
    #expect(try history(in: tripod.folder) == before + ["send 2", "quit"])
  }

  @Test func `two shells at once keep the lines of both`() throws {
    let tripod = try BuiltProgram()
    let terminals = [try terminal(in: tripod), try terminal(in: tripod)]
    for count in 1...20 {
      for (number, terminal) in terminals.enumerated() { terminal.type("send \(count) # \(number)\r") }
    }
    for terminal in terminals {
      for _ in 1...20 { terminal.readPrompt() }
      quit(terminal)
    }
    let lines = try history(in: tripod.folder)
    for number in 0...1 {
      #expect(lines.filter { $0.hasSuffix("# \(number)") } == (1...20).map { "send \($0) # \(number)" })
    }
  }

  @Test func `the history keeps the last two thousand lines`() throws {
    let tripod = try BuiltProgram()
    try FileManager.default.createDirectory(
      at: tripod.folder.appending(path: "tripod"), withIntermediateDirectories: true)
    try tripod.write(Array((1...9_000).map { "send \($0)\n" }.joined().utf8), to: "tripod/history")
    let terminal = try terminal(in: tripod)
    terminal.type("\u{10}")
    terminal.read(to: "send 9000")
    terminal.type("\u{3}")
    terminal.readPrompt()
    quit(terminal)
    #expect(try history(in: tripod.folder) == (7_001...9_000).map { "send \($0)" } + ["quit"])
  }

  private func history(in folder: URL) throws -> [String] {
    let text = try String(contentsOf: folder.appending(path: "tripod/history"), encoding: .utf8)
    return text.split(separator: "\n").map(String.init)
  }
}
