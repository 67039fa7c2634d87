import Blueprint
import Facts
import Foundation
import Inspector
import Testing

@testable import Shell

/// The output of `help`. Its examples must have the results that it claims.
@Suite struct HelpTests {
  private static func reply(to line: String, after commands: String...) -> Reply {
    var session = Tutor(designs: designs, lessons: lessons)
    for command in commands { session.do(command) }
    return session.obey(line)
  }

  @Test func `help begins with five first steps, and lists every command by purpose on one screen`() {
    let reply = HelpTests.reply(to: "help")
    #expect(reply.json["commands"]?.elements.map(\.string) == Command.all.map(\.name))
    #expect(reply.lines.first?.text == "Try these first:")
    for step in reply.lines.dropFirst().prefix(5) {
      let typed = step.text.trimmingCharacters(in: .whitespaces).components(separatedBy: "  ").first ?? ""
      #expect(HelpTests.reply(to: typed).failure?.code != "unknown-command", "\(typed)")
    }
    let words = reply.lines.dropFirst(6).flatMap { $0.text.split(separator: " ").map(String.init) }
    for command in Command.all { #expect(words.contains(command.name)) }
    #expect(reply.lines.count <= 24)
    #expect(reply.lines.allSatisfy { $0.text.count <= 80 })
  }

  @Test(arguments: Command.all.map(\.name))
  func `help shows how to use a command, with an example and its output`(_ name: String) throws {
    let command = try #require(Command.all.first { $0.name == name })
    let reply = HelpTests.reply(to: "help \(name)", after: "new", "break lb-1")
    #expect(reply.failure == nil)
    #expect(reply.json["usage"] == .string(command.usage))
    #expect(reply.lines.allSatisfy { $0.text.count <= 80 })
    let text = reply.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.hasPrefix(command.usage))
    let examples = Tutor.commands(in: command.example)
    #expect(examples.contains { $0.hasPrefix(name) })
    for example in examples { #expect(reply.text.contains("tripod> \(example.prefix(40))")) }
  }

  /// Compares the output in `help` with the output of the same commands in a new session.
  @Test(arguments: Command.all.map(\.name))
  func `the output of an example is the program's output`(_ name: String) throws {
    let command = try #require(Command.all.first { $0.name == name })
    var session = TypedSession(designs: designs, lessons: lessons, files: Files(["site.tripod": "send 4\n"]))
    session.access.savedSites = SavedSites([
      UnfinishedSite(steps: [UnfinishedSite.RecordedStep("set server-1 weight 3")])
    ])
    session.screen = Screen(width: 78)
    let replies = Tutor.commands(in: command.example).map { session.obey($0) }
    #expect(replies.compactMap(\.failure) == [])
    let shown = HelpTests.reply(to: "help \(name)").json["output"]?.elements.map(\.string)
    // The lines of an example about lessons are shown, but not run.
    #expect(shown == (command.group == .learn ? [] : replies.flatMap { $0.lines.map(\.text) }))
  }

  @Test(arguments: Command.all.map(\.name))
  func `each word and value of a command is noted, and nothing else is`(_ name: String) throws {
    let command = try #require(Command.all.first { $0.name == name })
    let names = Set(command.parameters.flatMap { $0.names })
    #expect(Set(command.notes.keys).subtracting(names) == [])
    let missing = names.subtracting(command.notes.keys)
    // For these, help lists the alternatives one by one.
    #expect(missing.subtracting(["MODE", "WHAT", "STATE", "NAME", "SIGN", "WAY", "REACH"]) == [])
  }

  @Test(arguments: Command.all.map(\.name))
  func `each related entry of a command is a command or a term`(_ name: String) throws {
    let command = try #require(Command.all.first { $0.name == name })
    for word in command.see {
      #expect(Command.all.contains { $0.name == word } || Term.all.contains { $0.name == word }, "\(word)")
      #expect(word != name)
    }
  }

  @Test(arguments: Fact.table.map(\.name))
  func `help shows each fact with its parameters, its type and an example`(_ name: String) throws {
    let entry = try #require(Fact.table.first { $0.name == name })
    let reply = HelpTests.reply(to: "help \(name)", after: "new", "break lb-1")
    #expect(reply.failure == nil)
    #expect(reply.lines.allSatisfy { $0.text.count <= 80 })
    let fact = try #require(reply.json["fact"])
    #expect(fact["usage"] == .string(entry.usage))
    #expect(fact["type"] == .string(entry.type.words))
    #expect(fact["parameters"]?.elements.count == entry.parameters.count)
    let text = reply.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("a fact, \(entry.type.words): \(entry.meaning)"))
    for parameter in entry.parameters { #expect(reply.text.contains(parameter.name)) }
  }

  /// Compares the output in `help` with the value of the same fact in a new session.
  @Test(arguments: Fact.table.map(\.name))
  func `the example of a fact is the program's output`(_ name: String) throws {
    let entry = try #require(Fact.table.first { $0.name == name })
    var session = Tutor(designs: designs, lessons: lessons)
    session.screen = Screen(width: 78)
    let reply = session.obey("show \(entry.example)")
    #expect(reply.failure == nil)
    let shown = HelpTests.reply(to: "help \(name)").json["fact"]?["output"]?.elements.map(\.string)
    #expect(shown == reply.lines.map(\.text))
  }

  @Test(arguments: Set(Fact.fields.map(\.name)).sorted())
  func `help describes each field of a fact, and its example can be evaluated`(_ name: String) {
    let fields = HelpTests.reply(to: "help \(name)").json["fields"]?.elements ?? []
    #expect(fields.count == Fact.fields.count { $0.name == name })
    for field in fields {
      var session = Tutor.design("textbook")
      #expect(session.obey("show \(field["example"]?.string ?? "")").failure == nil)
    }
  }

  @Test func `each operator in the list of facts can be parsed`() {
    var session = Tutor.design("textbook")
    let text = session.do("show facts").text
    #expect(text.contains("of sets: union, intersect, without"))
    for (sign, hosts) in [
      ("union", #"["lb-1","server-1"]"#), ("intersect", "[]"), ("without", #"["lb-1"]"#),
    ] {
      #expect(session.do("show {lb-1} \(sign) {server-1}").json["value"]?.text == hosts)
    }
    #expect(session.do("help facts").text == text)
  }

  @Test func `help describes the parameters of a fact`() {
    var session = Tutor.design("textbook")
    #expect(
      session.do("help holder").text.contains("vip   any name for the shared address: there is only one"))
    #expect(session.obey("show spofs").failure?.message == "spofs needs more arguments")
  }

  @Test func `show facts lists the type of each fact`() {
    let text = HelpTests.reply(to: "show facts").text
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for entry in Fact.table {
      #expect(words.contains("\(entry.usage) \(entry.meaning) (\(entry.type.words))"))
    }
    for field in Fact.fields {
      #expect(words.contains("\(field.usage) \(field.meaning) (\(field.typeWords))"))
    }
  }

  @Test func `help shows a default value and its origin`() {
    for key in ["mtbf-host", "mttr-host", "mtbf-files", "mttr-app", "mtbf-mysql"] {
      #expect(HelpTests.reply(to: "help \(key)").text.contains("Source of the default: "), "\(key)")
      #expect(HelpTests.reply(to: "show site").text.components(separatedBy: key).count > 2, "\(key)")
    }
  }

  @Test func `help on a setting says what it does and how to change it`() throws {
    let setting = try #require(Setting.all.first { $0.name.rawValue == "max-fails" })
    let reply = HelpTests.reply(to: "help max-fails")
    #expect(reply.lines.first?.text.hasPrefix("  max-fails is a setting: ") == true)
    let text = reply.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(setting.summary))
    #expect(text.contains("set server-1.nginx max-fails VALUE: a number from 0 to 1000."))
  }

