import Foundation
import Testing

/// The suggestion after the cursor, and the colours of the line that is being typed.
@Suite struct AutosuggestionTests {
  private static let faint = "\u{1b}[2m"
  private static let end = "\u{1b}[0m"

  private func terminal(_ words: [String] = [], _ environment: [String: String] = [:]) throws -> Terminal {
    let terminal = try Terminal(program: [BuiltProgram.program.path] + words, environment: environment)
    terminal.readPrompt()
    return terminal
  }

  private func quit(_ terminal: Terminal) {
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
    #expect(terminal.hasOriginalSettings)
  }

  /// Types the text and waits for the suggestion.
  private func type(_ text: String, suggesting rest: String, at terminal: Terminal) {
    terminal.type(text)
    terminal.read(to: AutosuggestionTests.faint + rest + AutosuggestionTests.end)
  }

  @Test(arguments: ["\u{6}", "\u{5}", "\u{1b}[C", "\u{1b}OC", "\u{1b}[F", "\u{1b}OF", "\u{1b}[4~"])
  func `a key accepts the suggestion`(_ key: String) throws {
    let terminal = try terminal()
    type("sen", suggesting: "d", at: terminal)
    #expect(terminal.enter(key + " 4").contains("4 of 4 answered"))
    quit(terminal)
  }

  @Test(arguments: ["\u{6}", "\u{5}", "\u{1b}[C", "\u{1b}[F"])
  func `without a suggestion, the keys move the cursor`(_ key: String) throws {
    let terminal = try terminal()
    #expect(
      terminal.enter("end 4\u{1}s\(key) # \(key)").contains(
        key == "\u{5}" || key == "\u{1b}[F" ? "4 of 4" : "“se"))
    quit(terminal)
  }

  @Test func `an earlier line comes before a completion, and typing on replaces it`() throws {
    let terminal = try terminal()
    _ = terminal.enter("send 3")
    _ = terminal.enter("send 2 read")
    type("se", suggesting: "nd 2 read", at: terminal)
    terminal.type("nd 3")
    terminal.read(to: "\u{1b}[36msend\u{1b}[0m 3")
    #expect(terminal.enter("").contains("3 of 3 answered"))
    type("send", suggesting: " 3", at: terminal)
    #expect(terminal.enter("\u{5}").contains("3 of 3 answered"))
    quit(terminal)
  }

  @Test func `neither answers nor mistakes are suggested`() throws {
    let terminal = try terminal()
    for line in ["answer 4", "hinder 4", "showing"] { _ = terminal.enter(line) }
    type("ans", suggesting: "wer", at: terminal)
    terminal.type("\u{15}")
    type("hin", suggesting: "t", at: terminal)
    terminal.type("\u{15}")
    type("sho", suggesting: "w", at: terminal)
    terminal.type("\u{15}")
    quit(terminal)
  }

  @Test(arguments: ["\r", "\u{3}", "\t", "\u{10}", "\u{15}", "x", "\u{1b}[D", "\u{c}"])
  func `the next key removes the suggestion first`(_ key: String) throws {
    let terminal = try terminal()
    _ = terminal.enter("send 1")
    type("sen", suggesting: "d 1", at: terminal)
    terminal.type(key)
    #expect(terminal.read(to: "\u{1b}[J") == "\u{1b}[3D\u{1b}[J")
    terminal.type("\u{15}")
    quit(terminal)
  }

  @Test func `a new size of the window removes the suggestion, and shows it again`() throws {
    let terminal = try terminal()
    type("sen", suggesting: "d", at: terminal)
    terminal.resize(columns: 60)
    #expect(terminal.read(to: "\u{1b}[J") == "\u{1b}[1D\u{1b}[J")
    type("", suggesting: "d", at: terminal)
    #expect(terminal.enter("\u{6} 2").contains("2 of 2 answered"))
    quit(terminal)
  }

  @Test func `a suggestion that does not fit in the row is cut, and accepted whole`() throws {
    let terminal = try Terminal(columns: 24, rows: 100)
    terminal.readPrompt()
    _ = terminal.enter("send 2 read from 1.2.3.4")
    type("sen", suggesting: "d 2 read fr…", at: terminal)
    #expect(terminal.enter("\u{6}").contains("2 of 2"))
    quit(terminal)
  }

  @Test(arguments: [
    ([], ["NO_COLOR": "1"]), ([], ["TERM": "dumb"]), (["--color", "never"], [:]),
  ])
  func `without colour there is no suggestion`(_ words: [String], _ environment: [String: String]) throws {
    let terminal = try terminal(words, environment)
    terminal.type("sen")
    terminal.read(to: "sen")
    usleep(200_000)
    terminal.type("d 2\r")
    #expect(!terminal.readPrompt().contains("\u{1b}[2m"))
    quit(terminal)
  }

  @Test func `keys that are typed at once accept nothing that was not shown`() throws {
    let terminal = try terminal()
    #expect(terminal.enter("sen\u{6}d 2").contains("2 of 2 answered"))
    quit(terminal)
  }

  static let colored: [(line: String, shown: String)] = [
    ("send 4", "\u{1b}[36msend\u{1b}[0m 4"),
    ("wait 1s;send 4 # on", "\u{1b}[36mwait\u{1b}[0m 1s;\u{1b}[36msend\u{1b}[0m 4 \u{1b}[2m# on\u{1b}[0m"),
    ("save \"a;wait\"; why", "\u{1b}[36msave\u{1b}[0m \"a;wait\"; \u{1b}[36mwhy\u{1b}[0m"),
    ("show wait", "\u{1b}[36mshow\u{1b}[0m wait"),
  ]

  @Test(arguments: colored) func `commands and comments have colours while they are typed`(
    line: String, shown: String
  ) throws {
    let terminal = try terminal()
    terminal.type(line)
    terminal.read(to: shown)
    terminal.type("\u{15}")
    quit(terminal)
  }
}
