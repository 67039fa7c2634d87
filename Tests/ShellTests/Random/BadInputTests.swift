import Foundation
import Testing

@testable import Shell

/// Any input has one reply and causes no crash. A refused line changes nothing.
@Suite struct BadInputTests {
  /// Stops work at every fourth question whether to continue. Only short work can finish.
  private final class WorkLimiter: @unchecked Sendable {
    private let lock = NSLock()
    private var questionCount = 0

    func shouldContinue() -> Bool {
      lock.withLock {
        questionCount += 1
        return questionCount % 4 != 0
      }
    }
  }

  private static func session() -> TypedSession {
    let files = Files(["a.tripod": "add server\nsend 3\n", "b.tripod": "\u{0}\n;;;\n\"\n"])
    let limiter = WorkLimiter()
    var session = TypedSession(
      designs: [
        Document(name: "one", text: "new\nadd server s1"),
        Document(name: "two", text: "new\nbreak everything"),
      ], files: files)
    session.session.session.limits.shouldContinue = { _ in limiter.shouldContinue() }
    session.do("new; add server s1; add server s2")
    return session
  }

  /// Obeys each command of the line, and checks every reply.
  private static func play(_ line: String, _ session: inout TypedSession) {
    for command in Tutor.commands(in: line) {
      let before = session.loadedSite
      let reply = session.obey(command)
      check(reply, command)
      if !reply.isOK { expectSame(session.loadedSite, before, command) }
    }
  }

  private static func check(_ reply: Reply, _ command: String) {
    #expect(reply.json["schema"] == .integer(1), "\(command)")
    #expect(reply.json["ok"] == .flag(reply.isOK), "\(command)")
    #expect((reply.json["error"] != nil) == (reply.failure != nil), "\(command)")
    #expect(
      isPrintable(reply.text + (reply.failure?.message ?? "") + (reply.failure?.hint ?? "")), "\(command)")
    if let position = reply.failure?.position { #expect(position.upperBound <= command.count, "\(command)") }
    let text = reply.json.text
    #expect(!text.utf8.contains { $0 < 32 }, "\(command)")
    #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8))) is [String: Any], "\(command)")
  }

  /// Returns whether a text has no control characters except line endings.
  private static func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { ($0.value >= 32 || $0 == "\n") && !(127..<160).contains($0.value) }
  }

  @Test(arguments: 1...40) func `random bytes`(_ seed: UInt64) {
    var dice = Dice(seed)
    var session = BadInputTests.session()
    for _ in 0..<25 {
      let bytes = (0..<dice.roll(60)).map { _ in UInt8(dice.roll(256)) }
      BadInputTests.play(String(decoding: bytes, as: UTF8.self), &session)
    }
  }

  @Test(arguments: 101...140) func `random characters after a command`(_ seed: UInt64) {
    var dice = Dice(seed)
    var session = BadInputTests.session()
    let alphabet = Array(
      " \t\"#;,.=-/%0123456789abcdefghijklmnopqrstuvwxyzABCé\u{301}\u{200D}👩\u{202E}\u{0}\u{7F}\u{85}\u{FFFD}\r\n"
    )
    for _ in 0..<25 {
      let rest = String((0..<dice.roll(40)).map { _ in dice.pick(alphabet) })
      BadInputTests.play("\(dice.pick(Command.all).name) \(rest)", &session)
    }
  }

  @Test(arguments: 201...260) func `random grammar`(_ seed: UInt64) {
    var grammar = RandomGrammar(seed: seed)
    var session = BadInputTests.session()
    for _ in 0..<40 { BadInputTests.play(grammar.line(on: session.loadedSite.simulation.topology), &session) }
  }

  @Test func `most lines of the random grammar are obeyed or refused for a specific reason`() {
    var codes: Set<String> = []
    var acceptedVerbs: Set<String> = []
    for seed in 201...680 as ClosedRange<UInt64> {
      var grammar = RandomGrammar(seed: seed)
      var session = BadInputTests.session()
      for _ in 0..<40 {
        let reply = session.obey(grammar.line(on: session.loadedSite.simulation.topology))
        if let failure = reply.failure {
          codes.insert(failure.code)
        } else {
          acceptedVerbs.insert(reply.verb)
        }
      }
    }
    // These commands first need a held request, a fault or a lesson.
    let commandsWithPrecondition =
      ["release", "repair", "rebuild"] + Command.all.filter { $0.group == .learn }.map(\.name)
    let untestedCommands = Set(Command.all.map(\.name)).subtracting(acceptedVerbs).subtracting(
      commandsWithPrecondition)
    // A claim needs a sentence in quotation marks, and a comparison takes long.
    #expect(untestedCommands.subtracting(["claim", "compare", "availability"]) == [])
    #expect(codes.count >= 20)
  }

  @Test(arguments: [
    "a", "a ", "é", "\"", ";", "#", "send ", "whatif ", "whatif;", "=", ",", "\u{0}", "e\u{301}", "9", "(",
    "whatif whatif ",
  ])
  func `a line of a megabyte`(_ piece: String) {
    var session = BadInputTests.session()
    let line = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    let before = session.loadedSite
    let reply = session.obey(line)
    #expect(reply.failure?.message == "the line is longer than 262144 bytes")
    #expect(reply.json.text.utf8.count < 2_000)
    expectSame(session.loadedSite, before)
  }

  @Test(arguments: [
    "a", "a ", "é", "\"", "\"\" ", "=", ",", "\u{0}", "e\u{301}", "9", "a,", "1.", "/,", "-", "10.0.0.1,",
  ])
  func `the longest line that is read`(_ piece: String) {
    for command in [
      "", "send ", "send from ", "send to ", "set s1 weight ", "hold ", "add server s3 with ", "load ",
      "wait ",
    ] {
      var session = BadInputTests.session()
      let line = command + String(repeating: piece, count: (262_144 - command.utf8.count) / piece.utf8.count)
      let reply = session.obey(line)
      #expect(reply.verb.utf8.count < 1_000)
      #expect((reply.failure?.message.utf8.count ?? 0) < 1_000)
    }
  }

  @Test func `nested whatif is refused at some depth`() {
    var session = BadInputTests.session()
    let line = String(repeating: "whatif ", count: 1_000) + "show"
    #expect(session.obey(line).failure?.code == "nested")
  }
}
