/// A way to call the program. The help and the manual page both use the table of invocations.
struct Invocation {
  /// The words after the program's name, with placeholders in capitals.
  let words: String
  let summary: String

  static let all = [
    Invocation(words: "", summary: "the shell; commands from standard input where that is no terminal"),
    Invocation(words: "-c 'CMD; CMD'", summary: "run commands and exit"),
    Invocation(words: "run FILE [FILE ...]", summary: "run scripts; - is standard input"),
    Invocation(words: "learn [LESSON]", summary: "the shell, in a lesson; without a name where you left off"),
    Invocation(
      words: "present LESSON", summary: "in front of a class: what the lesson shows it in three minutes"),
    Invocation(
      words: "test [PATH ...]", summary: "run lessons and designs as tests; without a path the built-in ones"),
    Invocation(words: "lesson new NAME", summary: "write a lesson to begin with"),
    Invocation(words: "lesson watch FILE", summary: "test a lesson again on each save"),
    Invocation(words: "lesson show LESSON", summary: "the page as it reads in a terminal"),
    Invocation(words: "lesson show ID --sheet", summary: "the same to print; with --key its answers"),
    Invocation(words: "test --report FILE ...", summary: "confirm and sum up what a class has exported"),
    Invocation(words: "designs | lessons", summary: "list what is built in"),
    Invocation(words: "man", summary: "print the manual page"),
    Invocation(words: "completions SHELL", summary: "print completions for bash, zsh or fish"),
    Invocation(words: "help", summary: "print this help"),
  ]

  /// Returns the summary of the first invocation with the subcommand.
  static func summary(of subcommand: Subcommand) -> String {
    let first = all.first { $0.words.split { " |".contains($0) }.contains { $0 == subcommand.rawValue } }
    return first?.summary ?? ""
  }
}
