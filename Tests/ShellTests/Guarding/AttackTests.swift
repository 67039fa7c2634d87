import Blueprint
import Inspector
import Simulator
import Testing

@testable import Shell

/// What an eavesdropper reads, and which ports a scan finds open.
@Suite struct AttackTests {
  private static func sniff(_ session: inout Tutor, _ link: String) -> [JSON?] {
    let reply = session.do("attack sniff \(link)")
    return [reply.json["readable"], reply.json["login"], reply.json["host_name"]]
  }

  private static let form = JSON.string("user=ana&password=blue-kettle-42")
  private static let name = JSON.string("www.foobar.com")

  @Test func `without TLS, the login can be read on every link that it uses`() {
    var session = Tutor.design("textbook")
    for link in ["internet--lb-1", "lb-1--server-1", "server-2--lb-1"] {
      #expect(AttackTests.sniff(&session, link) == [.flag(true), AttackTests.form, .null])
    }
    let statement = session.do("attack sniff server-1--server-2")
    #expect(statement.json["login"]?.string?.hasPrefix("INSERT INTO sessions") == true)
    #expect(!statement.text.contains("blue-kettle"))
  }

  @Test func `TLS that ends at the balancer protects one link, but shows the site's name on it`() {
    var session = Tutor.design("textbook")
    session.do("add tls")
    #expect(AttackTests.sniff(&session, "internet--lb-1") == [.flag(false), .null, AttackTests.name])
    #expect(AttackTests.sniff(&session, "lb-1--server-2") == [.flag(true), AttackTests.form, .null])
  }

  @Test func `TLS to the servers protects the inner links, except to the database`() {
    var session = Tutor.design("textbook")
    session.do("add tls to-servers")
    #expect(AttackTests.sniff(&session, "lb-1--server-2") == [.flag(false), .null, .null])
    #expect(session.do("attack sniff server-1--server-2").json["readable"] == .flag(true))
    session.do("set database tls on")
    #expect(session.do("attack sniff server-1--server-2").json["readable"] == .flag(false))
  }

  @Test func `TLS that is passed through shows the site's name on the inner link too`() {
    var session = Tutor.design("textbook")
    session.do("add tls through")
    #expect(AttackTests.sniff(&session, "lb-1--server-1") == [.flag(false), .null, AttackTests.name])
  }

  @Test func `an unused link shows nothing`() {
    var session = Tutor.design("balancer-pair")
    let reply = session.do("attack sniff lb-1--lb-2")
    #expect(reply.json["packets"] == .array([]))
    #expect(reply.json["readable"] == .flag(false))
  }

  @Test func `sniffing changes nothing, and shows the same again`() {
    let before = Tutor.design("secured")
    var session = before
    let first = session.do("attack sniff; attack scan")
    expectSame(session.loadedSite, before.loadedSite)
    #expect(session.do("attack sniff; attack scan").json == first.json)
  }

  @Test func `a hidden login shows neither name nor password in its bytes`() {
    var session = Tutor.design("secured")
    for link in ["internet--lb-1", "lb-1--server-1", "lb-1--server-2", "server-1--server-2"] {
      let text = session.do("attack sniff \(link)").json.text
      #expect(!text.contains("ana&") && !text.contains("kettle") && !text.contains("INSERT"))
    }
  }

  @Test(arguments: ["static", "read", "write"]) func `the readable links are those of the path without TLS`(
    _ kind: String
  ) {
    let session = Tutor.design("textbook")
    guard let kind = RequestKind(rawValue: kind) else { return }
    let expected = ["internet--lb-1", "lb-1--server-1", "lb-1--server-2"]
    let links = session.loadedSite.simulation.readableLinks(for: kind).links
    #expect(links.sorted() == expected + (kind == .write ? ["server-1--server-2"] : []))
  }

