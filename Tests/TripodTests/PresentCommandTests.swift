import Foundation
import Testing

/// A presentation at a real terminal.
@Suite struct PresentCommandTests {
  static let lessons: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Lessons")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".md") && $0 != "README.md" }.map { String($0.dropLast(3)) }.sorted()
  }()

  /// A window size, and the capabilities of its terminal.
  struct Window: CustomTestStringConvertible {
    let columns: Int
    let rows: Int
    let environment: [String: String]

    var testDescription: String { "\(columns) × \(rows) \(environment)" }
  }

  static let windows = [
    Window(columns: 80, rows: 24, environment: ["LANG": "C", "NO_COLOR": "1"]),
    Window(columns: 80, rows: 24, environment: ["LANG": "C.UTF-8", "NO_COLOR": "1"]),
    Window(columns: 120, rows: 40, environment: ["LANG": "C.UTF-8"]),
  ]

  /// Returns the characters of a frame: all output since the window was last cleared.
  private func frame(_ text: String) -> [String] {
    let last = text.components(separatedBy: "\u{1b}[H\u{1b}[2J").last ?? ""
    return last.withoutControlSequences.components(separatedBy: "\n").dropLast()
  }

  @Test(arguments: lessons, windows) func `every step of every lesson fits the window, to the end`(
    _ lesson: String, _ window: Window
  ) throws {
    let terminal = try Terminal(
      "present", lesson, environment: window.environment, columns: window.columns, rows: window.rows)
    // A frame can contain the lesson's name in other places too.
    let prompt = window.environment["NO_COLOR"] == nil ? "tripod\u{1b}[0m \(lesson) " : "tripod \(lesson) "
    var number = 0
    while true {
      let text = terminal.read(to: prompt) + terminal.read(to: "> ")
      let lines = frame(text)
      #expect(lines.count < window.rows && lines.first?.contains("users") == true, "\(text)")
      #expect(lines.allSatisfy { $0.count <= window.columns }, "\(text)")
      #expect(text.contains("\u{1b}[36m") == (window.environment["NO_COLOR"] == nil))
      if window.environment["LANG"] == "C" { #expect(text.utf8.allSatisfy { $0 < 128 }) }
      number += 1
      guard !text.hasSuffix(" end> "), number < 40 else { break }
      terminal.type("\r")
    }
    #expect((8..<40).contains(number))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0 && terminal.hasOriginalSettings)
  }

  /// In an eight-bit locale, `ø` is the key that opens libedit's own command prompt.
  @Test(
    arguments: ["C", "C.UTF-8"], ["ø bind -s ^J \"save written^M\"", "save written\tforce", "save written"])
  func `an offered line is text, whatever its characters mean as keys`(
    _ locale: String, _ line: String
  ) throws {
    let tripod = try BuiltProgram()
    #expect(try tripod.run("tripod lesson new mine").status == 0)
    let file = tripod.folder.appending(path: "mine.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("run: break server-1.app; send 4 read", with: "run: \(line)")
      .write(to: file, atomically: true, encoding: .utf8)
    let localeEnvironment = ["NO_COLOR": "1", "LC_ALL": locale]
    let terminal = try Terminal(
      program: [
        "/bin/sh", "-c", "cd \(tripod.folder.path) && exec \(BuiltProgram.program.path) present mine.md",
      ],
      environment: localeEnvironment, in: tripod)
    terminal.read(to: "1/2> ")
    terminal.type("\r")
    terminal.read(to: "guess> ")
    // Enter runs the step. The up key must not bring its line back as if it had been typed.
    terminal.type("\r")
    terminal.read(to: "2/2> ")
    terminal.type("\u{1b}[A\r")
    terminal.read(to: "> ")
    terminal.type("quit\r")
    // The exit status is 1, because the step was refused.
    #expect(terminal.end() == 1 && terminal.hasOriginalSettings)
    let remainingFiles = try FileManager.default.contentsOfDirectory(atPath: tripod.folder.path)
    #expect(!remainingFiles.contains("written"), "\(remainingFiles)")
  }

  private func terminal(_ words: String...) throws -> Terminal {
    let terminal = try Terminal(
      program: [BuiltProgram.program.path, "present", "round-robin"] + words, environment: ["NO_COLOR": "1"])
    terminal.read(to: "1/4> ")
    return terminal
  }

  private func quit(_ terminal: Terminal) {
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
    #expect(terminal.hasOriginalSettings)
  }

  @Test func `the next command is offered and runs on Enter, with the votes beside its output`() throws {
    let terminal = try terminal()
    terminal.read(to: "send 7")
    terminal.type("\r")
    terminal.read(to: "guess> ")
    terminal.type("a 3 b 5 c 12\r")
    #expect(
      frame(terminal.read(to: "guess> ")).contains("  c   12 ████████████  server-1 gets all 7 requests."))
    terminal.type("\r")
    let lines = frame(terminal.read(to: "2/4> "))
    #expect(lines.contains("  7 of 7 answered                               mean 8.1 ms   p99 8.1 ms"))
    #expect(lines.suffix(2) == ["  the class  a 3, b 5, c 12", "  the model  b: server-1 gets 4 requests."])
    quit(terminal)
  }

  @Test func `typing replaces the offered command, and next brings it back`() throws {
    let terminal = try terminal()
    terminal.read(to: "send 7")
    terminal.type("break lb-1\r")
    #expect(frame(terminal.read(to: "live> ")).suffix(2) == ["  tripod> break lb-1", "lb-1 has lost power."])
    terminal.read(to: "next")
    terminal.type("\r")
    #expect(frame(terminal.read(to: "1/4> ")).contains { $0.contains("● haproxy") })
    terminal.read(to: "send 7")
    terminal.type("\u{7f}8\r")
    #expect(frame(terminal.read(to: "live> ")).contains("  tripod> send 8"))
    quit(terminal)
  }

  @Test func `Ctrl-L clears the window, Ctrl-C drops the line, and Page Down continues`() throws {
    let terminal = try terminal()
    terminal.type("break lb-1\r")
    terminal.read(to: "live> ")
    terminal.type("send 3\r")
    terminal.read(to: "live> ")
    terminal.type("half a li\u{c}")
    let lines = frame(terminal.read(to: "1/4> "))
    #expect(
      lines.contains { $0.contains("● haproxy") } && lines.contains("  Round robin: which server is next?"))
    terminal.read(to: "send 7")
    terminal.type("\u{3}")
    terminal.read(to: "1/4> ")
    terminal.read(to: "send 7")
    terminal.type("\u{1b}[6~")
    terminal.read(to: "guess> ")
    quit(terminal)
  }

  @Test func `Ctrl-C stops a long command and restores the site`() throws {
    let terminal = try terminal()
    terminal.type("send 1000000000\r")
    terminal.read(to: " left")
    terminal.type("\u{3}")
    let lines = frame(terminal.read(to: "1/4> "))
    #expect(lines.last == "stopped; nothing has changed")
    terminal.read(to: "send 7")
    quit(terminal)
  }

  @Test func `notes are shown on request`() throws {
    let terminal = try terminal()
    terminal.read(to: "send 7")
    terminal.type("notes\r")
    #expect(
      frame(terminal.read(to: "1/4> ")).last
        == "  Then ask which server is next. The turns continue where they stopped.")
    quit(terminal)
  }

  @Test func `a resized window gets a new frame with the same line`() throws {
    let terminal = try terminal()
    terminal.read(to: "send 7")
    terminal.resize(columns: 60, rows: 10)
    let lines = frame(terminal.read(to: "1/4> "))
    #expect(lines.count < 10 && lines.allSatisfy { $0.count <= 60 })
    terminal.read(to: "send 7")
    terminal.type("\r")
    terminal.read(to: "guess> ")
    quit(terminal)
  }

  @Test func `an automatic presentation plays to the end, and a key continues at once`() throws {
    let terminal = try Terminal("present", "tour", "--auto", environment: ["NO_COLOR": "1"])
    terminal.read(to: "1/5> ")
    terminal.type(String(repeating: " ", count: 20))
    let text = terminal.readRest().withoutControlSequences
    #expect(
      text.contains("tripod tour 5/5 guess> ") && text.contains("  the model  c: No comment is stored.\n"))
    #expect(text.hasSuffix("tripod tour end> \n"))
    #expect(terminal.end() == 0 && terminal.hasOriginalSettings)
  }

  @Test func `Ctrl-C ends an automatic presentation`() throws {
    let terminal = try Terminal("present", "tour", "--auto")
    terminal.read(to: "1/5> ")
    terminal.type("\u{3}")
    #expect(terminal.end() == 0 && terminal.hasOriginalSettings)
  }

  @Test func `a presentation obeys its time limit`() throws {
    let terminal = try Terminal("present", "tour", "--auto", "--limit", "50ms")
    #expect(terminal.readRest().withoutControlSequences.contains("tripod: the time limit of 50ms has passed"))
    #expect(terminal.end() == 1 && terminal.hasOriginalSettings)
  }

  @Test func `a simple terminal gets one frame below the other`() throws {
    let terminal = try Terminal("present", "round-robin", environment: ["TERM": "dumb"])
    terminal.read(to: "tripod round-robin 1/4> send 7")
    terminal.type("\n")
    #expect(terminal.read(to: "guess> ").contains("about to run  send 7"))
    terminal.type("c 4\n")
    terminal.read(to: "guess> ")
    terminal.type("\n")
    let text = terminal.read(to: "2/4> ")
    #expect(text.contains("the class  a 0, b 0, c 4") && !text.contains("\u{1b}["))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test(arguments: lessons) func `an automatic presentation into a pipe is always the same, in ASCII`(
    _ lesson: String
  )
    throws
  {
    let outcome = try BuiltProgram().run("tripod present \(lesson) --auto < /dev/null")
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    #expect(outcome.out.utf8.allSatisfy { $0 < 128 } && !outcome.out.contains("\u{1b}"))
    #expect(outcome.out.components(separatedBy: "  the model  ").count > 2)
    #expect(try BuiltProgram().run("tripod present \(lesson) --auto") == outcome)
    let typed = try BuiltProgram().run("yes '' | head -100 | tripod present \(lesson)")
    let models = { (text: String) in text.split(separator: "\n").filter { $0.hasPrefix("  the model") } }
    #expect(typed.status == 0 && models(typed.out) == models(outcome.out))
  }

  @Test func `a user's own lesson can be presented, and its refused command changes the exit status`()
    throws
  {
    let outcome = try BuiltProgram().run(
      "tripod lesson new mine > made; sed 's/run: wait 1m; send 4 read/run: wait elephant/' mine.md > bad.md; "
        + "tripod present mine.md --auto > good || exit 9; tripod present bad.md --auto")
    #expect(outcome.status == 1)
    #expect(outcome.out.contains("elephant"))
  }
}
