import Shell

/// The manual page, in mdoc, made from the same tables as the program's help.
enum ManualPage {
  static let lines: [String] =
    head + synopsis + description + options + commands + environment + files + end

  private static let head = [
    ".Dd November 21, 2026", ".Dt TRIPOD 1", ".Os", ".Sh NAME", ".Nm tripod",
    ".Nd a live model of a three-server web site, to learn from",
  ]

  private static let synopsis =
    [".Sh SYNOPSIS"]
    + Invocation.all.flatMap {
      [".Nm"] + ($0.words.isEmpty ? [".Op Ar OPTION ..."] : [argument($0.words)])
    }

  private static let description =
    [
      ".Sh DESCRIPTION", ".Nm",
      "is a live model of a web site with a load balancer, two servers and a database.",
      "You build the site, send requests, break components, and see what users would have seen, and why.",
      "It is called in these ways:", ".Bl -tag -width Ds",
    ]
    + Invocation.all.flatMap {
      [".It \(quoted($0.words.isEmpty ? "tripod" : "tripod " + $0.words))", text($0.summary)]
    }
    + [".El"]

  private static let options =
    [
      ".Sh OPTIONS", "Write options before or after a subcommand;", ".Fl -", "ends the options.",
      ".Bl -tag -width Ds",
    ]
    + Option.all.flatMap { option in
      [".It Fl \(option.name.dropFirst())" + (option.value.map { " Ar \($0)" } ?? ""), text(option.summary)]
    } + [".El"]

  private static let commands =
    [
      ".Sh COMMANDS", "A semicolon or the end of a line ends a command; # begins a comment.",
      "In the shell, help COMMAND shows an example of a command, and explain TERM gives the meaning of a word.",
    ]
    + Manual.chapters.flatMap { chapter in
      [
        ".Ss \(chapter.title.first.map { $0.uppercased() + chapter.title.dropFirst() } ?? "")",
        ".Bl -tag -width Ds",
      ]
        + chapter.entries.flatMap { [".It \(quoted($0.usage))", text($0.summary)] } + [".El"]
    }

  private static let environment =
    [".Sh ENVIRONMENT", ".Bl -tag -width Ds"]
    + [
      ("NO_COLOR", "If set, there are no colours, unless --color asks for them."),
      ("TERM", "What the terminal can do. If it is dumb or not set, Tripod writes plain lines."),
      ("LC_ALL, LC_CTYPE, LANG", "If none of them names UTF-8, drawings are in ASCII."),
      ("XDG_STATE_HOME", "The folder in which tripod keeps its files (default: ~/.local/state)."),
      ("EDITRC", "The file with the settings of the line editor (default: ~/.editrc)."),
    ].flatMap { names, summary in
      [
        ".It " + names.split(separator: ",").map { "Ev \($0.filter { $0 != " " })" }.joined(separator: " , "),
        text(summary),
      ]
    } + [".El"]

  private static let files = [
    ".Sh FILES", ".Bl -tag -width Ds", ".It Pa ~/.local/state/tripod",
    "the history, your progress in the lessons, and the sites that you left; under", ".Ev XDG_STATE_HOME",
    "if that is set",
    ".El",
  ]

  private static let end =
    [".Sh EXIT STATUS", ".Bl -tag -width Ds"]
    + [
      ("0", "success"), ("1", "a command failed"), ("2", "wrong use or unreadable input"),
      ("70", "an internal error in Tripod"),
    ].flatMap { [".It \($0.0)", $0.1] } + [".El"]

  // MARK: Escaping

  private static func argument(_ text: String) -> String { ".Li \(quoted(text))" }

  /// Returns the text as one argument of a macro.
  private static func quoted(_ text: String) -> String {
    "\"" + escaped(text).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// Returns the text as a line that is not read as a macro.
  private static func text(_ text: String) -> String {
    text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + escaped(text) : escaped(text)
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "…": escaped += "..."
      default: escaped.append(character)
      }
    }
  }
}
