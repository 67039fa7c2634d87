import Foundation
import Testing

@testable import Shell

/// Long work can be stopped: then nothing has been done, and nothing is claimed.
@Suite struct InterruptionTests {
  /// Whether the user has had enough.
  private final class Will: @unchecked Sendable {
    private let lock = NSLock()
    private var wish = true

    var goesOn: Bool {
      get { lock.withLock { wish } }
      set { lock.withLock { wish = newValue } }
    }
  }

  private static func session(_ commands: [String], _ will: Will) -> Tutor {
    var session = Tutor(designs: designs, goOn: { _ in will.goesOn })
    for command in commands { session.do(command) }
    return session
  }

  /// Stops the last command; then it is as if it had never been given, and can be given again.
  private static func expectStopped(_ command: String, after commands: [String]) {
    let will = Will()
    var session = session(commands, will)
    let before = session
    will.goesOn = false
    #expect(session.obey(command).failure?.code == "interrupted")
    expectSame(session.scene, before.scene, command)
    #expect(session.history.steps.map(\.command) == before.history.steps.map(\.command))
    will.goesOn = true
    #expect(session.obey(command).isOK)
  }

  @Test(arguments: ["send 20000 static", "wait 3h", "capacity read"])
  func `what takes long can be stopped`(_ command: String) {
    InterruptionTests.expectStopped(command, after: [])
  }

  @Test(arguments: ["spof", "availability", "compare textbook secured"])
  func `looking can be stopped`(_ command: String) {
    InterruptionTests.expectStopped(command, after: [])
  }

  @Test(arguments: ["audit", "attack scan"]) func `looking at many hosts can be stopped`(_ command: String) {
    InterruptionTests.expectStopped(command, after: (1...60).map { "add server s-\($0)" })
  }

  @Test func `doing again can be stopped`() {
    InterruptionTests.expectStopped("redo", after: ["wait 3h", "undo"])
  }

  @Test func `going back can be stopped where steps are taken again for it`() {
    // Of so many steps every second one has no copy, but for the youngest.
    InterruptionTests.expectStopped("undo 48", after: Array(repeating: "wait 3h", count: 51))
    InterruptionTests.expectStopped("undo 50", after: Array(repeating: "wait 3h", count: 51))
  }

  @Test(arguments: ["why last", "trace write"])
  func `looking for what would have saved a request can be stopped`(_ command: String) {
    InterruptionTests.expectStopped(command, after: ["break server-1.mysql", "send 1 write"])
  }
}
