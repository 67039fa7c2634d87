import Facts
import Inspector
import Testing

@testable import Shell

/// The evidence of a fact can be typed, and then shows the value of the fact.
@Suite struct EvidenceTests {
  private struct EvidenceRun {
    let value: JSON
    /// The time in seconds at which the fact was evaluated.
    let startTime: Double
    let observation: String
    let commands: [String]
    /// The output of each command or, for `whatif`, of its last command.
    let replies: [JSON]
  }

  private func play(_ fact: String, on design: String = "textbook", after commands: [String] = [])
    -> EvidenceRun
  {
    var session = Tutor.design(design, commands)
    let evaluated = session.do("show \(fact)").json
    let before = session.loadedSite
    let lines = (evaluated["witness"]?["commands"]?.elements ?? []).compactMap { $0.string }
    let replies = lines.map { line in
      let reply = session.obey(line).json
      return reply["replies"]?.elements.last ?? reply
    }
    expectSame(session.loadedSite, before, fact)
    return EvidenceRun(
      value: evaluated["value"] ?? .null, startTime: (evaluated.number("time_ms") ?? 0) / 1_000,
      observation: evaluated["witness"]?["saw"]?.string ?? "", commands: lines,
      replies: replies)
  }

  @Test(arguments: Fact.table.map(\.example)) func `each piece of evidence can be run and changes nothing`(
    fact: String
  ) {
    let run = play(fact)
    #expect(!run.commands.isEmpty && !run.observation.isEmpty)
  }

  @Test(arguments: ["static", "read", "write"], designs.map(\.name))
  func `evidence for readable links sniffs each link`(kind: String, design: String) {
    let run = play("readable_links(\(kind))", on: design)
    let readable = run.replies.filter { $0["readable"] == .flag(true) }
    #expect(readable.map { $0["link"] } == run.value.elements.map { $0 })
  }

  @Test(arguments: ["internet--lb-1", "lb-1--server-2", "server-1--server-2", "internet--server-1"])
  func `evidence for one link sniffs that link`(link: String) {
    for commands in [[], ["add tls"], ["add tls to-servers; set database tls on"]] {
      let run = play("readable(\(link))", after: commands)
      #expect(run.replies.map { $0["link"] } == [.string(link)])
      #expect(run.replies.map { $0["readable"] } == [run.value], "\(link) \(commands)")
    }
  }

  @Test(arguments: ["answers(static)", "answers(write)", "answers(read) and primaries.count == 1"])
  func `evidence removes what is not needed, and the fact still holds`(fact: String) {
    let run = play("removable(\(fact))")
    #expect(!run.commands.isEmpty)
    for (command, reply) in zip(run.commands, run.replies) {
      #expect(run.value.elements.contains { command.hasPrefix("whatif remove \($0.string ?? "")") })
      #expect(reply["value"] == .flag(true), "\(command)")
    }
  }

  @Test func `evidence for a highest rate has a run below it and a run above it`() {
    let load = ["set server-1.app cost 40ms", "set server-2.app cost 40ms"]
    let rate = play("max_rate(answers(read))", after: load)
    #expect(rate.replies.map { $0.number("failed") == 0 } == [true, false])
    #expect(rate.commands.first?.hasSuffix("rate \(rate.value.text)/s") == true)
    let spofs = play("max_rate(spofs(read) without balancers == {})", after: load)
    let alone = spofs.replies.map { ($0["spofs"]?.elements ?? []).compactMap { $0["component"]?.string } }
    #expect(alone.map { $0.contains("server-1") } == [false, true])
    #expect(spofs.commands.allSatisfy { $0.contains("spof read at ") })
  }

  @Test(arguments: ["server-1 crash", "server-1 power", "server-2.nginx", "lb-1--server-2"])
  func `evidence for a detection time has the fastest and the slowest run`(failure: String) {
    let run = play("detection(break(\(failure)))")
    // Without its first wait, the time of each run is the time to detection.
    let times = zip(run.commands, run.replies).map { command, reply in
      (reply.number("time_ms") ?? 0) / 1_000 - run.startTime - secondsBeforeFirstStep(command)
    }
    #expect(times == times.sorted())
    let middle = (times.reduce(0, +)) / Double(times.count)
    #expect(abs(middle - (run.value.number ?? 0) / 1_000) < 0.01)
    #expect(run.commands.allSatisfy { $0.contains("break \(failure)") })
  }

