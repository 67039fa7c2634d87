import Foundation
import Testing

/// Replies that are longer than the window.
@Suite struct PagingTests {
  private static let question = " stops --"
  /// The coloured prompt, because `> ` is also in the list of facts.
  private static let prompt = "\u{1b}[36mtripod\u{1b}[0m> "

  private func terminal(_ words: String..., columns: Int = 80, rows: Int = 12) throws -> Terminal {
    let terminal = try Terminal(program: [BuiltProgram.program.path] + words, columns: columns, rows: rows)
    if words.isEmpty { terminal.read(to: PagingTests.prompt) }
    return terminal
  }

  private func quit(_ terminal: Terminal) {
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
    #expect(terminal.hasOriginalSettings)
  }

  /// Reads one page. Returns its lines, without the question below it, and the number of lines that follow.
  private func page(_ terminal: Terminal) -> (lines: [String], left: Int) {
    let shown = terminal.read(to: PagingTests.question).withoutControlSequences
    guard let question = shown.matches(of: /-- (\d+) of (\d+) lines/).last else { return ([], 0) }
    let lines = shown[..<question.range.lowerBound].split(separator: "\n").map(String.init)
    return (lines, (Int(question.2) ?? 0) - (Int(question.1) ?? 0))
  }

  @Test(arguments: ["\r", " ", "\u{1b}[6~", "\u{1b}[B"])
  func `a key shows the next page, and nothing is lost`(_ key: String) throws {
    let expected = try BuiltProgram().run("tripod --drawing unicode -c 'show facts'").out
    let terminal = try terminal(rows: 50)
    terminal.type("show facts\r")
    var (lines, left) = page(terminal)
    lines.removeFirst()
    #expect(lines.count < 50 && left > 49)
    while left > 49 {
      terminal.type(key)
      let next = page(terminal)
      #expect(next.lines.count < 50 && next.left < left)
      lines += next.lines
      left = next.left
    }
    terminal.type(key)
    let last = terminal.read(to: PagingTests.prompt).withoutControlSequences
    lines += last.split(separator: "\n").dropLast().map(String.init)
    #expect(lines == expected.split(separator: "\n").map(String.init))
    quit(terminal)
  }

  @Test(arguments: ["q", "\u{3}", "\u{4}"]) func `a key stops`(_ key: String) throws {
    let terminal = try terminal()
    terminal.type("show facts\r")
    #expect(page(terminal).lines.count <= 12)
    terminal.type(key)
    #expect(terminal.read(to: PagingTests.prompt).contains("more lines not shown"))
    #expect(terminal.enter("send 2").contains("2 of 2 answered"))
    quit(terminal)
  }

  @Test(arguments: ["send 2\r", "\u{1b}[200~send 2\r\u{1b}[201~"])
  func `the next line can be typed at once`(_ keys: String) throws {
    let terminal = try terminal()
    terminal.type("show facts\r")
    #expect(page(terminal).lines.count <= 12)
    terminal.type(keys)
    terminal.read(to: "2 of 2 answered")
    terminal.read(to: PagingTests.prompt)
    quit(terminal)
  }

  @Test func `if keys are waiting, the reply is shown at once`() throws {
    let terminal = try terminal()
    terminal.type("show facts\rsend 2\r")
    #expect(!terminal.read(to: "2 of 2 answered").contains(PagingTests.question))
    terminal.read(to: PagingTests.prompt)
    quit(terminal)
  }

  @Test(arguments: [(80, 0), (0, 0), (80, 5), (80, 500), (19, 12)])
  func `without a known, useful height the reply is shown at once`(columns: Int, rows: Int) throws {
    let terminal = try terminal(columns: columns, rows: rows)
    terminal.type("show facts\r")
    #expect(!terminal.read(to: PagingTests.prompt).contains(PagingTests.question))
    quit(terminal)
  }

  @Test func `JSON and pipes have no pages`() throws {
    let json = try Terminal("--json", rows: 12)
    json.type("show facts\n")
    json.read(to: "show facts\n")
    #expect(json.read(to: "\n").hasPrefix("{"))
    json.type("\u{4}")
    #expect(json.end() == 0)
    let program = BuiltProgram.program.path
    let pipe = try Terminal(
      program: ["/bin/sh", "-c", "\"$0\" -c 'show facts' | cat; echo end of it", program], rows: 12)
    #expect(!pipe.read(to: "end of it").contains(PagingTests.question))
    #expect(pipe.end() == 0)
  }

  @Test func `the next page has the new size of the window`() throws {
    let terminal = try terminal()
    terminal.type("show facts\r")
    #expect(page(terminal).lines.count <= 12)
    terminal.resize(columns: 80, rows: 30)
    terminal.read(to: PagingTests.question)
    terminal.type("\r")
    let count = page(terminal).lines.count
    #expect(count > 20 && count <= 30)
    terminal.type("q")
    terminal.read(to: PagingTests.prompt)
    quit(terminal)
  }

  @Test func `a signal ends the program at a page`() throws {
    let terminal = try terminal()
    terminal.type("show facts\r")
    terminal.read(to: PagingTests.question)
    terminal.send(SIGTERM)
    #expect(terminal.end() == 128 + SIGTERM)
    #expect(terminal.hasOriginalSettings)
  }

  @Test func `the opening page of a lesson is shown in pages`() throws {
    let terminal = try terminal("learn", "spof")
    #expect(page(terminal).lines.count <= 12)
    terminal.type("q")
    terminal.readPrompt()
    quit(terminal)
  }

  @Test func `in a lesson, a large window shows the site again after it has changed`() throws {
    let terminal = try terminal("learn", "tour", columns: 100, rows: 60)
    #expect(terminal.read(to: "1/4> ").withoutControlSequences.contains("│ lb-1"))
    let changed = terminal.enter("break server-1")
    #expect(changed.contains("│ lb-1") && changed.contains("✗ no power"))
    let hint = terminal.enter("hint")
    #expect(hint.contains("Hint 1 of 3") && !hint.contains("│ lb-1"))
    quit(terminal)
  }

  @Test func `in a lesson, a small window does not show the site again`() throws {
    let terminal = try terminal("learn", "tour", rows: 24)
    terminal.read(to: PagingTests.question)
    terminal.type("q")
    terminal.read(to: "1/4> ")
    let reply = terminal.enter("break server-1")
    #expect(reply.contains("server-1 has lost power.") && !reply.contains("│ lb-1"))
    quit(terminal)
  }
}
