/// An example of a command with its real output on a newly loaded `textbook`.
struct HelpExample {
  let lines: [Line]
  /// The output as plain text.
  let output: [String]

  /// The most lines of output that are shown.
  private static let most = 24

  init(_ example: String, for tutor: Tutor) {
    // A new tutor, so that the example does not depend on the current site.
    var fresh = Tutor(
      designs: tutor.session.designs.builtIn, lessons: tutor.lessons, folder: tutor.session.designs.folder)
    fresh.screen = Screen(width: tutor.screen.width - 2)
    var lines: [Line] = []
    var output: [String] = []
    for command in Session.commands(in: example) {
      lines.append(Line("  tripod> ", .faint) + Line(command, .accent))
      let reply = fresh.obey(command, from: .person(.simulated))
      let said = reply.lines + (reply.failure.map { [Line($0.message, .failed)] } ?? [])
      output += said.map { $0.text }
      lines += said.prefix(HelpExample.most).map { Line("  ") + $0 }
      if said.count > HelpExample.most {
        lines.append(Line("  and \(said.count - HelpExample.most) lines more", .faint))
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
    leftSite: { LeftSite(steps: [LeftSite.RecordedStep("set server-1 weight 3")]) })
}