  /// Returns the number of seconds before the first step, in a command such as `whatif wait 1250ms; …`.
  private func secondsBeforeFirstStep(_ command: String) -> Double {
    guard command.hasPrefix("whatif wait ") else { return 0 }
    let text = command.dropFirst(12).prefix { $0 != ";" }
    let number = Double(text.prefix { $0.isNumber }) ?? 0
    let unit = text.drop { $0.isNumber }
    return unit == "ns" ? number / 1e9 : unit == "us" ? number / 1e6 : unit == "ms" ? number / 1_000 : number
  }

  @Test(arguments: ["static", "read", "write"]) func `evidence for a path is a trace along it`(kind: String) {
    let run = play("path(\(kind))", on: "active-active")
    let traced = Set((run.replies.first?["hops"]?.elements ?? []).compactMap { $0["component"]?.string })
    for component in run.value.elements.compactMap({ $0.string }) {
      #expect(run.observation.contains(component))
      #expect(traced.contains(component) || component.hasSuffix(".files"), "\(component)")
    }
  }

  @Test func `evidence for SPOFs lists the same SPOFs`() {
    for fact in ["spofs(read)", "spofs(write) by hang", "run(remove server-2).spofs(static)"] {
      let run = play(fact, on: "textbook")
      let named = (run.replies.first?["spofs"]?.elements ?? []).compactMap { $0["component"]?.string }
      #expect(
        run.value.elements.compactMap { $0.string } == named.filter { !$0.contains("--") }, "\(fact)")
    }
  }

  @Test func `evidence for a hypothetical site runs there`() {
    let run = play("run(add balancer lb-2; mode active-passive balancers).holder")
    #expect(run.replies.map { $0["value"] } == [.string("lb-1")])
    #expect(play("start.primary").replies.count == 1)
  }

  @Test func `omitted evidence is reported`() {
    var session = Tutor.design("balancer-pair")
    let reply = session.do("show removable(answers(static))")
    let commands = reply.json["witness"]?["commands"]?.elements.count ?? 0
    let shown = reply.lines.filter { $0.text.hasPrefix("  whatif") }.count
    #expect(commands > shown && shown == 4)
    let runs = reply.json["witness"]?["saw"]?.string ?? ""
    #expect(reply.text.contains("… and \(commands - shown) more lines"))
    #expect(runs.contains("12 of "))
  }

  @Test func `a window shorter than a minute is reported`() {
    var session = Tutor.design("balancer-pair")
    let long = session.do("show answers(read) at 100/s").json["witness"]?["saw"]?.string
    let short = session.do("show answers(read) at 1500/s").json["witness"]?["saw"]?.string
    #expect(long == "6000 of 6000 reads answered")
    #expect(short == "40000 of 40000 reads answered in 26.667 s instead of a minute")
    #expect(session.do("spof read at 1500/s").text.contains("instead of a minute"))
  }

  @Test(arguments: [
    ("break server-1--server-2; send 2 write", "repair server-1--server-2"),
    ("break server-1.mysql; send 2 write", "promote server-2"),
    ("break server-1 cut; send 2 write", "repair server-1"),
  ])
  func `advice on a failed request never leads to two primaries`(_ commands: String, _ advice: String) {
    var session = Tutor.design("textbook", [commands])
    #expect(session.do("why last failed").text.contains(advice))
    session.do(advice)
    #expect(session.do("show primaries").json["value"]?.elements.count == 1)
  }

  @Test(arguments: [
    (
      "add firewall lb-1 allow 22 from internet; send 2",
      "  This would have prevented the failure: add firewall lb-1; wait 30s"
    ),
    (
      "add firewall lb-1 deny 203.0.113.50; send 1 from 203.0.113.50",
      "  None of the fixes tried would have prevented this failure."
    ),
  ])
  func `advice keeps the rules of a firewall`(_ commands: String, _ advice: String) {
    var session = Tutor.design("textbook", [commands])
    let lines = session.do("why last failed").lines.map(\.text)
    #expect(lines.last == advice)
  }
}

extension JSON {
  fileprivate func number(_ name: String) -> Double? { self[name]?.number }
}
