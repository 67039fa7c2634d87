import Blueprint
import Foundation
import Inspector
import Simulator
import Testing

@testable import Shell

/// Every error message about a wrong line.
@Suite struct ErrorMessageTests {
  /// A wrong line, and its error message.
  struct WrongLine: Sendable, CustomTestStringConvertible {
    let line: String
    let code: String
    let message: String
    let hint: String
    /// The commands before the line, on a site with the servers s1 and s2.
    let before: [String]

    init(_ line: String, _ code: String, _ message: String, _ hint: String = "", after before: String...) {
      self.line = line
      self.code = code
      self.message = message
      self.hint = hint
      self.before = before
    }

    var testDescription: String { line.count > 80 ? "\(line.prefix(80))…" : line }
  }

  static let textErrors = [
    WrongLine(
      "send \u{1B}[2J", "bad-input", "the line contains characters that cannot be printed",
      "type it again with letters, digits and signs only"),
    WrongLine(
      "send \u{FFFD}", "bad-input", "the line contains characters that cannot be printed",
      "type it again with letters, digits and signs only"),
    WrongLine(
      "send \u{85}", "bad-input", "the line contains characters that cannot be printed",
      "type it again with letters, digits and signs only"
    ),
    WrongLine(
      "send " + String(repeating: "1", count: 262_140), "bad-input",
      "the line is longer than 262144 bytes",
      "split it into several lines"),
    WrongLine("save \"a b", "bad-input", "the quotation mark is not closed", "add a closing \""),
  ]

  static let wordErrors = [
    WrongLine(
      "frobnicate", "unknown-command", "unknown command “frobnicate”", "type `help` for the commands"),
    WrongLine("sned 3", "unknown-command", "unknown command “sned”", "did you mean `send`?"),
    WrongLine("brake server-1", "unknown-command", "unknown command “brake”", "did you mean `break`?"),
    WrongLine(
      "spof lb-1", "unexpected-word", "“lb-1” does not belong here", "did you mean `show stops(lb-1)`?"),
    WrongLine(
      "ALGORTIHM first", "unknown-command", "unknown command “ALGORTIHM”", "did you mean `algorithm`?"),
    WrongLine("help snd", "unknown-command", "unknown command “snd”", "did you mean `send`?"),
    WrongLine(
      "\(String(repeating: "x", count: 100))", "unknown-command",
      "unknown command “\(String(repeating: "x", count: 40))…”", "type `help` for the commands"),
    WrongLine(
      "re", "ambiguous", "“re” could mean remove, release, repair, rebuild, redo, reset, resume or review",
      "type more letters of the word"),
    WrongLine(
      "mode active-", "ambiguous", "“active-” could mean active-active or active-passive",
      "type more letters of the word"),
    WrongLine(
      "explain splt brain", "unknown-term", "there is no explanation of “splt brain”",
      "did you mean `split brain`?"),
    WrongLine("remove", "missing-word", "`remove` needs TARGET", "type `remove TARGET`"),
    WrongLine(
      "send 3 rate", "missing-word", "`send` needs R/s",
      "type `send [N] [KIND] [mix [KIND=N…]] [rate R/s] [from IP[,IP…]] [to PATH[,PATH…]]`"),
    WrongLine(
      "whatif", "missing-word", "`whatif` needs COMMAND; COMMAND …", "type `whatif COMMAND; COMMAND …`"),
    WrongLine("quit now", "unexpected-word", "“now” is one word too many", "did you mean `quit`?"),
    WrongLine("quit 7", "unexpected-word", "“7” is one word too many", "type `quit`"),
    WrongLine("add servr s3", "unexpected-word", "“servr” does not belong here", "did you mean `server`?"),
    WrongLine(
      "add server s3 wieght 2", "unexpected-word", "“wieght” does not belong here", "did you mean `weight`?"),
    WrongLine(
      "send 1 form 10.0.0.1", "unexpected-word", "“form” does not belong here", "did you mean `from`?"),
    WrongLine(
      "trace fast", "unexpected-word", "“fast” does not belong here",
      "type `trace [KIND] [from IP[,IP…]] [to PATH[,PATH…]]`"),
    WrongLine(
      "algorithm rounrobin", "unreadable",
      "“rounrobin” is not roundrobin, static-rr, leastconn, first, source, uri or random",
      "did you mean `roundrobin`?"),
    WrongLine(
      "add server s3 with nginx,ap", "unreadable", "“ap” is not nginx, app, files, mysql or store",
      "did you mean `app`?"),
    WrongLine("send 1 from 10.0.0", "unreadable", "“10.0.0” is not an address such as 10.0.0.1"),
    WrongLine("send 1 from 10.0.0.256", "unreadable", "“10.0.0.256” is not an address such as 10.0.0.1"),
    WrongLine("send 1 to index.html", "unreadable", "“index.html” is not a path such as /index.html"),
    WrongLine("send 1 rate 5x", "unreadable", "“5x” is not a rate such as 150/s"),
    WrongLine("send 1 mix read=x", "unreadable", "“read=x” is not a share in percent such as read=90"),
    WrongLine(
      "send 1 mix read=50", "unreadable", "the shares of the mix add up to 50, not 100",
      "type `mix read=90 write=10`"),
    WrongLine("undo -1", "unreadable", "“-1” is not a number from 1 to 1000"),
    WrongLine("send 1e3", "unreadable", "“1e3” is not a number from 0 to 1000000000"),
    WrongLine(
      "wait 5", "unreadable", "“5” is not a length of time such as 500ms, 2s or 1m30s",
      "did you mean `wait 5s`?"),
    WrongLine("undo 0", "out-of-range", "“0” is out of range", "type a value from 1 to 1000"),
    WrongLine(
      "send 1000000001", "out-of-range", "“1000000001” is out of range", "type a value from 0 to 1000000000"),
    WrongLine(
      "send 99999999999999999999", "out-of-range", "“99999999999999999999” is out of range",
      "type a value from 0 to 1000000000"),
    WrongLine(
      "send 1 rate 0/s", "out-of-range", "“0/s” is out of range", "type a value from 0.000001/s to 1000000/s"),
    WrongLine("wait 401d", "out-of-range", "“401d” is out of range", "type a value from 0s to 400d"),
  ]

