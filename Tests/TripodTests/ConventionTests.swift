import Foundation
import Testing

/// Behaviour that users expect of every command-line program.
@Suite struct ConventionTests {
  private func terminal(_ environment: [String: String] = [:]) throws -> Terminal {
    let terminal = try Terminal(environment: environment)
    terminal.readPrompt()
    return terminal
  }

  private func quit(_ terminal: Terminal) {
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
    #expect(terminal.hasOriginalSettings)
  }

  @Test func `Ctrl-C drops the line`() throws {
    let terminal = try terminal()
    terminal.type("break server-1")
    terminal.read(to: "server-1")
    terminal.type("\u{3}")
    terminal.readPrompt()
    #expect(terminal.enter("send 2").contains("2 of 2 answered"))
    quit(terminal)
  }

  static let longWork = ["send 1000000000", "wait 9000h", "whatif send 1000000000"]

  @Test(arguments: longWork) func `Ctrl-C stops long work, which then has no effect`(command: String) throws {
    let terminal = try terminal()
    terminal.type(command + "\r")
    terminal.read(to: "%")
    terminal.type("\u{3}")
    let output = terminal.readPrompt()
    #expect(output.contains("\r\u{1b}[K") && output.contains("stopped"))
    #expect(terminal.enter("history").contains("Nothing has changed yet."))
    #expect(terminal.enter("show clock").contains("0 s"))
    quit(terminal)
  }

  @Test func `stopping a line of a paste reports the lines after it`() throws {
    let terminal = try terminal()
    terminal.type("\u{1b}[200~send 1000000000\rbreak server-1\rsend 4\r\u{1b}[201~")
    terminal.read(to: "%")
    terminal.type("\u{3}")
    #expect(terminal.readPrompt().contains("2 more lines were not run"))
    #expect(terminal.enter("history").contains("Nothing has changed yet."))
    quit(terminal)
  }

  @Test func `long work shows the remaining time, and the bar disappears with it`() throws {
    let terminal = try Terminal("-c", "send 10000000 write", program: [BuiltProgram.program.path])
    let output = terminal.readRest()
    let end = output.components(separatedBy: "\u{1b}[K").last ?? ""
    #expect(output.contains(" left\u{1b}[K"))
    #expect(end.contains("10000000 of 10000000 answered") && !end.contains("%"))
    #expect(terminal.child.waitForExit() == 0)
  }

  @Test func `Ctrl-D leaves the shell, and the terminal is restored`() throws {
    let terminal = try terminal()
    terminal.type("\u{4}")
    #expect(terminal.read(to: "quit").contains("quit"))
    #expect(terminal.end() == 0)
    #expect(terminal.hasOriginalSettings)
  }

  @Test func `Ctrl-D within a line deletes a character`() throws {
    let terminal = try terminal()
    #expect(terminal.enter("xsend 2\u{1}\u{4}").contains("2 of 2 answered"))
    quit(terminal)
  }

  @Test func `Ctrl-Z restores the terminal, at the prompt and in long work`() throws {
    let shell = try Terminal(
      "--norc", "--noprofile", "-i", program: ["/bin/bash"],
      environment: ["PS1": "$ ", "INPUTRC": "/dev/null"])
    shell.read(to: "$ ")
    shell.type("\(BuiltProgram.program.path)\r")
    shell.readPrompt()
    shell.type("send 2")
    shell.read(to: "send 2")
    for _ in 1...2 {
      shell.type("\u{1a}")
      shell.read(to: "Stopped")
      shell.read(to: "$ ")
      shell.type("stty -a | grep -o '[-]*icanon'\r")
      shell.read(to: "icanon'\n")
      #expect(shell.read(to: "icanon\n").withoutControlSequences == "icanon\n")
      shell.type("fg\r")
      shell.readPrompt()
      shell.read(to: "send 2")
    }
    #expect(shell.enter("").contains("2 of 2 answered"))
    shell.type("send 1000000000\r")
    shell.read(to: "%")
    shell.type("\u{1a}")
    shell.read(to: "Stopped")
    shell.type("fg\r")
    shell.read(to: "%")
    shell.type("\u{3}")
    #expect(shell.readPrompt().contains("stopped"))
    shell.type("quit\r")
    shell.read(to: "$ ")
    shell.type("exit\r")
    #expect(shell.end() == 0)
  }

  @Test func `a list fits a window that has become narrow`() throws {
    let terminal = try terminal()
    terminal.resize(columns: 50)
    terminal.type("?")
    let lines = terminal.read(to: "quit").withoutControlSequences.split(separator: "\n")
    #expect(lines.map(\.count).max() ?? 0 <= 50 && lines.count > 5)
    quit(terminal)
  }

