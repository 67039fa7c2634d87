import Blueprint
import Facts
import Inspector
import Testing

@testable import Shell

/// The completions that Tab and `?` offer at the end of a line.
@Suite struct CompletionTests {
  private static func completion(of line: String, after commands: String...) -> Completion {
    var session = Tutor(designs: designs, lessons: lessons)
    for command in commands { session.do(command) }
    return session.completion(of: line)
  }

  @Test(
    arguments: [
      ("qu", ["quit"]),
      ("  QU", ["quit"]),
      ("re", ["remove", "release", "repair", "rebuild", "redo", "reset", "resume", "review"]),
      ("nothing", []),
      ("nothing ", []),
      ("send 3; qu", ["quit"]),
      ("send 3;", Command.all.map(\.name)),
      ("send 3 # qu", []),
      ("add ", ["server", "balancer", "replica", "firewall", "tls", "monitor"]),
      ("add s", ["server"]),
      ("ad se", ["server"]),
      ("add server x w", ["weight", "with"]),
      ("add server x weight 2 ", ["backup", "maxconn", "disabled", "with"]),
      ("add server x with ", ["nginx", "app", "files", "mysql", "store"]),
      ("add server x with nginx,", ["app", "files", "mysql", "store"]),
      ("add server x with nginx, a", ["app"]),
      ("learn tou", ["tour"]),
      ("explain round r", ["round robin"]),
      ("lesson tour a", ["anew"]),
      ("algorithm s", ["static-rr", "source"]),
      ("algorithm source ", ["consistent"]),
      ("mode active-passive b", ["balancers"]),
      ("send ", ["static", "read", "write", "mix", "rate", "from", "to"]),
      ("send 4 read ", ["mix", "rate", "from", "to"]),
      ("send 4 mix ", ["static", "read", "write", "rate", "from", "to"]),
      ("remove server-1.", ["server-1.nginx", "server-1.app", "server-1.files", "server-1.mysql"]),
      ("remove Server-1.M", ["server-1.mysql"]),
      ("remove server-9.", []),
      ("break lb-1--", ["lb-1--server-1", "lb-1--server-2"]),
      ("break server-2--", ["server-2--lb-1", "server-2--server-1"]),
      ("break int", ["internet--lb-1"]),
      ("break server-1 c", ["crash", "cut"]),
      ("break server-1 bad-release ", ["pages"]),
      ("break server-1.files ", ["bad-release"]),
      ("break lb-1--server-1 ", ["cut"]),
      ("attack sniff l", ["lb-1--server-1", "lb-1--server-2"]),
      ("explain check-p", ["check-path"]),
      (
        "set ser",
        ["server-1", "server-1.nginx", "server-1.app", "server-1.files", "server-1.mysql"]
          + ["server-2", "server-2.nginx", "server-2.app", "server-2.files", "server-2.mysql"]
      ),
      ("set da", ["database"]),
      ("set lb-1 che", ["check", "check-path"]),
      ("set nobody ", []),
      ("set lb-1 check ", ["off", "tcp", "http"]),
      ("set lb-1 ch", ["check", "check-path"]),
      ("set lb-1 redispatch o", ["on", "off"]),
      ("set server-1 maxconn n", ["none"]),
      ("promote ", ["server-1", "server-2"]),
      ("wait u", ["until"]),
      ("wait until ", ["server-1", "server-2"]),
      ("wait until server-1 ", ["up", "down"]),
      ("release ", ["first", "second"]),
      ("repair ", ["server-2.app"]),
      ("load t", ["textbook", "two-as-one"]),
      ("help sen", ["send", "sent"]), ("help readable", ["readable_links", "readable"]),
      ("help first_a", ["first_all_fresh", "first_alert"]),
      ("whatif set server-1 wei", ["weight"]),
      ("whatif send 3; set server-1 weight 3; qu", ["quit"]),
      ("at 1s ", ["add", "remove", "set", "algorithm", "mode", "break", "repair", "promote", "rebuild"]),
      ("at 1s break server-1 ha", ["hang"]),
      ("quit ", []),
      ("send \"re", []),
      ("send \"re\"", []),
      (
        "show ser",
        ["servers", "server-1", "server-1.nginx", "server-1.app", "server-1.files", "server-1.mysql"]
          + [
            "server-2", "server-2.nginx", "server-2.app", "server-2.files", "server-2.mysql", "servers_used",
          ]
      ),
    ] as [(String, [String])])
  func `each line has its completions`(_ line: String, _ expected: [String]) {
    let completion = CompletionTests.completion(
      of: line, after: "hold first second", "break server-2.app")
    #expect(completion.candidates.map(\.text) == expected)
  }

