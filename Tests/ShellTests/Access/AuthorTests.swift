import Course
import Foundation
import Inspector
import Testing

@testable import Shell

/// Which commands an author's text can run, and which it cannot.
@Suite struct AuthorTests {
  private static let files = ["site.tripod": "new\nadd server s1\n", "kept": ""]

  // MARK: Files

  @Test(arguments: [
    "save x", "save x force", "source site.tripod", "export svg x", "export dot x force", "review x.md",
    "progress export x", "progress import kept", "progress forget all", "whatif save x",
    "whatif whatif save x",
  ])
  func `a command that needs files is refused to an author, and runs for a user`(_ command: String) {
    let files = Files(AuthorTests.files)
    var session = Tutor(designs: designs, lessons: lessons)
    session.do("lesson tour; skip")
    let before = session.loadedSite
    #expect(session.obey(command).failure?.code == "out-of-reach")
    expectSame(session.loadedSite, before)
    #expect(session.obey(command, from: .person(files.access)).failure?.code != "out-of-reach")
  }

  @Test func `only save and source are always refused to an author`() {
    let reaching = Command.all.filter { if case .withFiles = $0.handler { true } else { false } }.map(\.name)
    #expect(reaching == ["save", "source"])
  }

  @Test(arguments: ["load site.tripod", "compare textbook site.tripod", "load ../site", "load /etc/passwd"])
  func `an author cannot load a file by its path`(_ command: String) {
    var session = Tutor(designs: designs)
    #expect(session.obey(command).failure?.code == "unknown-design")
  }

  @Test func `an author's own design comes before a built-in one of that name`() {
    let folder = DesignFolder { name in
      name.text == "textbook" ? .text("new gate\nadd server s1\n") : .failed("there is no such file")
    }
    var session = Tutor(designs: designs, folder: folder)
    session.do("load textbook")
    #expect(session.loadedSite.simulation.topology.hosts.map(\.name) == ["gate", "s1"])
    session.do("load active-active")
    #expect(session.loadedSite.design == "active-active")
  }

