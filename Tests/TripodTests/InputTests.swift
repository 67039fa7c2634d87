import Foundation
import Testing

@Suite struct InputTests {
  static let unreadable: [(line: String, sentence: String)] = [
    ("tripod run missing", "missing: there is no such file"),
    ("tripod run ''", ": there is no such file"),
    ("mkdir d; tripod run d", "d: it is a directory"),
    ("touch f; tripod run f/g", "f/g: part of its path is not a directory"),
    ("truncate -s 65M f; tripod run f", "f: it is larger than 64 MiB"),
    ("tripod < .", "standard input: it is a directory"),
    ("tripod <&-", "standard input: it is closed"),
    ("mkdir d; tripod run - < d", "standard input: it is a directory"),
    ("yes '# filler' | head -c 70000000 > f; truncate -s 0 g; tripod run g f", "f: it is larger than 64 MiB"),
  ]

  @Test(arguments: unreadable) func `an unreadable file is named, with the reason`(
    line: String, sentence: String
  ) throws {
    #expect(try BuiltProgram().run(line) == Outcome(2, err: "tripod: cannot read \(sentence)\n"))
  }

  @Test(.enabled(if: getuid() != 0)) func `a file that may not be read is named`() throws {
    let outcome = try BuiltProgram().run("touch f; chmod 0 f; tripod run f")
    #expect(outcome == Outcome(2, err: "tripod: cannot read f: permission is denied\n"))
  }

  @Test func `a line that is too long is refused, and the lines after it run`() throws {
    let lines = "(echo show clock; head -c 3000000 /dev/zero | tr '\\0' ';'; echo; echo show clock)"
    let outcome = try BuiltProgram().run("\(lines) | tripod --json --keep-going")
    let replies = outcome.out.split(separator: "\n")
    #expect(try verdicts(in: outcome.out) == [true, false, true])
    #expect(replies.dropFirst().first?.contains("\"code\":\"bad-input\"") == true)
    #expect(outcome.status == 1)
    #expect(outcome.err.hasPrefix("-:2: "))
    #expect(try verdicts(in: BuiltProgram().run("\(lines) | tripod --json").out) == [true, false])
  }

  @Test func `nothing runs if one of the files cannot be read`() throws {
    #expect(try BuiltProgram().run("echo show > f; tripod run f missing 2> /dev/null") == Outcome(2))
  }

  @Test func `a script may be a pipe`() throws {
    let outcome = try BuiltProgram().run("mkfifo p; (echo show; echo send) > p & tripod --json run p")
    #expect(try verdicts(in: outcome.out) == [true, true])
  }

  @Test func `pipes are waited for`() throws {
    let source = try BuiltProgram().run(
      "mkfifo p; (sleep 0.3; echo 'show; send' > p) & tripod --json -c 'source p'")
    #expect(try verdicts(in: source.out) == [true])
    let save = try BuiltProgram().run(
      "mkfifo p; (sleep 0.3; cat p > there) & tripod -c 'new; save p' > said; wait; cat there")
    #expect(save == Outcome(0, out: "new\n# Written by Tripod\n"))
  }

  static let strange: [(name: String, bytes: [UInt8])] = [
    ("NUL bytes", [0, 0, 10]),
    ("NUL in a command", Array("send\u{0} 1\n".utf8)),
    ("invalid UTF-8", [0xff, 0xfe, 10]),
    ("half a character", Array("send ".utf8) + [0xe2, 0x82, 10]),
    ("a megabyte", [UInt8](repeating: 0x61, count: 1 << 20) + [10]),
    ("an escape", Array("\u{1b}[31m\n".utf8)),
  ]

  @Test(arguments: strange) func `an invalid line is refused, and the next one runs`(
    name: String, bytes: [UInt8]
  ) throws {
    let tripod = try BuiltProgram()
    try tripod.write(bytes + Array("show\n".utf8), to: "f")
    let outcome = try tripod.run("tripod --json --keep-going run f")
    #expect(try verdicts(in: outcome.out) == [false, true])
    #expect(positions(in: outcome.err) == ["f:1"])
    #expect(!outcome.err.contains("\u{1b}"))
    #expect(outcome.status == 1)
  }
}
