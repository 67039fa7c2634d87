import Testing

@testable import Shell

/// What people type who do not know the commands yet.
@Suite struct PhraseTests {
  /// A line, and the command that it means. The site is `textbook` with three requests sent.
  static let phrases: [(line: String, command: String)] = [
    // What people typed.
    ("how do i send a request", "help send"), ("what happened", "why"), ("why did it fail", "why"),
    ("what is spof?", "explain SPOF"), ("what is a load balancer", "explain load balancer"),
    ("who is primary", "show database"), ("make server-2 passive", "set server-2 backup on"),
    ("make server-2 backup", "set server-2 backup on"), ("add db", "add replica"), ("scale", "add server"),
    ("algorithm least-connections", "algorithm leastconn"),
    ("switch to least connections", "algorithm leastconn"), ("use leastconn", "algorithm leastconn"),
    ("round robin", "algorithm roundrobin"), ("power off server-1", "break server-1"),
    ("turn off server-1", "break server-1"), ("weight server-1 3", "set server-1 weight 3"),
    ("describe server-1", "show server-1"),
    // Questions.
    ("How to break a server", "help break"), ("how do I add another balancer?", "help add"),
    ("what does failover mean?", "explain failover"),
    ("how does a health check work", "explain health check"),
    ("what's a replica?", "explain replica"), ("who's the master?", "show database"),
    ("where is the primary", "show database"), ("which server is up", "show servers"),
    ("is server-1 up?", "show server-1"), ("what is wrong", "show"), ("why is it so slow", "why"),
    ("why did request 2 fail", "why 2"), ("why 503", "why"), ("what can I do now?", "help"),
    ("how many requests failed", "stats"), ("what if server-1 dies", "whatif break server-1; send 4"),
    ("what happens if I break lb-1", "whatif break lb-1; send 4"),
    ("what if we kill server-1.mysql", "whatif break server-1.mysql; send 4"),
    ("is lb-1 a single point of failure?", "show stops(lb-1)"), ("single points of failure", "spof"),
    // Sentences.
    ("show me the servers", "show servers"), ("please send 4", "send 4"),
    ("can you break lb-1?", "break lb-1"),
    ("I want to add a server", "add server"), ("let's break server-2", "break server-2"),
    ("we need more servers", "add server"), ("get rid of server-2", "remove server-2"),
    ("send ten requests", "send 10"), ("send 100 requests at 50/s", "send 100 rate 50/s"),
    ("send 10 read requests at 5 per second", "send 10 read rate 5/s"), ("get 4 pages", "send 4 read"),
    ("post a comment", "send write"), ("open the page", "send"), ("trace a request", "trace"),
    ("wait a minute", "wait 60s"), ("wait 30 seconds", "wait 30s"), ("wait for 5s", "wait 5s"),
    ("undo that", "undo"), ("oops", "undo"), ("start over", "reset"), ("list commands", "help"),
    ("break server 1", "break server-1"), ("break the primary", "break server-1.mysql"),
    ("take server-2 down", "break server-2"), ("switch server-1 off", "break server-1"),
    ("slow down server-1", "break server-1 slow"), ("freeze server-1.app", "break server-1.app hang"),
    ("cut the link between server-1 and server-2", "break server-1--server-2"),
    ("failover to server-2", "promote server-2"), ("make server-2 the primary", "promote server-2"),
    ("change the algorithm to round robin", "algorithm roundrobin"), ("mode passive", "mode active-passive"),
    ("active passive", "mode active-passive"), ("set server-1 weight to 3", "set server-1 weight 3"),
    ("set server-1 weight=3", "set server-1 weight 3"), ("add ssl", "add tls"),
    ("add a replica", "add replica"),
    // HAProxy, MySQL and Linux.
    ("disable server be/server-1", "set server-1 state maint"),
    ("enable server be/server-1", "set server-1 state ready"),
    ("set server be/server-1 state drain", "set server-1 state drain"),
    ("set weight be/server-1 50%", "set server-1 weight 50%"), ("balance leastconn", "algorithm leastconn"),
    ("show stat", "show servers"), ("show servers state", "show servers"), ("show info", "stats"),
    ("show slave status", "show database"), ("systemctl stop nginx on server-1", "break server-1.nginx"),
    ("stop server-1.nginx", "break server-1.nginx"), ("kill server-1.mysql", "break server-1.mysql"),
    ("ping server-1", "show server-1"), ("curl /", "send to /"), ("top", "stats"),
    ("curl http://www.foobar.com/index.html", "send to /index.html"),
    ("drain server-1", "set server-1 state drain"),
  ]