  static let endingSignals: [(signal: Int32, line: String)] = [
    (SIGTERM, ""), (SIGTERM, "send 1000000000\r"), (SIGHUP, ""), (SIGHUP, "send 1000000000\r"), (SIGQUIT, ""),
  ]

  @Test(arguments: endingSignals)
  func `a signal that ends the program restores the terminal and loses nothing`(
    signal: Int32, line: String
  ) throws {
    let tripod = try BuiltProgram()
    let terminal = try Terminal(in: tripod)
    terminal.readPrompt()
    _ = terminal.enter("break server-1")
    terminal.type(line)
    if !line.isEmpty { terminal.read(to: "%") }
    terminal.send(signal)
    #expect(terminal.end() == 128 + signal)
    #expect(terminal.hasOriginalSettings)
    let next = try Terminal(in: tripod)
    #expect(next.readPrompt().contains("break server-1"))
    quit(next)
  }

  static let rareSignals = [
    SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPOLL, SIGXCPU, SIGSTKFLT, SIGPWR,
    __libc_current_sigrtmin(), __libc_current_sigrtmax(),
  ]

  @Test(arguments: rareSignals)
  func `a rare signal ends the program and restores the terminal`(_ signal: Int32) throws {
    let terminal = try terminal()
    terminal.send(signal)
    #expect(terminal.end() == 128 + signal)
    #expect(terminal.hasOriginalSettings)
  }

  @Test(arguments: ["\u{1b}[200~send 1", "\u{1b}[", "\u{12}se"])
  func `a signal ends the program in the middle of keys, too`(_ keys: String) throws {
    let terminal = try terminal()
    terminal.type(keys)
    terminal.send(SIGTERM)
    #expect(terminal.end() == 128 + SIGTERM)
    #expect(terminal.hasOriginalSettings)
  }

  @Test(arguments: [SIGSEGV, SIGSYS])
  func `an internal error restores the terminal`(_ signal: Int32) throws {
    let terminal = try terminal()
    terminal.send(signal)
    #expect(terminal.end() == 70)
    #expect(terminal.hasOriginalSettings)
  }

  @Test func `a closed pipe ends the shell`() throws {
    let line = "\"$0\" | { head -n 1; exec < /dev/null; echo it is gone; }; echo it ended"
    let terminal = try Terminal(program: ["/bin/sh", "-c", line, BuiltProgram.program.path])
    terminal.read(to: "it is gone")
    terminal.type("show\r")
    terminal.read(to: "it ended")
    #expect(terminal.end() == 0)
  }

  @Test(arguments: ["dumb", ""]) func `a simple terminal gets plain lines`(name: String)
    throws
  {
    let terminal = try Terminal(environment: ["TERM": name])
    let greeting = terminal.readPrompt()
    #expect(greeting.hasSuffix("\ntripod> ") && !greeting.contains("Tab"))
    terminal.type("send 2\r")
    #expect(terminal.readPrompt().hasPrefix("send 2\n  2 of 2 answered"))
    terminal.type("dropped")
    terminal.read(to: "dropped")
    terminal.type("\u{3}")
    terminal.readPrompt()
    terminal.type("\u{4}")
    let rest = terminal.readRest()
    #expect(rest == "quit\nYour site is kept. Type `tripod`, then `resume` to continue.\n")
    #expect(terminal.child.waitForExit() == 0)
  }

  @Test func `a full disk is reported once, and earlier data is still there`() throws {
    let tripod = try BuiltProgram()
    let line = "ulimit -f 8; exec \"$0\""
    let terminal = try Terminal(program: ["/bin/sh", "-c", line, BuiltProgram.program.path], in: tripod)
    terminal.readPrompt()
    let note = String(repeating: "x", count: 100)
    let output = (1...60).map { terminal.enter("send 1 # \(note) \($0)") }
    #expect(output.filter { $0.contains("not kept for the next time: ") }.count == 1)
    #expect(output.allSatisfy { $0.contains("1 of 1 answered") })
    quit(terminal)
    let next = try Terminal(in: tripod)
    #expect(next.readPrompt().contains("You left the site textbook: 60 steps"))
    quit(next)
  }

  @Test(arguments: [
    (["XDG_STATE_HOME": "", "HOME": ""], "neither XDG_STATE_HOME nor HOME names a folder"),
    (["XDG_STATE_HOME": "", "HOME": "/dev/null"], "part of its path is not a directory"),
    (["XDG_STATE_HOME": "/proc"], "there is no such file"),
  ])
  func `a missing folder is reported once, and everything else works`(
    environment: [String: String], reason: String
  ) throws {
    let terminal = try Terminal(environment: environment)
    #expect(terminal.readPrompt().contains("not kept for the next time: "))
    #expect(terminal.enter("break server-1").contains("server-1 has lost power"))
    #expect(!terminal.enter("send 1").contains("not kept"))
    quit(terminal)
  }
}
