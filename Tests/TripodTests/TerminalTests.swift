import Foundation
import Inspector
import Testing

@Suite struct TerminalTests {
  @Test func `a terminal shows a greeting and a prompt, and Ctrl-D leaves the shell`() throws {
    let terminal = try Terminal()
    let greeting = terminal.readPrompt()
    #expect(
      greeting.contains("\n") && greeting.wholeMatch(of: #/(?s).*\n(\u{1b}\[\d+m)?tripod[^\n]*> /#) != nil)
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test func `a wrong word is marked under where it was typed`() throws {
    let terminal = try Terminal()
    _ = terminal.readPrompt()
    terminal.type("send 1; nonsense\n")
    let lines = terminal.readPrompt().withoutControlSequences.split(separator: "\n")
    let marked = lines.first { $0.contains("▔") }
    #expect(marked?.prefix { $0 == " " }.count == "tripod> send 1; ".count)
    #expect(marked?.filter { $0 == "▔" }.count == "nonsense".count)
    terminal.type("quit\n")
    #expect(terminal.end() == 0)
  }

  @Test func `there is colour on a terminal unless it is refused`() throws {
    let refusals = [("NO_COLOR", "1"), ("TERM", "dumb"), ("NOTHING", "")]
    let colored = try refusals.map { name, value in
      let terminal = try Terminal(environment: [name: value])
      _ = terminal.readPrompt()
      terminal.type("nonsense\n")
      let isColored = terminal.readPrompt().contains("\u{1b}[31m")
      terminal.type("quit\n")
      #expect(terminal.end() == 0)
      return isColored
    }
    #expect(colored == [false, false, true])
  }

  @Test func `with JSON, a terminal shows only the replies`() throws {
    let terminal = try Terminal("--json")
    terminal.type("show\n")
    #expect(terminal.read(to: "\n") == "show\n")
    #expect(try verdicts(in: terminal.read(to: "\n")) == [true])
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  static let windows: [(columns: Int, rows: Int)] = [
    (65_535, 65_535), (24, 65_535), (1, 1), (2, 1), (19, 24), (80, 0), (0, 0),
  ]

  @Test(arguments: windows) func `a window of any size shows replies and a prompt`(
    columns: Int, rows: Int
  ) throws {
    // A limit of 1 GB is enough for a window of any size.
    let terminal = try Terminal(
      program: ["/bin/sh", "-c", "ulimit -v 1000000; exec \"$0\"", BuiltProgram.program.path],
      columns: columns,
      rows: rows)
    terminal.readPrompt()
    let answers = ["show", "spof", "capacity read"].map { terminal.enter($0) }
    let longest = answers.joined(separator: "\n").split(separator: "\n").map(\.count).max() ?? 0
    #expect(longest <= 600 && longest > 10)
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
    #expect(terminal.hasOriginalSettings)
  }

  @Test func `no drawing is wider than 500 columns`() throws {
    let terminal = try Terminal(columns: 30_000)
    terminal.readPrompt()
    terminal.type("?")
    let lines = terminal.read(to: "quit").withoutControlSequences.split(separator: "\n")
    #expect(lines.map(\.count).max() ?? 0 <= 500 && lines.count > 5)
    terminal.type("\r")
    terminal.readPrompt()
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
  }

  @Test func `commands work in a window that becomes very large`() throws {
    let terminal = try Terminal(program: [
      "/bin/sh", "-c", "ulimit -v 1000000; exec \"$0\"", BuiltProgram.program.path,
    ])
    terminal.readPrompt()
    terminal.resize(columns: 65_535, rows: 65_535)
    terminal.type("?")
    #expect(terminal.read(to: "quit").split(separator: "\n").allSatisfy { $0.count <= 600 })
    terminal.readPrompt()
    #expect(terminal.enter("send 2").contains("2 of 2 answered"))
    #expect(terminal.enter("send 3").contains("3 of 3 answered"))
    terminal.resize(columns: 80)
    #expect(terminal.enter("send 4").contains("4 of 4 answered"))
    terminal.type("sen\t5\r")
    #expect(terminal.readPrompt().contains("5 of 5 answered"))
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
    #expect(terminal.hasOriginalSettings)
  }
}
