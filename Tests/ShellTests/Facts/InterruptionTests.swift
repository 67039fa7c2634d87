import Foundation
import Testing

@testable import Shell

/// Long work can be stopped. Then the site is unchanged, and no result is reported.
@Suite struct InterruptionTests {
  /// Whether work may continue. Setting it to false stops the work.
  private final class WorkSwitch: @unchecked Sendable {
    private let lock = NSLock()
    private var isOn = true

    var shouldContinue: Bool {
      get { lock.withLock { isOn } }
      set { lock.withLock { isOn = newValue } }
    }
  }

  private static func session(_ commands: [String], _ workSwitch: WorkSwitch) -> Tutor {
    var session = Tutor(designs: designs, shouldContinue: { _ in workSwitch.shouldContinue })
    for command in commands { session.do(command) }
    return session
  }

  /// Stops the last command, checks that the site is unchanged, and then obeys the command again.
  private static func expectStopped(_ command: String, after commands: [String]) {
    let workSwitch = WorkSwitch()
    var session = session(commands, workSwitch)
    let before = session
    workSwitch.shouldContinue = false
    #expect(session.obey(command).failure?.code == "interrupted")
    expectSame(session.loadedSite, before.loadedSite, command)
    #expect(session.history.steps.map(\.command) == before.history.steps.map(\.command))
    workSwitch.shouldContinue = true
    #expect(session.obey(command).isOK)
  }

  @Test(arguments: ["send 20000 static", "wait 3h", "capacity read"])
  func `long work can be stopped`(_ command: String) {
    InterruptionTests.expectStopped(command, after: [])
  }

  @Test(arguments: ["spof", "availability", "compare textbook secured"])
  func `a search can be stopped`(_ command: String) {
    InterruptionTests.expectStopped(command, after: [])
  }

  @Test(arguments: ["audit", "attack scan"]) func `a search over many hosts can be stopped`(_ command: String)
  {
    InterruptionTests.expectStopped(command, after: (1...60).map { "add server s-\($0)" })
  }

  @Test func `redo can be stopped`() {
    InterruptionTests.expectStopped("redo", after: ["wait 3h", "undo"])
  }

  @Test func `undo can be stopped while it repeats steps`() {
    // In a long history, every other change is stored without a copy of the site, except the latest changes.
    let commands = (1...51).flatMap { ["set server-1 weight \($0)", "wait 3h"] }
    InterruptionTests.expectStopped("undo 48", after: commands)
    InterruptionTests.expectStopped("undo 50", after: commands)
  }

  @Test(arguments: ["why last", "trace write"])
  func `the search for a fix of a request can be stopped`(_ command: String) {
    InterruptionTests.expectStopped(command, after: ["break server-1.mysql", "send 1 write"])
  }
}
