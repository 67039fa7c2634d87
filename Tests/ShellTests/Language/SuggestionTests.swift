import Testing

@testable import Shell

/// Suggestions for users who do not know the language yet.
@Suite struct SuggestionTests {
  /// A line, the word that is marked, and the hint. A hint that ends with a question mark stands for the line
  /// that is suggested. The site is `textbook` with server-2 broken.
  static let lines: [(line: String, word: String, hint: String)] = [
    // Durations in everyday form.
    ("wait 5", "5", "wait 5s?"),
    ("wait 5 seconds", "5", "wait 5s?"),
    ("wait 500 ms", "500", "wait 500ms?"),
    ("wait for 5s", "for", "wait 5s?"),
    ("at 5 break lb-1", "5", "at 5s break lb-1?"),
    ("wait until server-1 is down", "is", "wait until server-1 down?"),
    // Names that are not on the site.
    ("show lb", "lb", "show balancer?"),
    ("show server 1", "1", "show server-1?"),
    ("remove server 2", "server", "remove server-2?"),
    ("break server-1 mysql", "mysql", "break server-1.mysql?"),
    ("break lb-1 server-1", "server-1", "break lb-1--server-1?"),
    ("break mysql", "mysql", "possible here: server-1.mysql and server-2.mysql"),
    ("break db", "db", "possible here: server-1.mysql and server-2.mysql"),
    ("break primary", "primary", "break server-1.mysql?"),
    ("promote the replica", "the", "promote server-2.mysql?"),
    ("repair all", "all", "these have faults: server-2"),
    ("repair server-3", "server-3", "server-1?"),
    // Words from other programs.
    ("kill server-1", "kill", "break server-1?"),
    ("start server-2", "server-2", "repair server-2?"),
    ("fix the server-2", "fix", "repair server-2?"),
    ("delete server-2", "delete", "remove server-2?"),
    ("create server web-1", "create", "add server web-1?"),
    ("curl www.foobar.com", "curl", "send to /?"),
    ("status", "status", "show?"),
    ("what is split brain", "", "explain split brain?"),
    ("break server-1 off", "off", "break server-1 power?"),
    ("break server-1 disk full", "full", "break server-1 disk-full?"),
    ("add server web-1 with php", "php", "add server web-1 with app?"),
    // A missing word.
    ("server-1", "server-1", "show server-1?"),
    ("textbook", "textbook", "load textbook?"),
    ("leastconn", "leastconn", "algorithm leastconn?"),
    ("firewall", "firewall", "add firewall?"),
    ("add web-1", "web-1", "add server web-1?"),
    ("send 100 50/s", "50/s", "send 100 rate 50/s?"),
    // An extra word.
    ("send 10 requests", "requests", "send 10?"),
    ("send 100 requests at 50/s", "requests", "send 100 rate 50/s?"),
    ("send 10 rate 50 per second", "per", "send 10 rate 50?"),
    ("show the servers", "servers", "show servers?"),
    ("show logs", "logs", "log?"),
    ("show firewall", "firewall", "add firewall?"),
    ("help break server-1", "break server-1", "help break?"),
    // Another way to ask for the same.
    ("help show findings", "show findings", "help findings?"),
    ("spof server-1.app", "server-1.app", "show stops(server-1.app)?"),
    ("spof internet--lb-1", "internet--lb-1", "show stops(internet--lb-1)?"),
    ("audit secured", "secured", "load secured; audit?"),
    ("claims textbook", "textbook", "load textbook; claims?"),
    ("show spofs", "spofs", "spof?"),
    // Natural language, or a copied prompt.
    ("what if break server-1", "", "whatif break server-1; send 4?"),
    ("what happens if I break server-1", "", "whatif break server-1; send 4?"),
    ("what if server-1 dies", "", "whatif break server-1; send 4?"),
    ("what can I do", "", "help?"),
    ("why is it slow", "it", "why?"),
    ("why did it fail", "it", "why?"),
    ("slow server-1.app", "slow", "break server-1.app slow?"),
    ("please send 4", "please", "send 4?"),
    ("tour", "tour", "lesson tour?"),
    ("tripod> send 4", "tripod>", "send 4?"),
    ("tripod [server-2]> wait 5s", "tripod", "wait 5s?"),
    ("break server-1 and lb-1", "and", "break server-1; break lb-1?"),
    ("add load balancer", "load", "add balancer?"),
    ("send 1k", "1k", "send 1000?"),
    ("send 1,500 read", "1,500", "send 1500 read?"),
    // Words in another order, or other signs.
    ("server-1 break", "server-1", "break server-1?"),
    ("break hang server-1", "hang", "break server-1 hang?"),
    ("set weight server-1 3", "weight", "set server-1 weight 3?"),
    ("set server-1 weight to 3", "to", "set server-1 weight 3?"),
    ("set server-1 weight=3", "weight=3", "set server-1 weight 3?"),
    ("set server-1.weight 3", "server-1.weight", "set server-1 weight 3?"),
    ("set lb-1 algorithm leastconn", "algorithm", "algorithm leastconn?"),
    ("set lb-1 health-check on", "health-check", "check?"),
    ("algorithm round robin", "robin", "algorithm roundrobin?"),
    ("algorithm least connections", "connections", "algorithm leastconn?"),
    ("mode active passive servers", "active", "mode active-passive servers?"),
    ("mode passive", "passive", "mode active-passive?"),
    // Words that are not similar to any valid word. The hint lists the valid ones.
    (
      "send lots", "lots",
      "type `send [N] [KIND] [mix [KIND=N…]] [rate R/s] [from IP[,IP…]] [to PATH[,PATH…]]`"
    ),
    ("add 2 servers", "2", "add server?"),
    ("why 99", "", "`log` lists the last requests; `why` alone explains the last failure"),
    ("assert server-1 is up", "is", "type `show facts` for the list of facts"),
    ("asdf", "asdf", "type `help` for the commands"),
  ]

