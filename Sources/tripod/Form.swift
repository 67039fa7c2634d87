/// One way to call the program. Its own help and the manual page both come from the table.
struct Form {
  let words: String
  let summary: String

  static let all = [
    Form(words: "", summary: "the shell; commands from standard input where that is no terminal"),
    Form(words: "-c 'CMD; CMD'", summary: "run commands and exit"),
    Form(words: "run FILE [FILE ...]", summary: "run scripts; - is standard input"),
    Form(words: "learn [LESSON]", summary: "the shell, in a lesson; without a name where you left off"),
    Form(words: "present LESSON", summary: "in front of a class: what the lesson shows it in three minutes"),
    Form(
      words: "test [PATH ...]", summary: "run lessons and designs as tests; without a path the built-in ones"),
    Form(words: "lesson new NAME", summary: "write a lesson to begin with"),
    Form(words: "lesson watch FILE", summary: "test a lesson again on each save"),
    Form(words: "lesson show LESSON", summary: "the page as it reads in a terminal"),
    Form(words: "lesson show ID --sheet", summary: "the same to print; with --key its answers"),
    Form(words: "test --report FILE ...", summary: "confirm and sum up what a class has exported"),
    Form(words: "designs | lessons", summary: "list what is built in"),
    Form(words: "man", summary: "print the manual page"),
    Form(words: "completions SHELL", summary: "print completions for bash, zsh or fish"),
  ]

  /// What a subcommand is for, by the first form that names it.
  static func summary(of subcommand: Subcommand) -> String {
    all.first { form in form.words.split { " |".contains($0) }.contains { $0 == subcommand.rawValue } }?
      .summary
      ?? ""
  }
}
