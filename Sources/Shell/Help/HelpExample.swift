/// An example of a command, and what really comes of it: it is run on a fresh `textbook`.
struct HelpExample {
  let lines: [Line]
  /// What was answered, without looks.
  let output: [String]

  /// Longer answers are cut.
  private static let most = 24

  init(_ example: String, for session: Session) {
    var fresh = session.fresh
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

extension Session {
  /// A session that has just begun, in which files can be named but none are touched.
  fileprivate var fresh: Session {
    var fresh = Session(designs: designs, lessons: lessons, folder: folder)
    fresh.screen = Screen(width: screen.width - 2)
    return fresh
  }
}

extension FileAccess {
  /// Each file can be written, each holds one command, and a site was left that one step was taken on.
  fileprivate static let simulated = FileAccess(
    read: { _ in .text("send 4\n") }, write: { _, _, _ in nil },
    leftSite: { LeftSite(steps: [LeftSite.Step("set server-1 weight 3")]) })
}
