import Foundation
import Testing

/// The files that Tripod stores between runs: where they are, and who can read them.
@Suite struct StateTests {
  /// A command line that prints the permissions of all stored files and folders.
  private static let modes = "cd state/tripod && stat -c '%a %n' . history progress sites sites/*"

  @Test func `stored files that other users could read are made private`() throws {
    let tripod = try BuiltProgram()
    let outcome = try tripod.run(
      """
      export XDG_STATE_HOME="$PWD/state"; mkdir -p state/tripod/sites; umask 022
      tripod learn tour -c hint > said; echo 'send 1' > state/tripod/history
      printf 'tripod 1\nstep send 1\n' > state/tripod/sites/1-1; chmod 755 state/tripod state/tripod/sites
      chmod 644 state/tripod/*s state/tripod/history state/tripod/sites/1-1; chmod 755 state/tripod/sites
      """)
    #expect(outcome == Outcome(0))
    let terminal = try Terminal(
      environment: ["XDG_STATE_HOME": tripod.folder.appending(path: "state").path], in: tripod)
    terminal.readPrompt()
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
    #expect(
      try tripod.run(StateTests.modes).out
        == "700 .\n600 history\n600 progress\n700 sites\n600 sites/1-1\n")
  }

  @Test func `a script makes stored files private too`() throws {
    let outcome = try BuiltProgram().run(
      """
      export XDG_STATE_HOME="$PWD/state"; tripod learn tour -c hint > said
      chmod 755 state/tripod; chmod 644 state/tripod/progress; tripod learn tour -c progress > said
      stat -c %a state/tripod state/tripod/progress
      """)
    #expect(outcome == Outcome(0, out: "700\n600\n"))
  }

  @Test func `a file that cannot be made private is reported once, with the reason`() throws {
    let tripod = try BuiltProgram()
    let outcome = try tripod.run(
      """
      export XDG_STATE_HOME="$PWD/state"; mkdir -p state/tripod
      ln -s /proc/sys/kernel/ostype state/tripod/history; tripod learn tour -c hint -c hint > said
      """)
    #expect(
      outcome
        == Outcome(
          0,
          err:
            "tripod: other users can read \(tripod.folder.path)/state/tripod/history, and this cannot be changed: permission is denied\n"
        ))
  }

  @Test(arguments: [["HOME": "home", "XDG_STATE_HOME": ""], ["HOME": "home", "XDG_STATE_HOME": "state"]])
  func `a relative path is not used for the state folder`(_ environment: [String: String]) throws {
    let tripod = try BuiltProgram()
    let assignments = environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    let outcome = try tripod.run(
      "mkdir home state; \(assignments) tripod learn tour -c hint; find home state")
    #expect(outcome.out.contains("Progress not kept: neither XDG_STATE_HOME nor HOME names a folder"))
    #expect(outcome.out.hasSuffix("home\nstate\n"))
  }
}
