import Testing

@testable import Inspector
@testable import Shell

@Suite struct AvailabilityTests {
  private static let ninetyNine = ["set site mtbf-host 99h", "set site mttr-host 1h"]

  private func share(_ design: String, _ command: String, _ commands: [String] = ninetyNine) -> Double {
    var session = Session.design(design, commands)
    return session.do(command).json["availability"]?["read"]?.billionths ?? 0
  }

  @Test func `splitting the tiers lowers the availability of hosts`() {
    #expect(abs(share("textbook", "availability hosts") - 0.989901) < 1e-9)
    #expect(abs(share("scaled-up", "availability hosts") - 0.9999 * 0.970299) < 1e-9)
  }

  @Test(arguments: ["textbook", "active-active", "scaled-up"])
  func `drawing agrees with what is computed`(design: String) {
    var session = Session.design(design, AvailabilityTests.ninetyNine)
    let json = session.do("availability hosts").json
    for kind in ["static", "read", "write"] {
      let computed = json["availability"]?[kind]?.billionths ?? 0
      let drawn = json["drawn"]?[kind]?.billionths ?? 0
      let error = json["standard_error"]?[kind]?.billionths ?? 0
      #expect(error > 0)
      #expect(abs(computed - drawn) < 4 * error)
    }
  }

  /// What fails rarely is met as well, and no drawing says otherwise by chance.
  @Test(arguments: designs.map(\.name)) func `no drawing is a false alarm`(design: String) {
    let session = Session.design(design)
    for (seeds, question) in [(1...50, "availability read hosts"), (1...1, "availability read")] {
      for seed in seeds {
        var copy = session
        let reply = copy.do("whatif set site seed \(seed); \(question)")
        let text = reply.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("A drawing with seed \(seed) agrees."))
        let json = reply.json["replies"]?.elements.last
        func share(_ name: String) -> Double { json?[name]?["read"]?.billionths ?? 0 }
        #expect(abs(share("availability") - share("drawn")) < 5 * share("standard_error"), "\(seed)")
      }
    }
  }

  /// A bad release answers with errors only as long as the application lives that serves it.
  @Test func `what hides another failure is counted`() {
    var session = Session.design("active-active")
    let costs = session.do("availability read").json["costs"]?["read"]
    let one = costs?["server-1.files"]?.billionths ?? 0
    let other = costs?["server-2.files"]?.billionths ?? 0
    #expect(one > 2e-4)
    #expect(abs(one - other) < 1e-6)
  }

  @Test func `a drawing that is wrong is noticed`() {
    let wrong = Drawing(allWell: 0.99, worksWhole: true, failed: 100, count: 20_000)
    #expect(wrong.agrees(with: wrong.share))
    #expect(wrong.agrees(with: wrong.share + 4 * wrong.error))
    #expect(!wrong.agrees(with: wrong.share + 6 * wrong.error))
    #expect(!wrong.agrees(with: wrong.share - 7 * wrong.error))
    let rare = Drawing(allWell: 0.99, worksWhole: true, failed: 3, count: 20_000)
    #expect(rare.agrees(with: 1 - 0.01 * 0.5 / 20_000))
    #expect(!rare.agrees(with: 1))
    #expect(Drawing(allWell: 1, worksWhole: true, failed: 0, count: 0).agrees(with: 1))
  }

  @Test func `a comparison counts SPOFs as the facts do`() {
    for design in designs {
      var session = Session.design(design.name)
      let rows = session.do("compare \(design.name) textbook").json["rows"]?.elements ?? []
      for kind in ["static", "read", "write"] {
        let row = rows.first { $0["name"]?.string == "SPOFs, \(kind)" }
        let count = session.do("show spofs(\(kind)).count").json["value"]
        #expect(
          (row?["values"]?.elements.first?.elements.count).map { JSON.integer($0) } == count, "\(design.name)"
        )
      }
    }
  }

  @Test func `two designs are compared trait by trait`() {
    var session = Session.design("textbook")
    let rows = session.do("compare textbook textbook").json["rows"]?.elements ?? []
    #expect(rows.count >= 8)
    #expect(rows.allSatisfy { $0["differs"] == .flag(false) })
    let other = session.do("compare textbook secured").json["rows"]?.elements ?? []
    #expect(other.first { $0["name"]?.string == "findings" }?["differs"] == .flag(true))
  }
}

extension JSON {
  fileprivate var billionths: Double? {
    if case .billionths(let number) = self { Double(number) / 1e9 } else { nil }
  }
}
