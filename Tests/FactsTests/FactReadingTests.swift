import Facts
import Testing

/// A mistake in a fact is reported with its position, before anything runs.
@Suite struct FactReadingTests {
  private func problem(_ text: String) -> String {
    do {
      let fact = try Fact(text)
      return "reads as \(fact.type.words)"
    } catch {
      return "\(error.message) @\(error.position.lowerBound)..<\(error.position.upperBound)"
    }
  }

  @Test(arguments: [
    ("1 < server-1", "“server-1” is not a number @4..<12"),
    ("role(server-1) == primry", "“primry” is not a role @18..<24"),
    ("role(server-1) == 3", "this is a number, not a role @18..<19"),
    ("run(send 3).answerd", "a report has no “answerd” @12..<19"),
    ("spof(read)", "there is no fact “spof” @0..<4"),
    ("seen(request.faild)", "“request.faild” is not an event @5..<18"),
    ("150/s + 3", "a rate + a number means nothing @0..<9"),
    ("run(send 4)", "a report is no answer @0..<11"),
    ("1 < 2 < 3", "two comparisons in a row @6..<7"),
    ("{1, server-1}", "“server-1” is not a number @4..<12"),
    ("rn(send 4).answered", "there is no fact “rn” @0..<2"),
    ("detectoin(break(server-1 crash)) <= 6s", "there is no fact “detectoin” @0..<9"),
    ("start.rum(send 4)", "there is no fact “rum” @6..<9"),
    ("findings == 3", "this is a number, not a set of texts @12..<13"),
    ("run(send 4).latency_ms.max > 1s", "numbers in a reply have no unit, and this is a length of time @29..<31"),
    ("1s < run(send 4).latency_ms.max", "numbers in a reply have no unit, and this is a length of time @5..<31"),
    ("run(send 4).sent in {1s}", "this is a number, not a length of time @0..<16"),
    (
      "run(send 4).latency_ms.max in {1s}", "numbers in a reply have no unit, and this is a length of time @0..<26"
    ),
    ("run(send 4).reply.sent == 3/s", "numbers in a reply have no unit, and this is a rate @26..<29"),
    ("answers(read) at run(send 4).reply.sent", "numbers in a reply have no unit, and this is a rate @17..<39"),
    ("answers", "answers needs more arguments @0..<7"),
    ("servers at 3/s", "servers does not accept a rate @11..<14"),
    ("3 parsecs", "“parsecs” does not belong here @2..<9"),
    ("3parsecs", "“parsecs” is not a unit @0..<8"),
    ("(1", "“the end” where ) is expected @2..<2"),
    ("\"abc", "the quote is not closed @0..<4"),
    ("run(send 4", "the parenthesis is not closed @4..<10"),
    ("", "the fact ends too soon @0..<0"),
    ("1\u{20E3} + 1", "“1\u{20E3}” has no meaning in a fact @0..<1"),
    ("primar\u{0079}\u{0301}", "“y\u{0301}” has no meaning in a fact @6..<7"),
  ])
  func `a wrong fact is refused at its position`(text: String, expected: String) {
    #expect(problem(text) == expected)
  }

  @Test(arguments: [
    ("run(send 7).by_server[server-1]", "a number"), ("run(send 7).sequence", "a list of components"),
    ("run(send 40).share(server-1) == 75%", "true or false"),
    ("spofs(read) at 150/s by hang", "a set of components"),
    ("run(send 4).latency.p99 < start.run(send 4).latency.p99/2", "true or false"),
    ("150/s ± 5 %", "a rate"), ("stops(break(primary))", "a set of kinds of request"),
    ("run(send 2).requests[1].database", "a component"),
    ("open_ports(internet) == {lb-1:80}", "true or false"),
    ("run(audit).reply.findings[0].id", "a value from a reply"), ("run(audit).findings", "a set of texts"),
    ("run(show servers).servers", "a set of components"),
    ("run(send 4).latency_ms.max * 1ms > 1s", "true or false"),
    ("findings == {clear-text, no-monitor}", "true or false"), ("clear-text in findings", "true or false"),
    ("alerts_of(server-1) == {refused}", "true or false"),
    ("run(send 4).reply.requests[0].status == refused", "true or false"),
  ])
  func `a fact has a type before it is judged`(text: String, type: String) {
    #expect(problem(text) == "reads as \(type)")
  }

  private func hint(_ text: String) -> String {
    do {
      return "reads as \(try Fact(text).type.words)"
    } catch {
      return error.hint
    }
  }

  @Test(arguments: [
    ("survives(break(server-1 hnag), read)", "hang?"), ("spofs(read) by crahs", "crash?"),
    ("spofs(raed)", "read?"), ("role(server-1) == primry", "primary?"),
    ("wriet in stops(break(lb-1))", "write?"),
    ("run(send 4).anwsered", "answered?"),
    ("run(audit).findings[0]", "reply.findings is the value in the reply"),
    ("run(send 4).by_sever", "by_server?"),
    ("run(send 4).requests[0].databse", "database?"), ("spfs(read)", "spofs?"),
    ("spofz(read)", "spofs?"), ("detectoin(break(server-1)) <= 6s", "detection?"),
    ("rnu(send 4).answered", "run?"), ("servives(break(lb-1), read)", "survives?"),
    ("state(server-1) == wroks", "works?"),
    (
      "run(send 4).latency_ms.max > 1s",
      "for milliseconds, a plain number such as 1000; run(send 4).latency.max has a unit"
    ),
  ])
  func `a misspelt word gets a suggestion`(text: String, meant: String) { #expect(hint(text) == meant) }

  @Test func `a thousand parentheses are refused`() {
    let deep = String(repeating: "(", count: 1_000) + "1" + String(repeating: ")", count: 1_000)
    #expect(problem(deep).hasPrefix("the fact is nested too deeply"))
    let chain = "hosts" + String(repeating: ".first", count: 500)
    #expect(!problem(chain).hasPrefix("reads"))
    let sum = Array(repeating: "1", count: 2_000).joined(separator: "+")
    #expect(problem(sum).hasPrefix("the fact is nested too deeply"))
  }

  @Test func `endless lists and numbers are refused`() {
    let list = "{" + Array(repeating: "1", count: 2_000).joined(separator: ",") + "}"
    #expect(problem(list).hasPrefix("too many elements"))
    #expect(problem(String(repeating: "9", count: 400)).hasPrefix("the number is too long"))
    #expect(problem(String(repeating: "a", count: 100_000)).hasPrefix("the fact is too long"))
  }
}