  static let componentErrors = [
    WrongLine("remove s3", "unknown-component", "there is no “s3” on this site", "did you mean `s1`?"),
    WrongLine(
      "remove nothing-at-all", "unknown-component", "there is no “nothing-at-all” on this site",
      "possible here: lb-1, s1 and s2"),
    WrongLine(
      "set s1.mysq lag 1s", "unknown-component", "there is no “s1.mysq” on this site",
      "did you mean `s1.mysql`?"),
    WrongLine(
      "set s1.haproxy retries 1", "unknown-component", "there is no “s1.haproxy” on this site",
      "possible here: s1.nginx, s1.app, s1.files and s1.mysql"),
    WrongLine(
      "show s1.a.b", "unknown-component", "there is no “s1.a.b” on this site", "did you mean `s1.app`?"),
    WrongLine("add server s1", "name-taken", "the name “s1” is taken", "choose another name"),
    WrongLine("add balancer s1", "name-taken", "the name “s1” is taken", "choose another name"),
    WrongLine(
      "new Big", "unfit-name", "“Big” is not a valid name",
      "a name is a small letter, then small letters, digits and single hyphens"),
    WrongLine(
      "add server site", "unfit-name", "“site” has a meaning of its own in commands", "choose another name"),
    WrongLine(
      "add server a--b", "unfit-name", "“a--b” is not a valid name",
      "a name is a small letter, then small letters, digits and single hyphens"),
    WrongLine(
      "remove lb-1", "needed", "lb-1 is the only balancer, and users need one", "type `add balancer` first"),
    WrongLine(
      "remove s1", "needed", "s1 has the primary, and s2 replicates from it",
      "type `promote s2` first, or remove the replicas"),
    WrongLine(
      "remove s1.mysql", "needed", "s1 has the primary, and s2 and r1 replicate from it",
      "type `promote s2` first, or remove the replicas", after: "add replica r1"),
    WrongLine(
      "remove r1.mysql", "needed", "r1.mysql is the only component on r1",
      "type `remove r1` to remove the host", after: "add replica r1"),
    WrongLine(
      "add tls s1", "not-a-balancer", "s1 is not a balancer, so users do not connect to it",
      "type `add tls` for the balancer"),
    WrongLine(
      "algorithm uri", "blind-balancer", "lb-1 passes TLS through, so it cannot read the path",
      "type `add tls lb-1 to-servers` first, or choose another algorithm", after: "add tls through"),
    WrongLine("add firewall s9", "unknown-component", "there is no “s9” on this site", "did you mean `s1`?"),
    WrongLine(
      "add firewall s1.app", "unknown-component", "there is no “s1.app” on this site", "did you mean `s1`?"),
    WrongLine(
      "add firewall s1 alow 80 from lb-1", "unexpected-word", "“alow” does not belong here",
      "did you mean `allow`?"),
    WrongLine(
      "add firewall s1 allow 80", "missing-word", "`add` needs `from`",
      "type `add firewall [HOST] [(allow PORT[,PORT…] from SOURCE)|(deny WHOM)…]`"),
    WrongLine("add firewall s1 allow 0 from lb-1", "unreadable", "“0” is not a port such as 80, or vrrp"),
    WrongLine(
      "add firewall s1 allow 80 from lb-9", "unknown-component", "there is no “lb-9” on this site",
      "did you mean `lb-1`?"),
    WrongLine(
      "add monitor s1 alert lagg > 3", "unreadable",
      "“lagg” is not availability, qps, utilisation, queue, lag, certificate or disk", "did you mean `lag`?"),
    WrongLine("add monitor s1 alert lag > x", "unreadable", "“x” is not a number such as 90 or 0.5"),
    WrongLine("attack sniff s1", "unreadable", "“s1” is not a link such as internet--lb-1"),
    WrongLine("attack scan s9", "unknown-component", "there is no “s9” on this site", "did you mean `s1`?"),
    WrongLine(
      "mode active-passive balancers", "one-balancer", "there is only one balancer",
      "type `add balancer` first"),
    WrongLine(
      "set s1 cost 1ms", "which-part", "several components of s1 have the setting cost",
      "name one: s1.nginx, s1.app or s1.mysql"),
    WrongLine("set s1 wieght 3", "unknown-key", "s1 has no setting “wieght”", "did you mean `weight`?"),
    WrongLine(
      "set s1.app nothing 3", "unknown-key", "s1.app has no setting “nothing”",
      "its settings: workers, cost, queue and blocking"),
    WrongLine(
      "set site colour red", "unknown-key", "site has no setting “colour”",
      "its settings: service, patience, seed, mtbf-host, mttr-host, mtbf-haproxy, mttr-haproxy, mtbf-nginx, mttr-nginx, mtbf-app and 7 more"
    ),
    WrongLine(
      "set lb-1 retries many", "unfit-value", "“many” is not a value of retries",
      "type a number from 0 to 100"),
    WrongLine(
      "set lb-1 check icmp", "unfit-value", "“icmp” is not a value of check", "type off, tcp or http"),
    WrongLine(
      "set lb-1 redispatch maybe", "unfit-value", "“maybe” is not a value of redispatch", "type on or off"),
    WrongLine(
      "set s1 weight 257", "unfit-value", "“257” is not a value of weight",
      "type a weight from 0 to 256, or a percentage such as 50%"),
    WrongLine(
      "set s1 maxconn 0", "unfit-value", "“0” is not a value of maxconn",
      "type a number from 1 to 1000000, or none"),
    WrongLine(
      "set s1.app cost 2", "unfit-value", "“2” is not a value of cost",
      "type a length of time from 0s to 400d, such as 2s"),
    WrongLine(
      "set s1 weight 3", "fixed-weights", "with source, a weight can only be 0% or 100% of its first value",
      "type `algorithm roundrobin` to allow any weight", after: "algorithm source"),
    WrongLine(
      "algorithm leastconn consistent", "not-hashed", "leastconn does not hash, so it cannot be consistent",
      "`consistent` works with source and uri"),
  ]

