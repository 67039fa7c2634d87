import Course

@testable import Shell

/// Obeys a script line by line, in a session with the built-in designs and lessons.
enum CommandsTarget {
  private static let mostCommands = 40

  static func run(_ text: String) {
    let files = MemoryFiles([
      "site.tripod": "new\nadd server a\nadd server b backup\n", "run.tripod": "send 4\n",
    ])
    var session = FuzzSessions.session(work: 12)
    var count = 0
    for line in text.split(whereSeparator: \.isNewline).map(String.init) {
      session.completion(of: line).requireWellFormed(for: line)
      for command in Tutor.commands(in: line) {
        guard count < mostCommands, !session.isUsedUp else { return finish(session, files) }
        count += 1
        if !obey(command, &session, files) { return finish(session, files) }
      }
    }
    finish(session, files)
  }

  /// Obeys a command. Returns whether the session continues.
  private static func obey(_ command: String, _ session: inout Tutor, _ files: MemoryFiles) -> Bool {
    let before = (loadedSite: session.loadedSite, steps: session.history.steps.count, files: files.texts)
    let author = AuthorAccessCheck(command, in: session, files)
    let isInLesson = session.study != nil
    let reply = session.checked(command, from: files.userOrigin)
    author.check(against: reply, isInLesson: isInLesson)
    if !reply.isOK {
      require(files.texts == before.files, "refused, but writes: \(command.debugDescription)")
    }
    // `undo` of requests takes back the change before them too.
    if session.study == nil, !session.isFoggy, session.history.steps.count == before.steps + 1,
      session.history.steps.last?.isTraffic == false
    {
      checkUndo(of: command, session, before.loadedSite)
    }
    return reply.effect != .quit
  }

  /// Checks that `undo` restores the site from before the step, and `redo` the site from after it.
  private static func checkUndo(of command: String, _ session: Tutor, _ before: LoadedSite) {
    var copy = session
    let undone = copy.checked("undo")
    guard undone.isOK else {
      return require(undone.isInterrupted, "undo of \(command.debugDescription) is refused")
    }
    require(copy.loadedSite == before, "undo of \(command.debugDescription) leads elsewhere")
    // If the step lifted the fog, the site is in the fog again, and `redo` cannot lift it.
    guard !copy.isFoggy else { return }
    let redone = copy.checked("redo")
    guard redone.isOK else {
      return require(redone.isInterrupted, "redo of \(command.debugDescription) is refused")
    }
    require(copy.loadedSite == session.loadedSite, "redo of \(command.debugDescription) leads elsewhere")
  }

  private static func finish(_ session: Tutor, _ files: MemoryFiles) {
    SavedSite.check(session, files)
  }
}

/// Checks that loading the output of `save` gives the same site.
enum SavedSite {
  static func check(_ session: Tutor, _ files: MemoryFiles) {
    guard !session.isFoggy, session.study == nil, !session.isUsedUp else { return }
    var session = session
    let saved = session.checked("save saved.tripod", from: files.userOrigin)
    guard saved.isOK, let text = files.texts["saved.tripod"] else { return }
    Text.requirePrintable(lines: text, of: "a saved site")
    let first = session.loadedSite
    let loaded = session.checked("load saved.tripod", from: files.userOrigin)
    guard loaded.isOK else {
      return require(
        loaded.isInterrupted, "a saved site is refused: \(loaded.failure?.message ?? "")\n\(text)")
    }
    let second = session.loadedSite
    require(
      second.simulation.topology == first.simulation.topology,
      "another site is loaded than was saved:\n\(text)")
    require(
      second.simulation.faults.map(\.target.text) == first.simulation.faults.map(\.target.text),
      "other faults are loaded than were saved:\n\(text)")
    require(second.claims == first.claims, "other claims are loaded than were saved:\n\(text)")
    guard session.checked("save again.tripod", from: files.userOrigin).isOK else { return }
    require(
      files.texts["again.tripod"] == text,
      "a loaded site is saved as another:\n\(text)\n\(files.texts["again.tripod"] ?? "")")
  }
}

extension Reply {
  /// Whether the command was interrupted.
  var isInterrupted: Bool { failure?.code == "interrupted" || failure?.code == "too-much-work" }
}
