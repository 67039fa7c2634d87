/// An example of a command with its real output: it is run on a fresh `textbook`.
struct HelpExample {
  let lines: [Line]
  /// The output as plain text.
  let output: [String]

  /// Longer answers are cut.
  private static let most = 24

  init(_ example: String, for tutor: Tutor) {
    // A tutor that has just begun.
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
  /// An access that touches no file: each file can be written and holds one command, and a site of one step was left.
  fileprivate static let simulated = FileAccess(
    read: { _ in .text("send 4\n") }, write: { _, _, _ in nil },
    leftSite: { LeftSite(steps: [LeftSite.LeftStep("set server-1 weight 3")]) })
}
