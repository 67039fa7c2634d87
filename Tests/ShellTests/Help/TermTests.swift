import Foundation
import Inspector
import Testing

@testable import Shell

/// The terms that `explain` explains.
@Suite struct TermTests {
  private static func reply(to line: String) -> Reply {
    var session = Tutor(designs: designs)
    return session.obey(line)
  }

  @Test func `no two terms have a name in common`() {
    let names = Term.all.flatMap { term in Set(term.allNames.map(Term.normalized)) }
    let twice = Dictionary(grouping: names, by: { $0 }).filter { $0.value.count > 1 }.keys.sorted()
    #expect(twice == [])
  }

  @Test(arguments: Term.all.map(\.name)) func `a term is explained`(_ name: String) throws {
    let term = try #require(Term.named(name))
    let reply = TermTests.reply(to: "explain \(name)")
    #expect(reply.failure == nil)
    #expect(reply.lines.first?.text == "  \(name)")
    #expect(reply.lines.allSatisfy { $0.text.count <= 80 })
    #expect(
      ["term", "also", "meaning", "try", "confused_with", "see"].map { reply.json[$0] } == [
        .string(name), .array((term.formerNames + term.otherNames).map { .string($0) }),
        .string(term.meaning),
        .string(term.example), .string(term.confusedWith), .array(term.see.map { .string($0) }),
      ])
  }

  @Test(arguments: Term.all.map(\.name))
  func `the explanation is short, and says what the term is confused with`(_ name: String) throws {
    let term = try #require(Term.named(name))
    let sentences = term.meaning.sentenceCount(endingWith: ".")
    #expect((2...4).contains(sentences), "\(sentences) sentences")
    #expect(term.meaning.count <= 360)
    for sentence in "\(term.meaning) \(term.confusedWith)".components(separatedBy: ". ") {
      #expect(sentence.split(separator: " ").count <= 25, "\(sentence)")
    }
    #expect(!term.meaning.contains("\n"))
    #expect(term.meaning.hasSuffix("."))
    let shown = TermTests.reply(to: "explain \(name)").text.split(whereSeparator: \.isWhitespace)
    #expect(shown.joined(separator: " ").contains("Do not confuse this \(term.confusedWith)"))
    #expect(term.confusedWith.hasPrefix("with ") && term.confusedWith.hasSuffix("."))
    #expect((20...140).contains(term.confusedWith.count))
    #expect(!term.see.isEmpty)
    for other in term.see { #expect(Term.all.contains { $0.name == other } && other != name, "\(other)") }
  }

  @Test(arguments: Term.all.map(\.name)) func `the command that shows a term works`(_ name: String) throws {
    let term = try #require(Term.named(name))
    var session = Tutor(designs: designs, lessons: lessons)
    for command in Tutor.commands(in: term.example) {
      let failure = session.obey(command).failure
      #expect(failure == nil, "\(command): \(failure?.message ?? "")")
    }
  }

  @Test(arguments: [
    ("master", "primary"), ("slave", "replica"), ("SSL", "TLS"), ("HTTPS", "TLS"), ("cluster", "replication"),
    ("VIP", "floating address"), ("LB", "load balancer"), ("virtual IP", "floating address"),
    ("queries per second", "QPS"), ("failover server", "standby"), ("replicas", "replica"),
    ("retries", "retry"), ("crashes", "crash"), ("round-robin", "round robin"), ("roundrobin", "round robin"),
    ("ROUND ROBIN", "round robin"), ("least connections", "leastconn"), ("active passive", "active-passive"),
    ("active/active", "active-active"), ("503", "503"), ("HTTP 502", "502"), ("error 504", "504"),
    ("1290", "read-only"), ("read_only", "read-only"), ("semi sync", "semi-synchronous"),
    ("what is a SPOF", "SPOF"), ("single point of failure", "SPOF"), ("health  check", "health check"),
    ("utilization", "utilisation"), ("N + 1", "N+1"), ("series", "series"), ("n plus one", "N+1"),
    ("TCP check", "health check"), ("failovers", "failover"), ("addresses", "address"),
    ("what does lag mean", "lag"), ("what's a VIP?", "floating address"),
    ("what does SPOF stand for", "SPOF"),
    ("load balancing", "load balancer"), ("backup server", "standby"), ("backup", "standby"),
    ("backup copy", "data backup"), ("termination", "TLS termination"), ("machine", "host"),
    ("server", "server"), ("part", "component"), ("workers", "worker"), ("slots", "maxconn"),
    ("sniff", "unencrypted"),
    ("holds", "verdict"), ("refuted", "verdict"), ("closed", "port"), ("filtered", "port"),
    ("hanging", "hang"),
    ("outage", "fault"), ("failures", "fault"), ("log", "log"), ("fog", "fog"), ("algorithms", "algorithm"),
    ("stateless", "shared store"), ("eventual consistency", "stale read"), ("quorum", "split brain"),
  ]) func `another form of a word finds its term`(_ word: String, _ name: String) {
    #expect(TermTests.reply(to: "explain \(word)").json["term"] == .string(name))
  }

  @Test(arguments: [
    ("master", "  master: the former word for primary"),
    ("Slave", "  Slave: the former word for replica"),
    ("VIP", "  VIP: explained under floating address"), ("LB", "  LB: explained under load balancer"),
    ("round-robin", "  round robin"),
  ]) func `an old term leads to the current one`(_ word: String, _ title: String) {
    #expect(TermTests.reply(to: "explain \(word)").lines.first?.text == title)
  }

  @Test(arguments: [
    ("explain splt brain", "there is no explanation of “splt brain”", "did you mean `split brain`?"),
    (
      "explain frobnication", "there is no explanation of “frobnication”",
      "type `explain` for the list of terms"
    ),
  ]) func `an unknown word gets the nearest term as a suggestion`(
    _ line: String, _ message: String, _ hint: String
  ) {
    let failure = TermTests.reply(to: line).failure
    #expect(failure?.code == "unknown-term")
    #expect(failure?.message == message)
    #expect(failure?.hint == hint)
    #expect(failure?.position == 8..<line.count)
  }

  @Test func `help for a command shows an example`() {
    #expect(TermTests.reply(to: "explain send").lines == TermTests.reply(to: "help send").lines)
  }

  @Test func `a setting is explained too`() {
    let reply = TermTests.reply(to: "explain check-path")
    #expect(reply.lines.first?.text == "  check-path")
    #expect(reply.text.contains("A setting of haproxy: "))
    #expect(reply.text.contains("nginx, app or database."))
    #expect(reply.lines.last?.text == "  try        show lb-1")
    #expect(reply.json["try"] == .string("show lb-1"))
  }

  @Test func `explain lists all terms`() {
    let reply = TermTests.reply(to: "explain")
    #expect(reply.json["terms"]?.elements.map(\.string) == Term.all.map(\.name))
    #expect(reply.lines.allSatisfy { $0.text.count <= 80 })
  }

  @Test func `terms are completed, including those of two words`() {
    let session = Tutor(designs: designs)
    #expect(session.completion(of: "explain ").candidates.count == Term.all.count)
    #expect(
      session.completion(of: "explain split")
        == Completion(typed: 5, candidates: [Completion.Candidate("split brain", "the database")]))
    #expect(
      session.completion(of: "explain split b")
        == Completion(typed: 7, candidates: [Completion.Candidate("split brain", "the database")]))
    #expect(
      session.completion(of: "explain mas").candidates == [Completion.Candidate("master", "primary")])
  }
}

extension String {
  /// Returns the number of sentences that end with the mark.
  fileprivate func sentenceCount(endingWith mark: Character) -> Int {
    let characters = Array(self)
    return characters.indices.count { i in
      characters[i] == mark && (i + 1 == characters.count || characters[i + 1] == " ")
    }
  }
}
