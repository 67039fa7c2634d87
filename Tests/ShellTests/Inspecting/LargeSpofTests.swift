import Inspector
import Testing

@testable import Shell

/// On sites with more than a hundred components, `spof` breaks only some of the targets that are built
/// alike. Nevertheless, it has broken each SPOF that it reports.
@Suite struct LargeSpofTests {
  private static func site(_ commands: String..., servers: Int = 34) -> Tutor {
    var session = Tutor("new")
    for number in 1...servers { session.do("add server server-\(number) with nginx,app,files") }
    for command in ["add server d1 with mysql", "add server d2 with mysql"] + commands { session.do(command) }
    session.do("wait 10s")
    return session
  }

  private func isStopped(_ target: String, _ kind: String, _ session: Tutor) -> Bool {
    var copy = session
    copy.do("break \(target); wait 60s")
    return copy.do("send 40 \(kind)").number("failed") ?? 0 > 0
  }

  /// Returns the kinds that each component stops, by name.
  private func reportedSpofs(_ reply: Reply) -> [String: [String]] {
    (reply.json["spofs"]?.elements ?? []).reduce(into: [:]) { reportedSpofs, spof in
      reportedSpofs[spof["component"]?.string ?? ""] = (spof["kinds"]?.elements ?? []).compactMap {
        $0.string
      }
    }
  }

  @Test(arguments: [
    "set lb-1 check http", "set lb-1 check-path nginx", "set lb-1 check off",
    "set server-9 backup on; set server-20.app queue 3; set lb-1 check tcp",
  ])
  func `the SPOFs of a large site stop requests, and no other target does`(settings: String) {
    var session = LargeSpofTests.site("set database fallback on", settings)
    let reportedSpofs = reportedSpofs(session.do("spof"))
    for host in session.loadedSite.simulation.topology.hosts {
      for target in [host.name] + host.parts.map({ "\(host.name).\($0.rawValue)" }) {
        let observed = ["static", "read", "write"].filter { isStopped(target, $0, session) }
        #expect(reportedSpofs[target] ?? [] == observed, "\(target)")
      }
    }
  }

  /// An overloaded server is marked DOWN, and the other servers then get its load too.
  @Test func `health checks continue under load on a large site too`() {
    let checks = [
      "check http", "check-path app", "inter 500ms", "redispatch on", "timeout-server 30s",
    ].map { "set lb-1 \($0)" }
    let servers = (1...6).map { "set server-\($0).app cost 100ms" }
    var session = Tutor.design(
      "textbook",
      Array(repeating: "add server", count: 4) + checks + ["set database reads primary"] + servers
        + Array(repeating: "add replica", count: 90) + ["wait 5s"])
    #expect(reportedSpofs(session.do("spof read at 196/s"))["server-6"] == ["read"])
    let reply = session.do("break server-6; wait 30s; send 11760 read rate 196/s")
    #expect(reply.number("failed") ?? 0 > 0)
  }

  @Test func `each SPOF has its own run as evidence`() {
    var session = LargeSpofTests.site("set lb-1 check http", "set lb-1 check-path nginx")
    let reply = session.do("spof")
    let spofs = reply.json["spofs"]?.elements ?? []
    #expect(spofs.count > 34)
    for spof in spofs {
      #expect(spof["confirmed"] == .flag(true))
      for command in spof["evidence"]?["commands"]?.elements ?? [] {
        let run = command.string ?? ""
        #expect(run.hasPrefix("whatif break \(spof["component"]?.string ?? ""); "))
        var copy = session
        #expect(copy.do(String(run.dropFirst(7))).number("failed") == 1, "\(run)")
      }
    }
    #expect(reply.json["concluded"] == .integer(0))
    #expect(reply.json["unknown"] == .integer(0))
  }

  @Test func `a target that was not tested is reported as similar to another`() throws {
    let session = LargeSpofTests.site("set lb-1 check off")
    var search = SpofSearch()
    search.kinds = [.read]
    let whole = try search.report(on: session.loadedSite.simulation)
    // Finds the smallest limit that leaves enough work for the examples.
    var report = whole
    for limit in [4_096, 8_192, 16_384] {
      search.mostWork = limit
      report = try search.report(on: session.loadedSite.simulation)
      if report.unknownCount == 0 { break }
    }
    #expect(report.spofs.map { $0.component } == whole.spofs.map { $0.component })
    #expect(report.inferredCount > 0)
    let answer = SpofTable(search: search, report: report, pairs: nil, fixes: SpofFixes(), width: 80).answer
    let spofs = JSON.object(answer.members)["spofs"]?.elements ?? []
    let similarSpof = spofs.first { $0["confirmed"] == .flag(false) }
    #expect(
      similarSpof?["evidence"]?["saw"]?.string
        == "not tried itself, but built like server-2.nginx: 1 of 2 reads got 503")
    #expect(
      answer.lines.map { $0.text }.contains(
        "  \(report.inferredCount) of them were not broken themselves: each is built like one that was."))
  }

  @Test func `if too many targets differ, the untested ones are counted`() throws {
    let costs = (1...34).map { "set server-\($0).app cost \($0)ms" }.joined(separator: "; ")
    let session = LargeSpofTests.site("set lb-1 check http", costs)
    var search = SpofSearch()
    search.mostWork = 60_000
    let report = try search.report(on: session.loadedSite.simulation)
    #expect(report.unknownCount > 0)
    #expect(report.triedCount + report.inferredCount + report.unknownCount <= report.candidates)
  }

  @Test func `pairs of a hundred components are tested`() {
    var session = LargeSpofTests.site("set lb-1 check http", "set database fallback on", servers: 32)
    let pairs = (session.do("spof read pairs").json["pairs"]?.elements ?? []).map { pair in
      (pair["components"]?.elements ?? []).compactMap { $0.string }
    }
    #expect(pairs.contains(["d1", "d2"]))
    #expect(!pairs.contains(["server-1", "server-2"]))
  }
}
