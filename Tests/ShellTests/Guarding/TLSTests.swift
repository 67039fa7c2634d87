import Inspector
import Testing

@testable import Shell

/// TLS: its cost, the links that it encrypts, and its certificates.
@Suite struct TLSTests {
  @Test(arguments: ["", " to-servers", " through"]) func `a handshake costs 2.4 ms and nothing else`(
    _ reach: String
  ) {
    var plain = Tutor.design("textbook")
    var encrypted = Tutor.design("textbook")
    encrypted.do("add tls\(reach)")
    for kind in ["static", "read", "write"] {
      let before = plain.do("send 4 \(kind)").json["latency_ms"]?["mean"]?.number ?? 0
      let after = encrypted.do("send 4 \(kind)").json["latency_ms"]?["mean"]?.number ?? 0
      #expect(abs(after - before - 2.4) < 0.001)
    }
  }

  @Test func `an expired certificate makes requests fail, and trace says why`() {
    var session = Tutor.design("secured")
    session.do("break lb-1.certificate")
    let reply = session.do("send 3")
    #expect(reply.counts("statuses") == ["refused": 3])
    #expect(reply.json["latency_ms"]?["max"] == .thousandths(2_400))
    #expect(session.do("trace read").text.contains("lb-1's certificate has expired"))
    session.do("repair lb-1.tls")
    #expect(session.do("send 3").counts("statuses") == ["200": 3])
  }

  @Test func `a certificate expires with time`() {
    var session = Tutor.design("textbook")
    session.do("add tls; set lb-1 validity 10s; send 1")
    session.do("wait 10s")
    #expect(session.do("send 2").counts("statuses") == ["refused": 2])
    #expect(
      session.do("show topology").json["components"]?.elements.first { $0["kind"]?.string == "certificate" }
        == .object([
          JSON.Member(.id, .string("lb-1.certificate")), JSON.Member(.kind, .string("certificate")),
          JSON.Member(.host, .string("lb-1")), JSON.Member(.state, .string("expired")),
        ]))
    session.do("set lb-1.certificate validity 90d")
    #expect(session.do("send 2").counts("statuses") == ["200": 2])
  }

  @Test func `one balancer's expired certificate affects only its own users`() {
    var session = Tutor.design("balancer-pair")
    session.do("mode active-active balancers; add tls; break lb-2.certificate")
    #expect(session.do("send 8").counts("statuses") == ["200": 4, "refused": 4])
  }

  @Test func `a balancer that passes TLS through sees no path`() {
    var session = Tutor.design("textbook")
    session.do("add tls through")
    #expect(session.obey("algorithm uri").failure?.code == "blind-balancer")
    session.do("add tls to-servers; algorithm uri")
    #expect(session.obey("add tls through").failure?.code == "blind-balancer")
  }

  @Test func `a balancer that passes TLS through cannot answer 503`() {
    var session = Tutor.design("textbook")
    session.do("break server-1; break server-2; wait 1m")
    #expect(session.do("send 2").counts("statuses") == ["503": 2])
    session.do("add tls through")
    #expect(session.do("send 2").counts("statuses") == ["refused": 2])
  }

  @Test func `a held request has finished its handshake`() {
    var session = Tutor.design("secured")
    session.do("hold a")
    #expect(session.do("release a").json["requests"]?.elements.map { $0["status"] } == [.integer(200)])
    session.do("break lb-1.certificate")
    #expect(session.do("hold b").json["requests"]?.elements.map { $0["status"] } == [.string("refused")])
  }

  @Test func `only a balancer has a certificate`() {
    var session = Tutor.design("textbook")
    #expect(session.obey("add tls server-1").failure?.code == "not-a-balancer")
  }

  @Test func `a second balancer gets the same configuration`() {
    var session = Tutor.design("secured")
    session.do("add balancer; mode active-active balancers")
    #expect(session.do("attack sniff internet--lb-2").json["readable"] == .flag(false))
  }
}
