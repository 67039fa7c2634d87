import Shell

/// The manual page, in mdoc, made from the same tables as the program's help.
enum ManualPage {
  static let lines: [String] =
    head + synopsis + description + options + commands + environment + files + end

  private static let head = [
    ".Dd November 21, 2026", ".Dt TRIPOD 1", ".Os", ".Sh NAME", ".Nm tripod",
    ".Nd a three-server web infrastructure to learn from",
  ]

  private static let synopsis =
    [".Sh SYNOPSIS"]
    + Invocation.all.flatMap {
      [".Nm"] + ($0.words.isEmpty ? [".Op Ar OPTION ..."] : [argument($0.words)])
    }

  private static let description =
    [
      ".Sh DESCRIPTION", ".Nm",
      "holds a live model of a web infrastructure: a load balancer, two servers and a database.",
      "One builds it, sends requests, breaks parts, and sees what a user would have seen, and why.",
      "It can be called in these ways:", ".Bl -tag -width Ds",
    ]
    + Invocation.all.flatMap {
      [".It \(quoted($0.words.isEmpty ? "tripod" : "tripod " + $0.words))", text($0.summary)]
    }
    + [".El"]

  private static let options =
    [
      ".Sh OPTIONS", "Options stand before or after a subcommand;", ".Fl -", "ends them.",
      ".Bl -tag -width Ds",
    ]
    + Option.all.flatMap { option in
      [".It Fl \(option.name.dropFirst())" + (option.value.map { " Ar \($0)" } ?? ""), text(option.summary)]
    } + [".El"]

  private static let commands =
    [
      ".Sh COMMANDS", "A semicolon or the end of a line ends a command, # begins a comment.",
      "In the shell, help COMMAND shows an example of each, and explain TERM says what a word means.",
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
      ("NO_COLOR", "Where it is set there are no colours, unless --color asks for them."),
      ("TERM", "What the terminal can do; for dumb, or where it is not set, there are plain lines."),
      ("LC_ALL, LC_CTYPE, LANG", "Without UTF-8 in them, drawings are made of ASCII."),
      ("XDG_STATE_HOME", "The folder in which tripod keeps its own; ~/.local/state where it is not set."),
      ("EDITRC", "The settings of the line editor; ~/.editrc where it is not set."),
    ].flatMap { names, summary in
      [
        ".It " + names.split(separator: ",").map { "Ev \($0.filter { $0 != " " })" }.joined(separator: " , "),
        text(summary),
      ]
    } + [".El"]

  private static let files = [
    ".Sh FILES", ".Bl -tag -width Ds", ".It Pa ~/.local/state/tripod",
    "the lines that were typed, and the site that was left; under", ".Ev XDG_STATE_HOME", "where that is set",
    ".El",
  ]

  private static let end =
    [".Sh EXIT STATUS", ".Bl -tag -width Ds"]
    + [
      ("0", "all well"), ("1", "a command failed"), ("2", "wrong use or unreadable input"),
      ("70", "a fault of the program itself"),
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
