import Foundation
import Testing

@Suite struct StreamTests {
  @Test func `a reply arrives before the next line is sent`() throws {
    let (child, wire) = try start()
    var commands: [String?] = []
    for command in ["send 1", "nonsense", "show"] {
      wire.send("\(command)\n")
      commands += try objects(in: wire.receive(to: "\n")).map { $0["command"] as? String }
    }
    wire.send("quit\n")
    #expect(commands == ["send 1", "nonsense", "show"])
    #expect(child.waitForExit() == 1)
    wire.hangUp()
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGABRT])
  func `an internal error has its own exit status`(signal: Int32) throws {
    let (child, wire) = try start()
    wire.send("show\n")
    _ = wire.receive(to: "\n")
    kill(child.id, signal)
    #expect(child.waitForExit() == 70)
    wire.hangUp()
  }

  private func start() throws -> (Child, Connection) {
    let (wire, end) = Connection.pair()
    let words = [BuiltProgram.program.path, "--json", "--keep-going"]
    let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
    let child = try Child(words, streams: .descriptors(input: end, output: end, error: null))
    return (child, wire)
  }
}