  static let commandErrors = [
    WrongLine(
      "load nowhere", "unknown-design", "“nowhere” is not a design, and as a file: no such file",
      "designs: textbook"),
    WrongLine(
      "load textbok", "unknown-design", "“textbok” is not a design, and as a file: no such file",
      "did you mean `textbook`?"),
    WrongLine("source nowhere", "file", "“nowhere”: no such file"),
    WrongLine("save /etc/site", "file", "“/etc/site”: read-only"),
    WrongLine("source wrong", "unknown-component", "wrong:2: there is no “s9” on this site"),
    WrongLine("load wrong", "unknown-component", "wrong:2: there is no “s9” on this site"),
    WrongLine("source again", "nested", "again:1: `source` is nested too deeply".nested(15, "again:1: ")),
    WrongLine(
      "whatif send 1; remove s9", "unknown-component", "remove s9: there is no “s9” on this site",
      "did you mean `s1`?"),
    WrongLine(
      "hold a a", "already-held", "a held request has the name “a” already",
      "choose another name, or type `release a`"),
    WrongLine(
      "hold a", "already-held", "a held request has the name “a” already",
      "choose another name, or type `release a`", after: "hold a"),
    WrongLine("release a", "not-held", "no held request has the name “a”", "type `hold a` first"),
    WrongLine(
      "release b", "not-held", "no held request has the name “b”", "held requests: a and c", after: "hold a c"
    ),
    WrongLine("why 99", "no-request", "request “99” is not in the log", "type `send 4` first"),
    WrongLine("why last", "no-request", "no request has been sent", "type `send 4` first"),
    WrongLine(
      "why last failed", "no-request", "no request has failed", "`why last` explains the last request",
      after: "send 1"),
    WrongLine("redo", "nothing-to-redo", "there is nothing to redo"),
    WrongLine("undo", "nothing-to-undo", "there is nothing to undo", after: "undo 5"),
    WrongLine("assert nothing(", "fact", "there is no fact “nothing”", "`show facts` lists them"),
    WrongLine("assert spofs(", "fact", "the fact ends too soon", "`show facts` lists all facts"),
    WrongLine("assert 1 == 2", "refuted", "1 == 2 does not hold: it is false", "show 1 == 2"),
    WrongLine("whatif lesson tour", "not-now", "lesson tour: start a lesson at the prompt", "lesson tour"),
    WrongLine(
      "show", "fog", "the fog hides what `show` would show",
      "`send`, `wait` and `alerts` show what users see; `fog off` lifts the fog", after: "fog on"),
    WrongLine("fog off", "not-now", "there is no fog", "type `fog on`"),
    WrongLine("resume", "nothing-left", "there is nothing to resume", "type `home` to see what you left"),
    WrongLine("answer 3", "no-lesson", "you are not in a lesson", "type `lessons` for the list"),
    WrongLine("lesson tuor", "unknown-lesson", "there is no lesson “tuor”"),
  ]

