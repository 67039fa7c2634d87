import Foundation
import Testing

/// The installed files: the manual page, and the completion scripts for command shells.
@Suite struct ManualTests {
  @Test func `the manual page has every option and is well formed`() throws {
    let help = try BuiltProgram().run("tripod --help").out
    let page = try BuiltProgram().run("tripod man")
    #expect(page.status == 0 && page.err.isEmpty && page.out.hasPrefix(".Dd "))
    let options = help.matches(of: /\n  (--[a-z-]+)/).map { String($0.1) }
    #expect(options.count > 10)
    let plain = page.out.replacing("\\", with: "")
    for option in options { #expect(plain.contains(option.dropFirst(2)), "\(option)") }
    for name in ["NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG", "XDG_STATE_HOME", "EDITRC"] {
      #expect(page.out.contains("Ev \(name)"), "\(name)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions know each option and subcommand`(_ shell: String) throws {
    let outcome = try BuiltProgram().run(["completions", shell])
    #expect(outcome.status == 0 && outcome.err.isEmpty)
    let words = [
      "run", "learn", "present", "auto", "test", "lesson", "lessons", "designs", "man", "completions", "json",
      "seed",
      "drawing",
      "fresh",
    ]
    for word in words { #expect(outcome.out.contains(word), "\(word)") }
  }

  @Test func `bash completes a subcommand`() throws {
    let outcome = try BuiltProgram().run(
      "tripod completions bash > c; bash -c '. ./c; COMP_WORDS=(tripod desi); COMP_CWORD=1; _tripod; echo ${COMPREPLY[@]}'"
    )
    #expect(outcome == Outcome(0, out: "designs\n"))
  }

  @Test func `every installed shell completes a lesson`() throws {
    let lines = [
      "bash": ". ./c; COMP_WORDS=(tripod learn to); COMP_CWORD=2; _tripod; echo ${COMPREPLY[@]}",
      "fish": "source c; complete -C 'tripod learn to'",
    ]
    for (shell, line) in lines where FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") {
      let outcome = try BuiltProgram().run(
        "tripod completions \(shell) > c; HOME=$PWD \(shell) -c \"\(line.replacing("$", with: "\\$"))\"")
      #expect(outcome == Outcome(0, out: "tour\n"), "\(shell)")
    }
  }

  @Test func `bash completes the words after a subcommand`() throws {
    let tripod = try BuiltProgram()
    let head =
      "touch mine.md; tripod completions bash > c; bash -c '. ./c; complete() { COMP_WORDS=(tripod \"$@\"); "
    let tail = "COMP_CWORD=$#; _tripod; echo ${COMPREPLY[@]}; }; "
    for (words, wanted) in [
      ("lesson sh", "show"), ("lesson show spo", "spof"), ("lesson watch mi", "mine.md"),
      ("test mi", "mine.md"),
      ("--json test mi", "mine.md"), ("completions fi", "fish"), ("--color al", "always"),
      ("--upd", "--update"),
    ] {
      #expect(
        try tripod.run("\(head)\(tail)complete \(words)'") == Outcome(0, out: wanted + "\n"), "\(words)")
    }
  }

  @Test func `other shells are refused`() throws {
    #expect(try BuiltProgram().run("tripod completions csh").status == 2)
  }
}
