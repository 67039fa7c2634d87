import Blueprint
import Inspector
import Simulator

/// The commands that undo and redo steps.
enum UndoCommands {
  static let table: [Command] = [
    Command(
      "undo", .undo, reveals: .past, [.optional([.value("N", .number(1...1_000))])],
      "Take back the last step, or the last N.", example: "set server-1 weight 3; undo",
      notes: ["N": "how many steps; one unless said"],
      see: ["redo", "history", "reset"],
      handler: .onTutor { tutor, words throws(Complaint) in
        let count = words.number("N") ?? 1
        let last = tutor.history.steps.last?.command
        // In a lesson, steps before the start of the task cannot be undone.
        let all = tutor.history.steps.count
        let kept = tutor.learner.study?.steps ?? 0
        let available = kept <= all ? all - kept : all
        guard available > 0 else { throw .nothingToUndo }
        let done = min(count, available)
        guard let loadedSite = try undoSteps(&tutor.session, done), let last else { throw .nothingToUndo }
        tutor.loadedSite = loadedSite
        return CommandResponse(
          [Line(done == 1 ? "Taken back: \(last)" : "\(done) steps taken back.")],
          [JSON.Member(.steps, .integer(done))])
      }),
    Command(
      "redo", .undo, reveals: .past, [], "Do again what undo took back.",
      example: "set server-1 weight 3; undo; redo",
      see: ["undo"]
    ) {
      session, _ throws(Complaint) in
      guard let command = try redoStep(&session) else { throw .nothingToRedo }
      return CommandResponse("Done again: \(command)")
    },
    Command(
      "reset", .undo, reveals: .outside, [],
      "Go back to the site as it was loaded, or as it was when the task began; in the fog, to where it came up.",
      example: "break server-1; reset", see: ["undo", "load"],
      handler: .onTutor { tutor, _ throws(Complaint) in
        if tutor.isFoggy, !tutor.learner.isRunningSetup { return FogCommands.reset(&tutor.session) }
        let loadedSite = tutor.loadedSite
        if let start = tutor.learner.start {
          tutor.session.replace(with: start)
          return CommandResponse("The site as it was when the task began.")
        }
        tutor.session.replace(
          with: LoadedSite(loadedSite.start, design: loadedSite.design, claimLines: loadedSite.claimLines))
        return CommandResponse("\(loadedSite.design) as it was at the start.")
      }),
    Command(
      "history", .undo, reveals: .inside, [.optional([.value("N", .number(1...1_000))])],
      "List the steps that can be taken back.",
      example: "send 4; set server-1 weight 3; history", notes: ["N": "how many steps; 20 unless said"],
      see: ["undo"]
    ) { session, words throws(Complaint) in
      let steps = session.history.steps
      let shown = steps.suffix(words.number("N") ?? 20)
      let lines = zip(shown.indices, shown).map { Line("  \(Column.right("\($0 + 1)", 4))  \($1.command)") }
      let json = shown.map { JSON.string($0.command) }
      return CommandResponse(
        lines.isEmpty ? [Line("  no step has been taken yet", .faint)] : lines,
        [JSON.Member(.steps, .array(json))])
    },
  ]
}

extension UndoCommands {
  private static func undoSteps(_ session: inout Session, _ count: Int) throws(Complaint) -> LoadedSite? {
    do { return try session.history.undo(count, session.shouldContinue) } catch { throw Complaint(error) }
  }

  private static func redoStep(_ session: inout Session) throws(Complaint) -> String? {
    do { return try session.history.redo(&session.loadedSite, session.shouldContinue) } catch {
      throw Complaint(error)
    }
  }
}
