import Course

@testable import Shell

/// Obeys a script line by line, in a session with the built-in designs and lessons.
enum CommandsTarget {
  private static let mostCommands = 40

  static func run(_ text: String) {
    let files = MemoryFiles([
      "site.tripod": "new\nadd server a\nadd server b backup\n", "run.tripod": "send 4\n",
    ])
    var session = Bench.session(work: 12)
    var count = 0
    for line in text.split(whereSeparator: \.isNewline).map(String.init) {
      session.completion(of: line).promiseWellFormed(for: line)
      for command in Tutor.commands(in: line) {
        guard count < mostCommands, !session.isSpent else { return finish(session, files) }
        count += 1
        if !obey(command, &session, files) { return finish(session, files) }
      }
    }
    finish(session, files)
  }

  /// Whether the session goes on.
  private static func obey(_ command: String, _ session: inout Tutor, _ files: MemoryFiles) -> Bool {
    let before = (scene: session.scene, steps: session.history.steps.count, files: files.texts)
    let author = AuthorPromise(command, in: session, files)
    let isInLesson = session.study != nil
    let reply = session.checked(command, from: files.person)
    author.check(against: reply, isInLesson: isInLesson)
    if !reply.isOK {
      promise(files.texts == before.files, "refused, but writes: \(command.debugDescription)")
    }
    if session.study == nil, !session.isFoggy, session.history.steps.count == before.steps + 1 {
      checkUndo(of: command, session, before.scene)
    }
    return reply.effect != .quit
  }

  /// A step that is undone leaves the site as it was, and redone as it is.
  private static func checkUndo(of command: String, _ session: Tutor, _ before: Scene) {
    var copy = session
    let undone = copy.checked("undo")
    guard undone.isOK else {
      return promise(undone.isInterrupted, "undo of \(command.debugDescription) is refused")
    }
    promise(copy.scene == before, "undo of \(command.debugDescription) leads elsewhere")
    // Only lifting the fog leads out of it.
    guard !copy.isFoggy else { return }
    let redone = copy.checked("redo")
    guard redone.isOK else {
      return promise(redone.isInterrupted, "redo of \(command.debugDescription) is refused")
    }
    promise(copy.scene == session.scene, "redo of \(command.debugDescription) leads elsewhere")
  }

  private static func finish(_ session: Tutor, _ files: MemoryFiles) {
    SavedSite.check(session, files)
  }
}

/// Loading the output of `save` gives the same site.
enum SavedSite {
  static func check(_ session: Tutor, _ files: MemoryFiles) {
    guard !session.isFoggy, session.study == nil, !session.isSpent else { return }
    var session = session
    let saved = session.checked("save saved.tripod", from: files.person)
    guard saved.isOK, let text = files.texts["saved.tripod"] else { return }
    Text.promiseHarmless(lines: text, of: "a saved site")
    let first = session.scene
    let loaded = session.checked("load saved.tripod", from: files.person)
    guard loaded.isOK else {
      return promise(
        loaded.isInterrupted, "a saved site is refused: \(loaded.failure?.message ?? "")\n\(text)")
    }
    let second = session.scene
    promise(
      second.simulation.topology == first.simulation.topology,
      "another site is loaded than was saved:\n\(text)")
    promise(
      second.simulation.faults.map(\.target.text) == first.simulation.faults.map(\.target.text),
      "other faults are loaded than were saved:\n\(text)")
    promise(second.claims == first.claims, "other claims are loaded than were saved:\n\(text)")
    guard session.checked("save again.tripod", from: files.person).isOK else { return }
    promise(
      files.texts["again.tripod"] == text,
      "a loaded site is saved as another:\n\(text)\n\(files.texts["again.tripod"] ?? "")")
  }
}

extension Reply {
  /// Whether its work was interrupted.
  var isInterrupted: Bool { failure?.code == "interrupted" || failure?.code == "too-much-work" }
}