  static let failureErrors = [
    WrongLine("break s9", "unknown-component", "there is no “s9” on this site", "did you mean `s1`?"),
    WrongLine(
      "break s1 explode", "unexpected-word", "“explode” does not belong here",
      "possible here: crash, restart, hang, slow, power, cut, bad-release, disk-full and expired"),
    WrongLine("break s1 hnag", "unexpected-word", "“hnag” does not belong here", "did you mean `hang`?"),
    WrongLine(
      "break s1.files crash", "unfit-fault", "s1.files cannot have the fault crash",
      "possible here: bad-release"),
    WrongLine(
      "break s1.nginx disk-full", "unfit-fault", "s1.nginx cannot have the fault disk-full",
      "possible here: crash, restart, hang, slow and cut"),
    WrongLine(
      "break s1", "broken-already", "s1 already has the fault power", "type `repair s1` to remove it",
      after: "break s1"),
    WrongLine("repair s1", "not-broken", "s1 has no fault", "nothing on this site has a fault"),
    WrongLine(
      "repair s1", "not-broken", "s1 has no fault", "these have faults: s2 and s1--s2", after: "break s2",
      "break s1--s2"),
    WrongLine(
      "promote lb-1", "no-database", "lb-1 has no database node", "type `show database` for the nodes"),
    WrongLine("promote s1", "primary-already", "s1.mysql is already the primary"),
    WrongLine(
      "promote s2", "node-down", "s2.mysql is not running", "repair it first", after: "break s2.mysql"),
    WrongLine(
      "rebuild s1", "no-primary", "s1.mysql reaches no other primary that it could copy",
      "promote another node first"),
    WrongLine("rebuild s2", "follows-already", "s2.mysql is already a replica"),
    WrongLine(
      "wait until lb-1 up", "not-a-server", "no balancer sends requests to lb-1",
      "type `show servers` for the servers"),
    WrongLine(
      "wait until s1 down", "no-checks", "health checks are off, so no server is marked UP or DOWN",
      "type `set lb-1 check http` first"),
    WrongLine(
      "wait until s1 down", "never-came", "s1 was not marked DOWN within an hour",
      "the site is as it was before", after: "set lb-1 check tcp"),
    WrongLine(
      "at 1s send 3", "not-for-later", "`at` cannot run `send` later",
      "these can run later: break, repair, promote, rebuild, set, add, remove, algorithm and mode"),
    WrongLine("at 1s brek s1", "unknown-command", "brek s1: unknown command “brek”", "did you mean `break`?"),
    WrongLine("chaos 0s", "out-of-range", "“0s” is out of range", "type a value from 1s to 1d"),
  ]

