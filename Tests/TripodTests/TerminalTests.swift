import Foundation
import Inspector
import Testing

@Suite struct TerminalTests {
  @Test func `a terminal is greeted, prompted and left with Ctrl-D`() throws {
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
    let lines = terminal.readPrompt().withoutLooks.split(separator: "\n")
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

  @Test func `in JSON a terminal shows nothing but the answers`() throws {
    let terminal = try Terminal("--json")
    terminal.type("show\n")
    #expect(terminal.read(to: "\n") == "show\n")
    #expect(try verdicts(in: terminal.read(to: "\n")) == [true])
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }
}
