import Inspector
import Testing

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