  @Test(arguments: textErrors + wordErrors + componentErrors + commandErrors + failureErrors)
  func `each wrong line has its error message`(
    _ wrong: WrongLine
  ) {
    let files = Files(["wrong": "wait 1s\nset s9 weight 2\n", "again": "source again"])
    var session = TypedSession(designs: [Document(name: "textbook", text: "new")], files: files)
    session.do("new; add server s1; add server s2")
    for command in wrong.before { session.do(command) }
    let failure = session.obey(wrong.line).failure
    #expect(failure?.code == wrong.code)
    #expect(failure?.message == wrong.message)
    #expect(failure?.hint == wrong.hint)
  }

  /// Errors that take a test too long to cause.
  @Test(arguments: [
    (
      Complaint.timeLimit,
      Failure(code: "interrupted", message: "stopped; nothing has changed", hint: "")
    ),
    (
      .problem(.interrupted, nil),
      Failure(code: "interrupted", message: "stopped; nothing has changed", hint: "")
    ),
    (
      .problem(.tooManyHosts(100_000), nil),
      Failure(code: "too-many", message: "a site can have at most 100000 hosts", hint: "")
    ),
    (
      .problem(.tooMany("requests", limit: 5), nil),
      Failure(code: "out-of-range", message: "too many requests", hint: "the limit is 5")
    ),
    (
      .problem(.noComponents, nil),
      Failure(
        code: "nothing-carried", message: "a server needs at least one component",
        hint: "type `with nginx,app,files,mysql`")
    ),
    (
      .problem(.unsuitableForServer(.haproxy), nil),
      Failure(code: "unfit", message: "a server cannot have haproxy", hint: "did you mean `add balancer`?")
    ),
    (
      .problem(.unknownHost("s9"), nil),
      Failure(code: "unknown-component", message: "there is no “s9” on this site", hint: "")
    ),
    (
      .problem(.missingComponent(.app, host: "s9"), nil),
      Failure(code: "unknown-component", message: "s9 has no app", hint: "")
    ),
  ])
  func `each special error has its message`(_ complaint: Complaint, _ failure: Failure) {
    #expect(Sentences.failure(for: complaint) == failure)
  }