  @Test func `help does not change the site`() {
    var session = Tutor(designs: designs)
    let before = session.loadedSite
    for command in Command.all { session.do("help \(command.name)") }
    expectSame(session.loadedSite, before)
  }

  @Test func `help set lists every setting on one screen`() {
    let reply = HelpTests.reply(to: "help set")
    #expect(reply.lines.count <= 48)
    let text = reply.text
    let words = Set(text.split { $0.isWhitespace || $0 == "," }.map(String.init))
    for key in Setting.Name.allCases { #expect(words.contains(key.rawValue), "\(key.rawValue)") }
  }

  @Test(arguments: [
    ("help lb-1", "  lb-1 is a host of this site, with haproxy."),
    ("help server-1.mysql", "  server-1 is a host of this site, with nginx, app, files and mysql."),
    ("help replica", "  replica"),
    ("help master", "  master: the former word for primary"),
    ("help round robin", "  round robin"),
    ("help algo", "  algorithm [roundrobin|static-rr|leastconn|first|source|uri|random"),
    ("help SEND", "  send [N] [KIND] [mix [KIND=N…]] [rate R/s] [from IP[,IP…]] [to PATH[,PATH…]]"),
  ]) func `help refers to related topics`(_ line: String, _ first: String) {
    #expect(HelpTests.reply(to: line).lines.first?.text == first)
  }

  @Test(arguments: [
    (
      "help nothing at all", "there is no explanation of “nothing at all”",
      "type `explain` for the list of terms"
    ),
    ("help snd", "unknown command “snd”", "did you mean `send`?"),
    (
      "help re", "“re” could mean remove, release, repair, rebuild, redo, reset, resume or review",
      "type more letters of the word"
    ),
  ]) func `help says when there is no help`(_ line: String, _ message: String, _ hint: String) {
    let failure = HelpTests.reply(to: line).failure
    #expect(failure?.message == message)
    #expect(failure?.hint == hint)
  }
}