  /// The completions inside a fact, at every position.
  @Test(arguments: [
    ("assert co", ["count"]), ("show ans", ["answers"]),
    ("assert survives(break(server-1), re", ["replicas", "redundant", "readable_links", "read"]),
    ("show run(send 4).answ", [".answered"]), ("assert primary.ho", ["primary.host"]),
    ("assert server-1.my", ["server-1.mysql"]), ("show count(serv", ["servers", "server-1", "server-2"]),
  ]) func `facts are completed`(_ line: String, _ expected: [String]) {
    let texts = CompletionTests.completion(of: line).candidates.map(\.text)
    for text in expected { #expect(texts.contains(text), "\(texts)") }
  }

  @Test func `if a fact is expected, every fact is offered with its meaning`() {
    let candidates = CompletionTests.completion(of: "assert ").candidates
    for entry in Fact.table { #expect(candidates.contains(Completion.Candidate(entry.name, entry.meaning))) }
    let listed = CompletionTests.completion(of: "show ").candidates.map(\.text)
    #expect(listed.contains("facts") && listed.contains("legend") && listed.contains("lb-1"))
  }

  @Test(arguments: Command.all.map(\.name))
  func `every word has completions, and each of them is described`(_ name: String) throws {
    let command = try #require(Command.all.first { $0.name == name })
    let session = Tutor(designs: designs, lessons: lessons)
    let first = session.completion(of: name + " ")
    let isAlone = command.parameters.isEmpty
    #expect((first.candidates.isEmpty && first.hints.isEmpty && !first.wantsFile) == isAlone)
    for candidate in first.candidates {
      let next = session.completion(of: "\(name) \(candidate.text) ")
      for described in [candidate] + next.candidates + next.hints {
        #expect(!described.summary.isEmpty, "\(name) \(candidate.text): \(described.text)")
      }
    }
    for hint in first.hints { #expect(!hint.summary.isEmpty, "\(name): \(hint.text)") }
  }

  @Test func `a component is offered with its description`() {
    let completion = CompletionTests.completion(of: "break server-1.m")
    #expect(
      completion
        == Completion(
          typed: 10, candidates: [Completion.Candidate("server-1.mysql", "the primary database node")]))
  }

  @Test func `the settings of a server are offered with their summaries`() throws {
    let keys = CompletionTests.completion(of: "set server-1 ").candidates
    let weight = try #require(Setting.all.first { $0.name == .weight })
    #expect(keys.first == Completion.Candidate("weight", weight.summary))
    #expect(keys.map(\.text).contains("max-fails"))
    #expect(!keys.map(\.text).contains("redispatch"))
    #expect(keys.allSatisfy { !$0.summary.isEmpty })
  }

  @Test func `the current value of a setting is marked`() {
    #expect(
      CompletionTests.completion(of: "set lb-1 check h").candidates
        == [Completion.Candidate("http", "passes if the health page is answered without an error; as it is")])
    #expect(
      CompletionTests.completion(of: "set server-1 weight ").hints
        == [Completion.Candidate("VALUE", "a weight from 0 to 256, or a percentage such as 50%; it is 1")])
  }

  @Test(arguments: [
    ("load ", true), ("save x", true), ("source ", true), ("send ", false), ("load \"a b", false),
  ]) func `positions at which a file is expected`(_ line: String, _ isWelcome: Bool) {
    #expect(CompletionTests.completion(of: line).wantsFile == isWelcome)
  }

