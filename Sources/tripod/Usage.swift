/// What `--help` says.
enum Usage {
  static let text = """
    Tripod: a three-server web infrastructure that is live. Break it, load it, ask it why.

      tripod                        the shell; commands from standard input where that is no terminal
      tripod -c 'CMD; CMD'          run commands and exit
      tripod run FILE [FILE ...]    run scripts; - is standard input
      tripod designs                list the designs that are built in

    \(options)

    Options stand before or after a subcommand; -- ends them. In the shell, help lists the commands.
    Exit status: 0 all well; 1 a command failed; 2 wrong use or unreadable input; 70 a fault of our own.
    """

  private static var options: String {
    Option.all.map { option in
      let name = [option.name, option.value].compactMap(\.self).joined(separator: " ")
      return "  \(name.padded(to: 20))\(option.summary)"
    }
    .joined(separator: "\n")
  }
}
