import Testing

@testable import Shell

/// The tables and lists that commands print.
@Suite struct ScreenTests {
  @Test(arguments: [1, 2, 10])
  func `a bar is a share of all requests`(_ answered: Int) {
    var session = Tutor("new", "add server s1")
    // A picture takes 1.1 ms, so about so many are answered before the files fail.
    session.do("at \(answered + 1)ms break s1.files")
    let lines = session.do("send 12 static").lines.map(\.text).filter { $0.contains("░") }
    let shares = lines.map { line in
      Double(line.count { $0 == "█" }) / Double(line.count { "█░".contains($0) })
    }
    let counts = lines.map { Double($0.split(separator: " ")[2]) ?? 0 }
    #expect(counts.count == 2 && counts[0] + counts[1] == 12)
    for (share, count) in zip(shares, counts) { #expect(abs(share - count / 12) < 0.05, "\(lines)") }
  }

  @Test func `a server that answered nothing has a row, and the first failure is explained`() {
    var session = Tutor.design("textbook", ["break server-1"])
    let lines = session.do("send 4").lines.map(\.text)
    #expect(lines.contains { $0.hasPrefix("  server-1 ") && $0.hasSuffix("  0") })
    #expect(lines.contains { $0.hasPrefix("  503 ") && $0.contains("Service Unavailable") })
    #expect(lines.contains("  8.0 s passed"))
    #expect(lines.last == "  Type why 1 to see why request 1 failed.")
  }

  @Test(arguments: [60, 80, 100, 140]) func `no phrase of a waterfall is broken`(_ width: Int) {
    var session = Tutor.design("textbook", ["break server-1", "send 4"])
    session.screen = Screen(width: width)
    let text = session.do("why 1").text + session.do("wait 20s; trace write").text
    for phrase in [
      "server-1's turn (of 2)", "server-2: the only server available",
      "no answer; writes go to the primary", "on to the application beside it",
      "█ at work   · waiting   ▏ too short to draw", "Fault on the path: server-1 has lost power",
    ] { #expect(text.contains(phrase), "\(phrase): \(text)") }
  }

  @Test func `the row of a full disk says that there is no answer`() {
    var session = Tutor.design("textbook", ["break server-1 disk-full", "send 1 write"])
    let lines = session.do("why").lines.map(\.text)
    #expect(lines.contains { $0.hasPrefix("  server-1.mysql") && $0.hasSuffix("no answer") })
    #expect(lines.contains { $0.hasPrefix("  Fault on the path: server-1") && $0.contains("disk") })
  }

  @Test(arguments: [
    ("send 1 static", #"200 24816 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1""#),
    ("break server-1; send 1", #"503 217 - - sC-- 1/1/1/1/3 0/0 "GET / HTTP/1.1""#),
    ("break server-1; break server-2; wait 30s; send 1", #"503 217 - - SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1""#),
  ])
  func `the log has every field of HAProxy's httplog`(_ commands: String, _ end: String) {
    var session = Tutor.design("textbook")
    session.do(commands)
    let line = session.do("log 1").json["lines"]?.elements.first?.string ?? ""
    let head = #/198\.51\.100\.7:\d+ \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\.\d{3}\] /#
    let route = #/www lb-1/\S+ -?\d+(/-?\d+){4} /#
    let rest = line.trimmingPrefix(head).trimmingPrefix(route)
    #expect(rest == end, "\(line)")
  }

  @Test func `audit groups findings, and shows the evidence of one target`() {
    var session = Tutor.design("textbook")
    let lines = session.do("audit").lines.map(\.text)
    #expect(lines.first == "  16 findings: 3 high, 10 medium, 3 low")
    #expect(lines.contains("          server-2.mysql      add firewall server-2"))
    #expect(lines.count < 32)
    let one = session.do("audit server-2.mysql")
    #expect(one.text.contains("server-2:3306 is open"))
    #expect(
      one.json["findings"]?.elements.allSatisfy { $0["component"] == .string("server-2.mysql") } == true)
  }

  @Test func `each run of a claim is labelled`() {
    var session = Tutor.design("textbook")
    let text = session.do("claims").text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("6 claims: 5 hold, 1 partly"))
    #expect(text.contains("after `remove server-2.mysql`: 2000 of 2000 answered"))
  }

  @Test func `each fix for availability is listed once`() {
    var session = Tutor.design("textbook", ["break lb-1"])
    let lines = session.do("availability read").lines.map(\.text)
    #expect(lines.count { $0.contains("repair lb-1") } == 1)
  }
}
