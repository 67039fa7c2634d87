import Foundation
import Inspector
import Testing

@Suite struct JSONLineTests {
  static let commands = [
    "show", "send 2 read", "  wait   1s  ", "nonsense", "send many", "break nobody", "help",
  ]

  @Test(arguments: commands) func `every command is answered by one line that repeats it`(command: String)
    throws
  {
    let outcome = try BuiltProgram().run(["--json", "-c", command])
    let objects = try objects(in: outcome.out)
    #expect(objects.map { $0["command"] as? String } == [command.trimmingCharacters(in: .whitespaces)])
    #expect(objects.map { $0["schema"] as? Int } == [1])
    #expect(outcome.out.last == "\n" && objects.first?["time_ms"] is Double)
  }

  @Test func `a refused command says why in JSON and in words`() throws {
    let outcome = try BuiltProgram().run("tripod --json --drawing unicode -c nonsense")
    let error = try objects(in: outcome.out).first?["error"] as? [String: Any]
    let message = try #require(error?["message"] as? String)
    #expect(error?["code"] as? String == "unknown-command")
    #expect(outcome.err.hasPrefix("-c:1: \(message)\n"))
  }

  @Test(arguments: ["\u{9B}", "\u{7F}", "\u{202E}", "\u{2066}", "\u{61C}"])
  func `JSON has no control characters, and still repeats the command`(_ mark: String) throws {
    let outcome = try BuiltProgram().run(["--json", "-c", "show a\(mark)b"])
    #expect(!outcome.out.unicodeScalars.contains(mark.unicodeScalars.first ?? " "))
    #expect(try objects(in: outcome.out).map { $0["command"] as? String } == ["show a\(mark)b"])
  }
}
