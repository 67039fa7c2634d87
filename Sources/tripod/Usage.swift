/// What `--help` says.
enum Usage {
  static let text = """
    Tripod: a three-server web infrastructure that is live. Break it, load it, ask it why.

    \(forms)

    \(options)

    Options stand before or after a subcommand; -- ends them. In the shell, help lists the commands.
    Exit status: 0 all well; 1 a command failed; 2 wrong use or unreadable input; 70 a fault of our own.
    """

  private static var forms: String {
    Form.all.map { "  \("tripod \($0.words)".padded(to: 30))\($0.summary)" }.joined(separator: "\n")
  }

  private static var options: String {
    Option.all.map { option in
      let name = [option.name, option.value].compactMap(\.self).joined(separator: " ")
      return "  \(name.padded(to: 20))\(option.summary)"
    }
    .joined(separator: "\n")
  }
}