  @Test(arguments: [
    "", ".", "..", ".hidden", "a/b", "/a", "a\u{0}", "a\u{1b}", "a\n", "a\u{202e}",
    String(repeating: "a", count: 256),
  ])
  func `refused as a plain file name`(_ name: String) { #expect(BareName(name) == nil) }

  @Test(arguments: ["a", "My Site.tripod", "é", "a..b", "-"])
  func `accepted as a plain file name`(_ name: String) { #expect(BareName(name)?.text == name) }

  @Test func `a design loads others from its own folder`() {
    var access = Files(["there/a.tripod": "load b\nadd server s9\n"]).access
    access.readDesign = { name, path in
      path == "there/a.tripod" && name.text == "b" ? .text("new\nadd server s1\n") : .failed("elsewhere")
    }
    var session = Tutor(designs: designs)
    session.do("load there/a.tripod", from: .person(access))
    #expect(session.loadedSite.simulation.topology.hosts.map(\.name) == ["lb-1", "s1", "s9"])
  }

  // MARK: Limits of work

  private static func lesson(setup: String, demo: String = "show clock") -> [Document] {
    let text = """
      ---
      format: 1
      id: heavy
      title: Heavy
      ---
      # Heavy

      ```tripod demo
      tripod> \(demo)
      ...
      ```

      ## One?
      <!-- task: one -->
      One.

      ```tripod setup
      \(setup)
      ```

      ```tripod ask
      kind: number
      expect: servers.count
      ```

      <details><summary>Hint 1</summary>

      Two.
      </details>
      <details><summary>Solution</summary>

      ```tripod solution
      answer 2
      ```
      </details>
      <details><summary>Common mistakes</summary>

      ```tripod wrong
      answer 1 => 1
      answer 3 => 3
      ```
      </details>
      """
    return [Document(name: "heavy", text: text)]
  }

  @Test(arguments: [
    "send 100001", String(repeating: "send 100000 write\n", count: 38),
    String(repeating: "wait 365d\n", count: 30),
  ])
  func `a setup that takes too much work is refused, and the learner stays in the task`(_ setup: String) {
    var session = Tutor(designs: designs, lessons: AuthorTests.lesson(setup: setup))
    session.do("break server-1")
    let before = session.loadedSite
    #expect(session.obey("lesson heavy").failure?.code == "too-much-work")
    expectSame(session.loadedSite, before)
    // The limit does not apply to the user.
    #expect(session.obey("send 200000 static").failure == nil)
  }

  @Test func `a demo shows a limited number of lines`() {
    let demo = "whatif " + Array(repeating: "show", count: 200).joined(separator: ";")
    var session = Tutor(designs: designs, lessons: AuthorTests.lesson(setup: "show clock", demo: demo))
    let lines = session.do("lesson heavy").lines.map(\.text)
    #expect(lines.count < Limits.mostAuthorLines + 60)
    #expect(lines.contains { $0.hasSuffix("more lines") })
  }

  @Test func `a textbook design that cannot be built is reported, and the site is empty`() {
    let session = Tutor(designs: [Document(name: "textbook", text: "new\nsave x\n")])
    #expect(session.startFailure?.code == "out-of-reach")
    #expect(session.loadedSite.simulation.topology.hosts.map(\.name) == ["lb-1"])
    #expect(Tutor(designs: designs).startFailure == nil)
  }

  // MARK: A class

  @Test func `a command of a demonstration has only the author's access, even if the user types it`()
    throws
  {
    let files = Files()
    let text =
      AuthorTests.lesson(setup: "show clock")[0].text + """

        <details><summary>Demonstration</summary>

        ```tripod present
        run: save x
        ask: Will it?
        ```
        </details>

        """
    let session = Tutor(designs: designs, lessons: [Document(name: "heavy", text: text)])
    var presentation = try Presentation("heavy", on: session, playsItself: false)
    let person = CommandOrigin.person(files.access)
    for line in ["save x", "", "next"] { presentation.handle(line, from: person) }
    #expect(files["x"] == nil)
    presentation.handle("save y", from: person)
    #expect(files["y"]?.hasPrefix("new\n") == true)
  }

  @Test func `a step that takes too much work fails, and the script continues`() throws {
    let text =
      AuthorTests.lesson(setup: "show clock")[0].text + """

        <details><summary>Demonstration</summary>

        ```tripod present
        run: \(Array(repeating: "send 100000 write", count: 40).joined(separator: "; "))

        run: send 4
        ```
        </details>

        """
    let session = Tutor(designs: designs, lessons: [Document(name: "heavy", text: text)])
    var presentation = try Presentation("heavy", on: session, playsItself: true)
    for _ in 0..<6 where !presentation.isAtEnd { presentation.handle("") }
    #expect(presentation.isAtEnd && presentation.hasFailed)
  }

  // MARK: Progress

  @Test func `a lesson is replayed without access to files, and reports skipped commands`() {
    let pages = ProgressTests.SharedJournal()
    let files = Files(AuthorTests.files)
    var first = pages.shell(files: files)
    first.do("lesson tour; load site.tripod; send 1")
    var second = pages.shell(files: files)
    let reply = second.do("lesson tour")
    #expect(reply.text.contains("Not replayed, because it reads a file: load site.tripod"))
    #expect(!second.loadedSite.simulation.topology.hosts.contains { $0.name == "s1" })
  }

  @Test func `only an exported journal counts as a file that Tripod wrote`() {
    let line = JournalLine(.finished(lesson: "tour")).text
    #expect(!GeneratedFile.isGenerated(fileEnding: line + "\n"))
    #expect(GeneratedFile.isGenerated(fileEnding: "\(line)\n\(JournalSeal.line(over: [line]))\n"))
    #expect(GeneratedFile.isGenerated(fileEnding: "new\n# Written by Tripod\n"))
    #expect(!GeneratedFile.isGenerated(fileEnding: "# Written by Tripod\nnew\n"))
    #expect(!GeneratedFile.isGenerated(fileEnding: ""))
  }
}
