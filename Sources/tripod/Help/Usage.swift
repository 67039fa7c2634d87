import Shell

/// The text of `--help`.
enum Usage {
  static let text = (head + [Line("")] + invocations + [Line("")] + options + [Line("")] + end)
    .flatMap { $0.wrapped(to: 80) }.map { $0.text }.joined(separator: "\n")

  private static let head = [
    Line("Tripod: a live model of a three-server web site, to learn from.")
  ]

  private static let end = [
    Line("Write options before or after a subcommand; -- ends the options."),
    Line("In the shell, help lists the commands."),
    Line("Exit status: 0 success, 1 a command failed, 2 wrong use or unreadable input,"),
    Line("70 an internal error in Tripod."),
  ]

  private static var invocations: [Line] {
    Invocation.all.map { Line("  \("tripod \($0.words)".padded(to: 31))") + Line($0.summary, .faint) }
  }

  private static var options: [Line] {
    Option.all.map { option in
      let name = [option.name, option.value].compactMap(\.self).joined(separator: " ")
      return Line("  \(name.padded(to: 20))") + Line(option.summary, .faint)
    }
  }
}
