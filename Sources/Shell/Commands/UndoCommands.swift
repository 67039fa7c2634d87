import Blueprint
import Course
import Inspector
import Simulator

/// The commands that undo and redo steps.
enum UndoCommands {
  static let table: [Command] = [
    Command(
      "undo", .undo, reveals: .past, [.optional([.value("N", .number(1...1_000))])],
      "Undo the last change of the site, with all that was sent since.",
      example: "set server-1 weight 3; undo",
      notes: ["N": "the number of changes (default: 1)"],
      see: ["redo", "history", "reset"],
      handler: .onTutor { tutor, words throws(Complaint) in try undo(&tutor, words.number("N") ?? 1) }),
    Command(
      "redo", .undo, reveals: .past, [], "Repeat what `undo` took back.",
      example: "set server-1 weight 3; undo; redo",
      see: ["undo"]
    ) { session, _ throws(Complaint) in
      let steps = try redoSteps(&session)
      guard !steps.isEmpty else { throw .nothingToRedo }
      return CommandResponse("Done again: \(History.sentence(of: steps[...])).")
    },
    Command(
      "reset", .undo, reveals: .outside, [],
      "Restore the site as it was loaded, when the task began, or when the fog came up.",
      example: "break server-1; reset", see: ["undo", "load"],
      handler: .onTutor { tutor, _ throws(Complaint) in
        if tutor.isFoggy, !tutor.learner.isRunningSetup { return FogCommands.reset(&tutor.session) }
        let loadedSite = tutor.loadedSite
        if let start = tutor.learner.start {
          tutor.session.replace(with: start)
          return CommandResponse("The site is as it was when the task began.")
        }
        tutor.session.replace(
          with: LoadedSite(loadedSite.start, design: loadedSite.design, claimLines: loadedSite.claimLines))
        return CommandResponse("\(loadedSite.design) is as it was at the start.")
      }),
    Command(
      "history", .undo, reveals: .inside, [.optional([.value("N", .number(1...1_000))])],
      "List the changes that `undo` can take back.",
      example: "send 4; set server-1 weight 3; history", notes: ["N": "the number of changes (default: 20)"],
      see: ["undo"],
      handler: .onTutor { tutor, words throws(Complaint) in history(tutor, words.number("N") ?? 20) }),
  ]
}

extension UndoCommands {
  /// The number of steps before the task, which cannot be undone in it.
  private static func boundary(_ tutor: Tutor) -> Int {
    let kept = tutor.learner.study?.steps ?? 0
    return kept <= tutor.history.steps.count ? kept : 0
  }

  private static func undo(_ tutor: inout Tutor, _ count: Int) throws(Complaint) -> CommandResponse {
    let boundary = boundary(tutor)
    let groups = tutor.history.groups(boundary: boundary).filter { $0.lowerBound >= boundary }.suffix(count)
    guard let first = groups.first else { throw .nothingToUndo }
    let steps = tutor.history.steps
    let sentences = groups.map { History.sentence(of: steps[$0]) }
    let before = tutor.loadedSite.simulation.time
    guard let loadedSite = try undoSteps(&tutor.session, steps.count - first.lowerBound) else {
      throw .nothingToUndo
    }
    tutor.loadedSite = loadedSite
    let shown = sentences.prefix(5).joined(separator: "; ") + (sentences.count > 5 ? "; …" : "")
    let title = sentences.count == 1 ? "Undone" : "Undone, \(sentences.count) changes"
    let hasChange = groups.contains { steps[$0].contains { !$0.isTraffic } }
    let ending = hasChange ? "" : " Nothing else had changed."
    var answer = CommandResponse(
      [Line("\(title): \(shown).\(ending)")], [JSON.Member(.steps, .integer(groups.count))])
    let now = loadedSite.simulation.time
    if now != before { answer.lines.append(Line("  The clock is back at \(now.clock).", .faint)) }
    return answer
  }

  private static func history(_ tutor: Tutor, _ count: Int) -> CommandResponse {
    let steps = tutor.history.steps
    let groups = tutor.history.groups(boundary: boundary(tutor))
    let lines = zip(groups.indices, groups).suffix(count).map { index, group in
      Line("  \(Column.right("\(index + 1)", 4))  \(History.sentence(of: steps[group]))")
    }
    let json = groups.suffix(count).map { group in
      let changes = steps[group].filter { !$0.isTraffic }
      return JSON.string((changes.first ?? steps[group.lowerBound]).command)
    }
    return CommandResponse(
      lines.isEmpty ? [Line("  Nothing has changed yet.", .faint)] : lines,
      [JSON.Member(.steps, .array(json))])
  }

  private static func undoSteps(_ session: inout Session, _ count: Int) throws(Complaint) -> LoadedSite? {
    do { return try session.history.undo(count, session.shouldContinue) } catch { throw Complaint(error) }
  }

  private static func redoSteps(_ session: inout Session) throws(Complaint) -> [History.HistoryStep] {
    do { return try session.history.redo(&session.loadedSite, session.shouldContinue) } catch {
      throw Complaint(error)
    }
  }
}

extension History {
  /// Describes steps that are undone together, such as `break server-1, and 8 requests sent since`.
  fileprivate static func sentence(of steps: ArraySlice<HistoryStep>) -> String {
    let changes = steps.filter { !$0.isTraffic }.map { $0.command }
    let requests = steps.filter { $0.isTraffic }.reduce(0) { $0 + $1.requests }
    let waits = steps.count { $0.isTraffic && $0.requests == 0 }
    let traffic = [
      requests == 0 ? nil : "\(requests) \(requests == 1 ? "request" : "requests") sent",
      waits == 0 ? nil : "\(waits) \(waits == 1 ? "wait" : "waits")",
    ].compactMap { $0 }
    guard let change = changes.first else { return Sentences.listed(traffic) }
    return traffic.isEmpty ? change : "\(change), and \(Sentences.listed(traffic)) since"
  }
}
