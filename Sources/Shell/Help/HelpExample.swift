/// An example of a command, with its real output on a newly loaded `textbook` if it is run.
struct HelpExample {
  let lines: [Line]
  /// The output as plain text.
  let output: [String]

  /// The most lines that are shown of the output of the command that is explained, and of another command.
  private static let mostLines = (own: 12, other: 4)

  /// If the output of one of the lines is long, only its beginning is shown.
  init(_ example: String, of name: String, for tutor: Tutor, isRun: Bool = true) {
    guard isRun else {
      lines = Session.commands(in: example).map { Line("  tripod> ", .faint) + Line($0, .accent) }
      output = []
      return
    }
    // A new tutor, so that the example does not depend on the current site.
    var exampleTutor = Tutor(
      designs: tutor.session.designs.builtIn, lessons: tutor.lessons, folder: tutor.session.designs.folder)
    exampleTutor.screen = Screen(width: tutor.screen.width - 2)
    var lines: [Line] = []
    var output: [String] = []
    for command in Session.commands(in: example) {
      lines.append(Line("  tripod> ", .faint) + Line(command, .accent))
      let reply = exampleTutor.obey(command, from: .person(.simulated))
      let outputLines = reply.lines + (reply.failure.map { [Line($0.message, .failed)] } ?? [])
      output += outputLines.map { $0.text }
      let isOwn = command.split(separator: " ").contains { $0 == name }
      let shown = outputLines.prefix(isOwn ? HelpExample.mostLines.own : HelpExample.mostLines.other)
      lines += shown.map { Line("  ") + $0 }
      let rest = outputLines.count - shown.count
      if rest > 0 { lines.append(Line("  and \(rest) more \(rest == 1 ? "line" : "lines")", .faint)) }
    }
    self.lines = lines
    self.output = output
  }
}

extension FileAccess {
  /// Access without real files: each file can be written and holds one command. The earlier session left a
  /// site of one step.
  fileprivate static let simulated = FileAccess(
    read: { _ in .text("send 4\n") }, write: { _, _, _ in nil },
    savedSites: SavedSites([
      UnfinishedSite(steps: [UnfinishedSite.RecordedStep("set server-1 weight 3")])
    ]))
}