  @Test func `the path of a page in order`() {
    // The latest health check used nginx's turn for server-1.
    let simulation = Tutor.design("active-active").loadedSite.simulation
    #expect(
      simulation.path(.read)?.components.map(\.text) == [
        "lb-1.haproxy", "web-1.nginx", "server-2.app", "server-2.files", "server-2.mysql",
      ])
    #expect(
      simulation.path(.static)?.components.map(\.text) == ["lb-1.haproxy", "web-1.nginx", "web-1.files"])
    #expect(simulation.path(.read)?.links == ["internet--lb-1", "lb-1--web-1", "server-2--web-1"])
  }

  // MARK: Port scans

  private static func scan(_ session: inout Tutor, _ words: String) -> [String] {
    let reply = session.do("attack scan \(words)")
    return reply.json["ports"]?.elements.map { port in
      let number = port["port"]?.number.map { "\(Int($0))" } ?? ""
      return "\(port["host"]?.string ?? ""):\(number) \(port["state"]?.string ?? "")"
    } ?? []
  }

  @Test func `without a firewall everything answers, as recorded`() {
    var session = Tutor.design("textbook")
    #expect(
      AttackTests.scan(&session, "lb-1") == [
        "lb-1:80 open", "lb-1:443 closed", "lb-1:3306 closed", "lb-1:8000 closed", "lb-1:9100 closed",
      ])
    #expect(
      session.do("attack scan").json["open"]
        == .array(
          [
            "lb-1:80", "server-1:80", "server-1:3306", "server-1:8000", "server-2:80", "server-2:3306",
            "server-2:8000",
          ]
          .map { .string($0) }))
  }

  @Test func `with the rules only the balancer answers, and 443 is closed, as recorded`() {
    var session = Tutor.design("textbook")
    session.do("add firewall")
    let found = AttackTests.scan(&session, "")
    #expect(found.filter { !$0.hasSuffix("filtered") } == ["lb-1:80 open", "lb-1:443 closed"])
    session.do("add tls")
    #expect(session.do("attack scan").json["open"] == .array([.string("lb-1:80"), .string("lb-1:443")]))
  }

  @Test func `a neighbour finds the database port that is open to it`() {
    var session = Tutor.design("textbook")
    session.do("add firewall")
    #expect(
      session.do("attack scan from server-2").json["open"]?.elements.contains(.string("server-1:3306"))
        == true)
    #expect(
      session.do("attack scan from lb-1").json["open"]?.elements.contains(.string("server-1:3306")) == false)
  }

  @Test func `a firewall only at the balancer leaves the servers open`() {
    var session = Tutor.design("textbook")
    session.do("add firewall lb-1")
    #expect(
      session.do("attack scan server-2").json["open"]?.elements.contains(.string("server-2:3306")) == true)
  }

  @Test func `a failed host is silent, a failed process refuses`() {
    var session = Tutor.design("textbook")
    session.do("break server-1; break server-2.nginx")
    #expect(AttackTests.scan(&session, "server-1").allSatisfy { $0.hasSuffix("filtered") })
    #expect(AttackTests.scan(&session, "server-2").first == "server-2:80 closed")
  }

  @Test func `a flood consists of requests, which no firewall stops`() {
    var session = Tutor.design("secured")
    let reply = session.do("attack flood rate 3000/s for 2s")
    #expect(reply.number("sent") == 6_000)
    #expect((reply.number("failed") ?? 0) > 1_000)
    session.do("wait 1m; add firewall lb-1 deny 198.18.0.0/15")
    #expect(session.do("attack flood rate 100/s for 1s").counts("statuses") == ["timeout": 100])
  }

  @Test func `a flood can be undone`() {
    var session = Tutor.design("textbook")
    session.history = History()
    let before = session.loadedSite
    session.do("attack flood rate 100/s for 1s")
    #expect(
      session.do("undo").lines.first?.text == "Undone: 100 requests sent. Nothing else had changed.")
    expectSame(session.loadedSite, before)
    session.do("set server-1 weight 3; attack flood rate 100/s for 1s")
    #expect(
      session.do("undo").lines.first?.text == "Undone: set server-1 weight 3, and 100 requests sent since.")
    expectSame(session.loadedSite, before)
  }
}
