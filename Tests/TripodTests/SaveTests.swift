import Testing

/// Files that commands write and read, tested with the built program.
@Suite struct SaveTests {
  @Test func `a saved site is a script that builds it again`() throws {
    let line =
      "tripod -c 'load balancer-pair; save one'; tripod -c 'new; load one; save two'; cmp one two && ls -A1 | grep -v '^[.]\\(out\\|err\\)$'"
    #expect(try BuiltProgram().run("(\(line)) | tail -n 2") == Outcome(0, out: "one\ntwo\n"))
  }

  @Test func `an overwritten file keeps its mode, and a link stays a link`() throws {
    let line =
      "touch real; chmod 640 real; ln -s real link; tripod -c 'save link' > /dev/null; stat -c '%F %a' link real"
    #expect(try BuiltProgram().run(line) == Outcome(0, out: "symbolic link 777\nregular file 640\n"))
  }

  static let failures: [(command: String, reason: String)] = [
    ("save nowhere/x", "there is no such folder"),
    ("save d", "it is a directory"),
    ("save /dev/full", "there is no space left"),
    ("load d", "it is a directory"),
    ("source missing", "there is no such file"),
    ("load /dev/zero", "it is larger than 64 MiB"),
  ]

  @Test(arguments: failures) func `an unavailable file is a failed command with the reason`(
    command: String, reason: String
  ) throws {
    let outcome = try BuiltProgram().run("mkdir d; tripod -c '\(command)'")
    #expect(outcome.err.hasPrefix("-c:1: ") && outcome.err.contains(reason))
    #expect(outcome.status == 1)
  }

  @Test func `a full disk keeps the old file, and nothing else`() throws {
    let line =
      "(ulimit -f 0; tripod -c 'save f') > /dev/null 2> /dev/null; echo $?; cat f; ls -A | grep -c tripod-"
    #expect(try BuiltProgram().run("echo before > f; \(line)") == Outcome(1, out: "1\nbefore\n0\n"))
  }
}
