import Foundation
import Testing

@Suite struct TerminalTests {
  @Test func `a terminal is greeted, prompted and left with Ctrl-D`() throws {
    let terminal = try Terminal()
    let greeting = terminal.readPrompt()
    #expect(
      greeting.contains("\n") && greeting.wholeMatch(of: #/(?s).*\n(\u{1b}\[\d+m)?tripod[^\n]*> /#) != nil)
    terminal.type("\u{4}")
    #expect(terminal.leave() == 0)
  }

  @Test func `a wrong word is marked under where it was typed`() throws {
    let terminal = try Terminal()
    _ = terminal.readPrompt()
    terminal.type("send 1; nonsense\n")
    let lines = terminal.readPrompt().split(separator: "\n")
    let marked = lines.first { $0.contains("▔") }.map { $0.replacing(/\u{1b}\[\d*m/, with: "") }
    #expect(marked?.prefix { $0 == " " }.count == "tripod> send 1; ".count)
    #expect(marked?.filter { $0 == "▔" }.count == "nonsense".count)
    terminal.type("quit\n")
    #expect(terminal.leave() == 0)
  }

  @Test func `Ctrl-C stops the command, not the program`() throws {
    let terminal = try Terminal()
    _ = terminal.readPrompt()
    terminal.type("send 100000000 write\n")
    usleep(500_000)
    terminal.type("\u{3}")
    #expect(terminal.readPrompt().hasSuffix("> "))
    terminal.type("not yet entered")
    usleep(200_000)
    terminal.type("\u{3}")
    #expect(terminal.readPrompt().hasSuffix("> "))
    terminal.type("quit\n")
    #expect(terminal.leave() == 0)
  }

  @Test func `there is colour on a terminal unless it is refused`() throws {
    let refusals = [("NO_COLOR", "1"), ("TERM", "dumb"), ("NOTHING", "")]
    let colored = try refusals.map { name, value in
      let terminal = try Terminal(environment: [name: value])
      _ = terminal.readPrompt()
      terminal.type("nonsense\n")
      defer {
        terminal.type("quit\n")
        _ = terminal.leave()
      }
      return terminal.readPrompt().contains("\u{1b}[31m")
    }
    #expect(colored == [false, false, true])
  }

  @Test func `in JSON a terminal shows nothing but the answers`() throws {
    let terminal = try Terminal("--json")
    terminal.type("show\n")
    #expect(terminal.readLine() == "show\n")
    #expect(try verdicts(in: terminal.readLine()) == [true])
    terminal.type("\u{4}")
    #expect(terminal.leave() == 0)
  }
}

/// The program at a terminal of its own.
private struct Terminal {
  private let child: Child
  private let wire: Wire

  init(_ words: String..., environment: [String: String] = [:]) throws {
    var (primary, secondary): (Int32, Int32) = (-1, -1)
    guard openpty(&primary, &secondary, nil, nil, nil) == 0 else { throw POSIXError(.ENOTTY) }
    _ = fcntl(primary, F_SETFD, FD_CLOEXEC)
    defer { close(secondary) }
    wire = Wire(descriptor: primary)
    child = try Child(
      [FrontDoor.program.path] + words, environment: environment,
      streams: .terminal(path: String(cString: ttyname(secondary))))
  }

  func type(_ text: String) { wire.send(text) }

  /// What is shown up to the next prompt.
  func readPrompt() -> String { wire.receive(to: "> ").replacing("\r\n", with: "\n") }

  /// What is shown up to the next line's end.
  func readLine() -> String { wire.receive(to: "\n").replacing("\r\n", with: "\n") }

  func leave() -> Int32 {
    defer { wire.hangUp() }
    return child.waitForExit()
  }
}