  private static let site: TypedSession = {
    var session = TypedSession(designs: designs, lessons: lessons)
    session.do("send 3; set server-1 maxconn 9")
    return session
  }()

  @Test(arguments: phrases) func `a phrase with one meaning runs its command`(
    _ line: String, _ command: String
  ) {
    var (session, other) = (PhraseTests.site, PhraseTests.site)
    let (reply, expected) = (session.obey(line), other.obey(command))
    #expect(reply.failure == nil)
    #expect(reply.lines.first?.text == "Ran `\(command)`.")
    #expect(Array(reply.lines.dropFirst()) == expected.lines)
    #expect(reply.verb == expected.verb)
    #expect(reply.json["command"] == .string(line))
    expectSame(session.loadedSite, other.loadedSite)
  }

  @Test(arguments: [
    ("add cache", "add server store-1 with store"), ("add nginx", "add server server-3 with nginx,app,files"),
    ("kill mysql", "break server-1.mysql"), ("sudo systemctl stop nginx", "break server-1.nginx"),
    ("unplug server-1", "break server-1 cut"), ("restart server-1", "repair server-1"), ("hello", "help"),
  ]) func `a phrase with several meanings changes nothing`(_ line: String, _ command: String) {
    var session = PhraseTests.site
    #expect(session.obey(line).failure?.hint == Sentences.suggestion(command))
    expectSame(session.loadedSite, PhraseTests.site.loadedSite)
  }

  @Test(arguments: phrases.map(\.line)) func `a lesson or a design cannot use phrases`(_ line: String) {
    var session = PhraseTests.site.session
    #expect(session.obey(line).failure != nil)
  }

  @Test func `a refused command of a phrase is named`() {
    var session = PhraseTests.site
    session.do("break server-1")
    #expect(
      session.obey("turn off server-1").failure
        == Failure(
          code: "broken-already", message: "`break server-1`: server-1 already has the fault power",
          hint: "type `repair server-1` to remove it"))
  }

  @Test func `start repairs a target, because no lesson has its name`() {
    var session = PhraseTests.site
    session.do("break server-1")
    var other = session
    #expect(session.do("start server-1").lines.first?.text == "Ran `repair server-1`.")
    other.do("repair server-1")
    expectSame(session.loadedSite, other.loadedSite)
  }

  @Test(arguments: [
    ("send 4 pages", "send 4 read"), ("send 3 comments", "send 3 write"), ("send picture", "send static"),
    ("send 4 reads", "send 4 read"), ("trace page", "trace read"), ("trace picture", "trace static"),
    ("spof comment", "spof write"), ("spof pages", "spof read"), ("capacity page", "capacity read"),
    ("availability comments", "availability write"), ("hold a picture", "hold a static"),
    ("send 9 mix page=50 comments=50", "send 9 mix read=50 write=50"),
  ]) func `a kind has the words of the lessons`(_ line: String, _ command: String) {
    var (session, other) = (PhraseTests.site, PhraseTests.site)
    #expect(session.do(line).lines == other.do(command).lines)
    expectSame(session.loadedSite, other.loadedSite)
  }

  @Test(arguments: ["clear", "cls"]) func `clear clears the screen and changes nothing`(_ line: String) {
    var session = PhraseTests.site
    let reply = session.do(line)
    #expect(reply.effect == .clearedScreen)
    #expect(reply.lines == [])
    expectSame(session.loadedSite, PhraseTests.site.loadedSite)
  }

  /// A command without its choice, and what its reply must contain.
  @Test(arguments: [
    ("mode", ["active-active: server-1 and server-2", "active-passive", "`mode active-passive servers`"]),
    ("algorithm", ["The algorithm is roundrobin", "leastconn", "`algorithm leastconn`"]),
    ("promote", ["server-1.mysql  primary", "server-2.mysql  replica", "`promote server-2.mysql`"]),
    ("attack", ["sniff", "scan", "flood", "`attack scan`"]), ("claim", ["6 claims", "`claim \""]),
    ("set", ["lb-1, server-1 and server-2", "database", "`set server-2`"]),
    ("set server-1", ["weight 1", "maxconn 9", "`set server-1 weight`"]),
    ("set server-1 weight", ["weight is 1", "from 0 to 256", "`set server-1 weight 3`"]),
  ]) func `a command without a choice shows what is and what could be`(_ line: String, _ parts: [String]) {
    var session = PhraseTests.site
    let reply = session.do(line)
    for part in parts { #expect(reply.text.contains(part), "\(reply.text)") }
    expectSame(session.loadedSite, PhraseTests.site.loadedSite)
  }
}