  @Test func `values that cannot be listed have a hint`() {
    #expect(
      CompletionTests.completion(of: "send ").hints == [
        Completion.Candidate("N", "the number of requests (default: 1)")
      ])
    #expect(CompletionTests.completion(of: "send 4 r").hints == [])
  }

  @Test func `only the text after the last comma is replaced`() {
    #expect(CompletionTests.completion(of: "add server x with nginx,ap").typed == 2)
  }

  @Test func `on a large site, the components of a host are offered after its name`() {
    var session = Tutor("new")
    for number in 1...30 { session.do("add server s\(number)") }
    #expect(session.completion(of: "break ").candidates.count == 32)
    #expect(
      session.completion(of: "break s3").candidates.map(\.text).filter { $0.contains(".") }
        == ["s3.nginx", "s3.app", "s3.files", "s3.mysql"])
  }

  /// If the words before are valid, the command must also be valid with each offered word.
  @Test(arguments: [
    "set lb-1 ", "set server-1 ", "set server-2.app ", "set database ", "set site ", "set server-1.mysql ",
  ]) func `each offered setting is accepted, with each of its values`(_ line: String) {
    let session = Tutor(designs: designs)
    let keys = session.completion(of: line).candidates
    #expect(!keys.isEmpty)
    for key in keys {
      for value in session.completion(of: line + key.text + " ").candidates {
        var copy = session
        copy.do("\(line)\(key.text) \(value.text)")
      }
    }
  }

  @Test(arguments: 1...6) func `for any input, candidates begin with it and are offered once`(
    _ seed: UInt64
  ) {
    var grammar = RandomGrammar(seed: seed)
    let session = Tutor(designs: designs)
    for _ in 0..<25 {
      let line = grammar.line(on: session.loadedSite.simulation.topology)
      for end in 0...min(line.count, 30) {
        let completion = session.completion(of: String(line.prefix(end)))
        let typed = line.prefix(end).suffix(completion.typed).lowercased()
        let texts = completion.candidates.map(\.text)
        #expect(texts.allSatisfy { $0.lowercased().hasPrefix(typed) }, "\(line.prefix(end))")
        #expect(Set(texts).count == texts.count, "\(line.prefix(end))")
      }
    }
  }

  @Test func `nested commands are completed to the depth at which they are accepted`() {
    func offered(_ depth: Int) -> [String] {
      CompletionTests.completion(of: String(repeating: "whatif ", count: depth) + "qu").candidates.map(\.text)
    }
    #expect(offered(15) == ["quit"])
    #expect(offered(5_000) == [])
  }
}

/// Commands in which each word may be shortened to its first letters.
@Suite struct PrefixTests {
  @Test(arguments: [
    ("algo least", "algorithm leastconn"),
    ("algorithm ROUND", "algorithm roundrobin"),
    ("set server-1 we 3", "set server-1 weight 3"),
    ("set lb-1 redis on", "set lb-1 redispatch on"),
    ("set lb-1 check ht", "set lb-1 check http"),
    ("set lb-1 check-p ng", "set lb-1 check-path nginx"),
    ("set server-1 state dr", "set server-1 state drain"),
    ("set database reads rep", "set database reads replica"),
    ("mode active-p se", "mode active-passive servers"),
    ("break server-1 ha", "break server-1 hang"),
    ("add serv s3 wei 2", "add server s3 weight 2"),
  ]) func `the beginning of a word is enough`(_ short: String, _ full: String) {
    var one = Tutor(designs: designs)
    var other = one
    one.do(short)
    other.do(full)
    expectSame(one.loadedSite, other.loadedSite, short)
  }

  @Test(arguments: [
    ("set lb-1 ch tcp", "“ch” could mean check or check-path"),
    ("set lb-1 timeout- 1s", "“timeout-” could mean timeout-connect, timeout-queue or timeout-server"),
    ("set server-1.mysql re local", "“re” could mean replication or reads"),
    ("algorithm s", "“s” is not roundrobin, static-rr, leastconn, first, source, uri or random"),
    ("mode active- servers", "“active-” could mean active-active or active-passive"),
  ]) func `an ambiguous beginning is reported`(_ line: String, _ message: String) {
    var session = Tutor(designs: designs)
    #expect(session.obey(line).failure?.message == message)
  }

  @Test func `the reply has the full name of the setting`() {
    var session = Tutor(designs: designs)
    let reply = session.do("set server-1 wei 3")
    #expect(reply.text == "server-1: weight is now 3.")
    #expect(reply.json["key"] == .string("weight"))
  }
}