  @Test func `every code is in the tables`() throws {
    let package = testFolder.deletingLastPathComponent().deletingLastPathComponent()
    let source = try String(
      contentsOf: package.appendingPathComponent("Sources/Shell/Language/Sentences.swift"), encoding: .utf8)
    let codes = Set(source.matches(of: /makeFailure\(\s*"([a-z-]+)"/).map { String($0.1) })
    let tables =
      ErrorMessageTests.textErrors + ErrorMessageTests.wordErrors + ErrorMessageTests.componentErrors
      + ErrorMessageTests.commandErrors
      + ErrorMessageTests.failureErrors
    let covered = Set(
      tables.map(\.code) + [
        "interrupted", "too-many", "no-database", "nothing-carried", "unfit",
        // These errors need a lesson, or a file from another person.
        "broken-lesson", "unchecked", "unreadable-answer", "exists", "out-of-reach", "too-much-work",
      ])
    #expect(codes.subtracting(covered) == [])
    #expect(covered.subtracting(codes) == [])
  }

  @Test func `an empty answer gets an example of an answer`() {
    var session = Tutor(designs: designs, lessons: lessons)
    session.do("lesson tour")
    #expect(
      session.obey("answer ???").failure
        == Failure(
          code: "unreadable-answer", message: "the answer has no words",
          hint: "Type the names, such as `lb-1, server-3.app`, or `none`."))
  }

  // MARK: Positions of errors

  @Test(arguments: [
    ("set s1 wieght 3", "wieght"), ("remove s9", "s9"), ("wait   5x", "5x"),
    ("add server s3 with nginx,ap", "nginx,ap"),
    ("hold a a", "a"), ("send 1 rate 0/s", "0/s"), ("frob", "frob"), ("save \"a b", "\"a b"),
    ("load nowhere", "nowhere"), ("break server 1", "server"), ("set lb-1 check yes", "yes"),
    ("algorithm rr", "rr"), ("load textbok", "textbok"), ("add server s1", "s1"),
    ("spof everything", "everything"), ("lesson tuor", "tuor"), ("send 3 read please", "please"),
  ])
  func `an error marks the word`(_ line: String, _ word: String) {
    var session = Tutor("new", "add server s1")
    let position = session.obey(line).failure?.position
    #expect(position.map { String(Array(line)[$0]) } == word)
  }

  @Test func `the reply to an error says that nothing was done`() {
    var session = Tutor("new")
    #expect(
      session.obey("  remove s9 ")
        == Reply(
          command: "remove s9", verb: "remove", lines: [],
          members: [
            JSON.Member(.schema, .integer(1)), JSON.Member(.command, .string("remove s9")),
            JSON.Member(.verb, .string("remove")), JSON.Member(.ok, .flag(false)),
            JSON.Member(.timeMs, .thousandths(0)), JSON.Member(.events, .array([])),
            JSON.Member(
              .error,
              .object([
                JSON.Member(.code, .string("unknown-component")),
                JSON.Member(.message, .string("there is no “s9” on this site")),
                JSON.Member(.hint, .string("did you mean `lb-1`?")),
              ])),
          ],
          failure: Failure(
            code: "unknown-component", message: "there is no “s9” on this site", hint: "did you mean `lb-1`?",
            position: 7..<9),
          effect: nil)
    )
  }
}

extension String {
  /// Returns the text after `count` copies of another text.
  fileprivate func nested(_ count: Int, _ before: String) -> String {
    String(repeating: before, count: count) + self
  }
}
