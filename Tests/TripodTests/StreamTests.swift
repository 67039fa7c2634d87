import Foundation
import Testing

/// The program when another program writes its input and reads its output.
@Suite struct StreamTests {
  @Test func `a reply arrives before the next line is sent`() throws {
    let (child, connection) = try start()
    var commands: [String?] = []
    for command in ["send 1", "nonsense", "show"] {
      connection.send("\(command)\n")
      commands += try objects(in: connection.receive(to: "\n")).map { $0["command"] as? String }
    }
    connection.send("quit\n")
    #expect(commands == ["send 1", "nonsense", "show"])
    #expect(child.waitForExit() == 1)
    connection.disconnect()
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGABRT])
  func `an internal error has its own exit status`(signal: Int32) throws {
    let (child, connection) = try start()
    connection.send("show\n")
    _ = connection.receive(to: "\n")
    kill(child.id, signal)
    #expect(child.waitForExit() == 70)
    connection.disconnect()
  }

  private func start() throws -> (Child, Connection) {
    let (connection, end) = Connection.pair()
    let words = [BuiltProgram.program.path, "--json", "--keep-going"]
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    let child = try Child(words, streams: .descriptors(input: end, output: end, error: null))
    return (child, connection)
  }
}
