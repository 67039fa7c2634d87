/// An example of a command with its real output on a newly loaded `textbook`.
struct HelpExample {
  let lines: [Line]
  /// The output as plain text.
  let output: [String]

  /// The most lines of output that are shown.
  private static let mostLines = 24

  init(_ example: String, for tutor: Tutor) {
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
      lines += outputLines.prefix(HelpExample.mostLines).map { Line("  ") + $0 }
      if outputLines.count > HelpExample.mostLines {
        lines.append(Line("  and \(outputLines.count - HelpExample.mostLines) lines more", .faint))
      }
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
