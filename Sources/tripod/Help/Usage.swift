import Shell

/// The text of `--help`.
enum Usage {
  static let text = (head + [Line("")] + invocations + [Line("")] + options + [Line("")] + end)
    .flatMap { $0.wrapped(to: 80) }.map { $0.text }.joined(separator: "\n")

  private static let head = [
    Line("Tripod: a three-server web infrastructure that is live. Break it, load it, ask it why.")
  ]

  private static let end = [
    Line("Options stand before or after a subcommand; -- ends them. In the shell, help lists the commands."),
    Line(
      "Exit status: 0 all well; 1 a command failed; 2 wrong use or unreadable input; 70 a fault of our own."),
  ]

  private static var invocations: [Line] {
    Invocation.all.map { Line("  \("tripod \($0.words)".padded(to: 30))") + Line($0.summary, .faint) }
  }

  private static var options: [Line] {
    Option.all.map { option in
      let name = [option.name, option.value].compactMap(\.self).joined(separator: " ")
      return Line("  \(name.padded(to: 20))") + Line(option.summary, .faint)
    }
  }
}
