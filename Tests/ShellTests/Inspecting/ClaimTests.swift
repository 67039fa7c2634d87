import Facts
import Inspector
import Testing

@testable import Shell

@Suite struct ClaimTests {
  private func verdicts(_ session: Tutor) -> [String: String] {
    var session = session
    return (session.do("claims").json["claims"]?.elements ?? []).reduce(into: [:]) { verdicts, claim in
      verdicts[claim["text"]?.string ?? ""] = claim["verdict"]?.string
    }
  }

  @Test(arguments: designs.map(\.name)) func `each claim has its design's expected verdict`(design: String) {
    let session = Tutor.design(design)
    let verdicts = session.designVerdicts
    #expect(verdicts.count >= 3)
    for verdict in verdicts {
      #expect(
        verdict.evaluated?.verdict == verdict.claim.expected,
        "\(verdict.claim.text): \(verdict.problem?.message ?? verdict.evaluated?.evidence.observation ?? "")")
    }
  }

  @Test func `repairing the site changes the verdicts`() {
    let read = "what users send can be read on the way"
    let open = "the database can be reached from the internet"
    let claimText = "a failure goes unnoticed"
    let plain = Tutor.design("textbook")
    #expect(verdicts(plain)[read] == "holds")
    #expect(verdicts(Tutor.design("textbook", ["add tls"]))[read] == "refuted")
    #expect(verdicts(Tutor.design("textbook", ["add firewall"]))[open] == "refuted")
    #expect(verdicts(Tutor.design("textbook", ["add monitor"]))[claimText] == "refuted")
    let pairCommands = ["add balancer", "mode active-passive balancers"]
    #expect(verdicts(Tutor.design("textbook", pairCommands))["the balancer is a SPOF"] == "refuted")
    let process = "the process of the application server connected to the primary is a SPOF"
    #expect(verdicts(Tutor.design("weighted-standby", ["set lb-1 check tcp"]))[process] == "partly")
  }

  @Test(arguments: ["claims", "audit"]) func `faults during a verdict are reported`(_ command: String) {
    var session = Tutor.design("textbook")
    #expect(!session.do(command).text.contains("broken"))
    session.do("break server-2.app; break internet--lb-1")
    session.screen = Screen(width: 120)
    let last = session.do(command).lines.last?.text
    #expect(last == "  Judged with these faults: server-2.app (crash) and internet--lb-1 (cut).")
  }

  @Test func `a claim that cannot be judged does not hide others`() {
    var session = Tutor.design("textbook")
    session.do(#"claim "it stands" expect holds: state(server-9) == UP"#)
    session.do(#"claim "it answers": answers(read)"#)
    let reply = session.do("claims")
    let claims = reply.json["claims"]?.elements ?? []
    #expect(claims.count == 8)
    #expect(claims.suffix(2).first?["verdict"] == .null)
    #expect(claims.suffix(2).first?["problem"] == .string("there is no “server-9”"))
    #expect(claims.last?["verdict"] == .string("holds"))
    #expect(reply.text.contains("it stands: not judged"))
    #expect(reply.text.contains("there is no “server-9”"))
  }

  @Test func `the designs of later lessons have the claims that the lessons discuss`() {
    let claimTexts = ["scaled-up", "secured"].flatMap { Tutor.design($0).loadedSite.claims.map(\.text) }
    for text in [
      "all SPOFs removed", "traffic is encrypted up to the servers", "takeover without downtime",
      "agents report a dead server",
    ] { #expect(claimTexts.contains(text), "\(text)") }
  }

  @Test func `claims are saved with the site`() {
    let files = Files()
    var session = TypedSession("new", "add server server-1", files: files)
    let claim = #"claim "it answers; always" expect holds: run(send 2; send 2).answered == 2"#
    session.do(claim)
    session.do("save site.tripod")
    var other = TypedSession("new", files: files)
    other.do("load site.tripod")
    #expect(other.loadedSite.claims.map(\.command) == [claim])
    #expect(other.do("claims").json["claims"]?.elements.first?["verdict"]?.string == "holds")
  }

  @Test func `a claim that is not true or false is refused`() {
    var session = Tutor("new")
    #expect(session.obey(#"claim "x": 3"#).failure?.code == "fact")
    #expect(session.obey(#"claim "x" expect perhaps: true"#).failure?.code == "unreadable")
    #expect(session.obey(#"claim x: true"#).failure?.code == "unreadable")
    #expect(session.obey(#"claim "x" true"#).failure != nil)
  }
}
