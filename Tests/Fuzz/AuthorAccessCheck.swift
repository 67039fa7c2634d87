@testable import Shell

/// Checks that an author's text cannot reach files, so a command that needs one is refused. Other commands
/// must give an author the same reply as a user.
struct AuthorAccessCheck {
  private let command: String
  private let files: MemoryFiles
  private let reply: Reply
  private let reads: Int
  private let writes: Int
  private let calls: Int

  /// Obeys a command from an author on a copy of the session. Call it before the user's command is obeyed.
  init(_ command: String, in session: Tutor, _ files: MemoryFiles) {
    let before = (calls: files.calls + files.journalReads, texts: files.texts, journal: files.journal)
    var copy = session
    reply = copy.checked(command, from: .author)
    require(
      files.calls + files.journalReads == before.calls,
      "files are asked for, for an author: \(command.debugDescription)")
    require(
      files.texts == before.texts && files.journal == before.journal,
      "files change for an author: \(command.debugDescription)")
    self.command = command
    self.files = files
    (reads, writes, calls) = (files.reads, files.writes, files.calls)
  }

  /// Compares the reply to the author with the reply to the user.
  func check(against userReply: Reply, isInLesson: Bool) {
    guard !reply.isInterrupted, !userReply.isInterrupted else { return }
    if files.writes > writes {
      return require(
        code == "out-of-reach", "an author's is not out of reach: \(command.debugDescription), \(code)")
    }
    if files.reads > reads, userReply.isOK {
      return require(
        ["out-of-reach", "unknown-design"].contains(code),
        "an author's is not out of reach: \(command.debugDescription), \(code)")
    }
    guard files.calls == calls, !isInLesson, !isAboutProgress else { return }
    require(
      reply.json == userReply.json || code == "out-of-reach",
      "an author is told something else: \(command.debugDescription)\n\(reply.json.text)\n\(userReply.json.text)"
    )
  }

  private var code: String { reply.failure?.code ?? "no refusal" }

  /// Whether the reply can depend on progress, which only a user has.
  private var isAboutProgress: Bool {
    Command.all.first { $0.name == reply.verb }?.group == .learn || reply.verb == "whatif"
  }
}
