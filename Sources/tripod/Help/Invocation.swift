/// A way to call the program. The help and the manual page both use the table of invocations.
struct Invocation {
  /// The words after the program's name, with placeholders in capitals.
  let words: String
  let summary: String

  static let all = [
    Invocation(words: "", summary: "start the shell, or run commands from standard input"),
    Invocation(words: "-c 'CMD; CMD'", summary: "run commands and exit"),
    Invocation(words: "run FILE [FILE ...]", summary: "run scripts (-: standard input)"),
    Invocation(words: "learn [LESSON]", summary: "start the shell in a lesson (default: where you left off)"),
    Invocation(
      words: "present LESSON", summary: "show a lesson to a class, step by step"),
    Invocation(
      words: "test [PATH ...]", summary: "test lessons and designs (default: the built-in ones)"),
    Invocation(words: "lesson new NAME", summary: "write a small lesson to begin with"),
    Invocation(words: "lesson watch FILE", summary: "test a lesson again on each save"),
    Invocation(words: "lesson show LESSON", summary: "print the page of a lesson"),
    Invocation(
      words: "lesson show ID --sheet", summary: "print a lesson as a worksheet (--key: with the answers)"),
    Invocation(
      words: "test --report FILE ...", summary: "check and summarise the exported progress of a class"),
    Invocation(words: "designs | lessons", summary: "list the built-in designs or lessons"),
    Invocation(words: "man", summary: "print the manual page"),
    Invocation(words: "completions SHELL", summary: "print the completion script for bash, zsh or fish"),
    Invocation(words: "help", summary: "print this help"),
  ]

  /// Returns the summary of the first invocation with the subcommand.
  static func summary(of subcommand: Subcommand) -> String {
    let first = all.first { $0.words.split { " |".contains($0) }.contains { $0 == subcommand.rawValue } }
    return first?.summary ?? ""
  }
}