  /// The codes of messages about words that cannot be read.
  private static let unread = [
    "unexpected-word", "unknown-command", "missing-word", "unreadable", "unknown-component", "unknown-term",
  ]

  private static let site: Tutor = {
    var session = Tutor(designs: designs, lessons: lessons)
    session.do("send 2; break server-2")
    return session
  }()

  @Test(arguments: lines) func `a wrong line gets a suggestion`(
    _ line: String, _ word: String, _ hint: String
  ) {
    var session = SuggestionTests.site
    let failure = session.obey(line).failure
    #expect(failure?.hint == (hint.hasSuffix("?") ? Sentences.suggestion(String(hint.dropLast())) : hint))
    #expect(failure?.position.map { String(Array(line)[$0]) } ?? "" == word)
  }

  /// A suggestion can be typed as it is.
  @Test(arguments: lines.filter { $0.hint.contains(" ") && $0.hint.hasSuffix("?") }.map(\.hint))
  func `a suggested line is accepted`(_ hint: String) {
    var session = SuggestionTests.site
    for command in Tutor.commands(in: String(hint.dropLast())) {
      let reply = session.obey(command)
      // The words of a suggestion are valid, although its command may be impossible on this site.
      #expect(!SuggestionTests.unread.contains(reply.failure?.code ?? ""), "\(reply.failure?.message ?? "")")
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func `for any input, a suggested line can be read`(
    _ seed: UInt64
  ) {
    var grammar = RandomGrammar(seed: seed)
    let verbs = ["send", "set", "break", "repair", "add", "wait", "remove", "algorithm", "mode", "promote"]
    // The lines are only parsed, not obeyed.
    var session = SuggestionTests.site
    session.session.purpose = .rehearsal(nil)
    for _ in 0..<80 {
      let words = grammar.line(on: session.loadedSite.simulation.topology).split(separator: " ").map(
        String.init)
      for left in words.indices.prefix(5) where verbs.contains(words[0]) {
        let line = (words[..<left] + words[(left + 1)...]).joined(separator: " ")
        guard let hint = session.obey(line).failure?.hint, hint.hasSuffix("`?") else { continue }
        let offered = String(hint.dropFirst(Sentences.suggestion("").count - 2).dropLast(2))
        guard verbs.contains(where: { offered.hasPrefix("\($0) ") }) else { continue }
        #expect(
          !SuggestionTests.unread.contains(session.obey(offered).failure?.code ?? ""), "\(line): \(offered)")
      }
    }
  }
}
