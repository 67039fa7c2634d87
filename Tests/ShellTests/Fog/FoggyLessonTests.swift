import Testing

@testable import Shell

/// Fog in a lesson: feedback does not reveal what the task hides.
@Suite struct FoggyLessonTests {
  private static let lesson = """
    ---
    format: 1
    id: mist
    title: Mist
    ---
    # Mist

    ## Which
    <!-- task: which -->
    ```tripod setup
    reset
    set lb-1 check off
    break server-2.app
    fog on
    ```

    ```tripod ask
    kind: component
    expect: hidden.first
    when server-2.nginx: pictures would fail as well
    else: other requests would fail
    because: pages of one server fail, and pictures do not
    ```

    <details><summary>Hint 1</summary>

    Ask for pictures.
    </details>
    <details><summary>Solution</summary>

    ```tripod solution
    answer server-2.app
    ```
    </details>
    <details><summary>Common mistakes</summary>

    ```tripod wrong
    answer server-2.nginx => pictures would fail
    answer lb-1 => other requests
    ```
    </details>

    ## Mend
    <!-- task: mend -->
    ```tripod setup
    reset
    break server-1.mysql
    fog on
    ```

    ```tripod goal
    end "comments are stored": answers(write) else "Not yet."
    ```

    <details><summary>Hint 1</summary>

    Go there.
    </details>
    <details><summary>Solution</summary>

    ```tripod solution
    repair server-1.mysql
    ```
    </details>
    <details><summary>Common mistakes</summary>

    ```tripod wrong
    repair server-1.app => Not yet
    repair lb-1 => Not yet
    ```
    </details>

    """

  private func learner() -> Tutor {
    var session = Tutor(
      designs: designs, lessons: [Document(name: "mist", text: FoggyLessonTests.lesson)])
    session.do("lesson mist")
    return session
  }

  @Test func `feedback to a wrong answer has a reason, but does not reveal the fault`() {
    var session = learner()
    #expect(session.prompt == "tripod mist 1/2 [fog]> ")
    let reply = session.do("answer server-2.nginx")
    #expect(
      reply.lines.map(\.text) == [
        "  ✗ Not right", "  you said   server-2.nginx", "  because    pictures would fail as well",
        "  The fog has not lifted. Type `hint` for hint 1 of 1.",
      ])
    #expect(!reply.json.text.contains("server-2.app"))
    #expect(session.obey("why").failure?.code == "fog")
    #expect(!session.do("review").text.contains("server-2.app"))
    #expect(!session.do("goal").text.contains("server-2.app"))
  }

  @Test func `the right answer lifts the fog`() {
    var session = learner()
    let text = session.do("answer app of server 2").text
    #expect(text.hasPrefix("  ✓ Right\n  you said   server-2.app"))
    #expect(text.contains("The fog has lifted."))
    #expect(text.contains("server-2.app crashed: it refuses connections"))
    #expect(session.do("show").text.contains("✗ app"))
  }

  @Test func `the fog of a task ends with the task, and not before`() {
    var session = learner()
    #expect(session.obey("fog off").failure?.message == "this fog belongs to the task")
    #expect(session.obey("show").failure?.hint.hasSuffix("; `solution` lifts the fog") == true)
    #expect(session.obey("play").failure?.code == "fog")
    #expect(session.do("solution").text.contains("The fog has lifted."))
    #expect(!session.isFoggy)
    session.do("next")
    #expect(session.prompt == "tripod mist 2/2 [fog]> ")
  }

  @Test(arguments: ["new", "load textbook"]) func `loading another site does not end the fog of a task`(
    _ command: String
  ) {
    var session = learner()
    let before = session.loadedSite
    #expect(session.obey(command).failure?.code == "fog")
    expectSame(session.loadedSite, before)
    #expect(session.obey("show start.broken").failure?.code == "fog")
  }

  @Test func `after a skip and a return, the fault stays hidden until the answer`() {
    var session = learner()
    session.do("skip; back")
    #expect(session.obey("fog off").failure?.code == "not-now")
    #expect(session.obey("fog on").failure?.hint == "type `solution` to lift it")
  }

  @Test func `a skip does not reveal the fault, and the task has the same fault later`() {
    var session = learner()
    let before = session.loadedSite
    #expect(!session.do("skip").text.contains("server-2.app"))
    #expect(!session.do("back").text.contains("server-2.app"))
    expectSame(session.loadedSite, before)
  }

  @Test func `a goal in the fog shows no runs`() {
    var session = learner()
    session.do("skip")
    #expect(
      session.do("check").lines.map(\.text) == [
        "  ○ comments are stored: not yet", "    because    Not yet.",
      ])
    #expect(session.do("repair server-1.mysql").text.contains("The fog has lifted."))
  }

  @Test func `resuming a lesson resumes its fog`() {
    final class JournalStorage: @unchecked Sendable { var text = "" }
    let storage = JournalStorage()
    var journal = ProgressJournal(
      read: { _ in .all(storage.text, nil) },
      append: {
        storage.text += $0 + "\n"
        return nil
      }, run: "a")
    let lessons = [Document(name: "mist", text: FoggyLessonTests.lesson)]
    var session = TypedSession(designs: designs, lessons: lessons, journal: journal)
    session.do("lesson mist; send 3; repair lb-1")
    journal.run = "b"
    var other = TypedSession(designs: designs, lessons: lessons, journal: journal)
    other.do("lesson mist")
    expectSame(other.loadedSite, session.loadedSite)
    #expect(other.obey("show").failure?.code == "fog")
  }
}
