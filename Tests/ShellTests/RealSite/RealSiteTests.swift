import Testing

@testable import Shell

/// The model compared with the results of a real site: three namespaces with HAProxy, nginx, gunicorn and
/// MariaDB.
@Suite struct RealSiteTests {
  static let twoServers = RealSiteRow.all.filter { $0.variant != "onenginx-1s" }
  static let oneNginx = RealSiteRow.all.filter { $0.variant == "onenginx-1s" }

  @Test func `every recorded row is replayed`() {
    #expect(RealSiteTests.twoServers.count == 123)
    #expect(RealSiteTests.oneNginx.count == 29)
    #expect(RealSiteRow.all.allSatisfy { $0.atOnce.count == 12 && $0.settled.count == 12 })
  }

  @Test(arguments: twoServers) func `the model shows what clients saw`(_ row: RealSiteRow) {
    var models: [ModelSite] = []
    for (turns, phase) in ModelSite.turnsAndPhases {
      let model = ModelSite(row, turns: turns, phase: phase)
      models.append(model)
      guard model.agrees(with: row) else { continue }
      compareDetection(model, row)
      #expect(model.recovered.map(\.status) == Array(repeating: 200, count: 12))
      return
    }
    Issue.record(
      "real \(row.atOnce), then \(row.settled); model \(models[0].atOnce), then \(models[0].settled)")
  }

  /// Checks when the server is marked DOWN. The time must be within one interval of the recorded time, if
  /// there is one, and in the range for the kind of fault.
  private func compareDetection(_ model: ModelSite, _ row: RealSiteRow) {
    #expect(model.firstDown?.server == row.firstDown?.server)
    guard let recordedDown = row.firstDown, let firstDown = model.firstDown else { return }
    #expect(abs(firstDown.ms - recordedDown.ms) <= 300)
    let isSilent = ["hang", "power", "cut", "slow3000"].contains(row.fault)
    #expect((isSilent ? 1_500.0...1_800 : 600...900).contains(firstDown.ms))
  }

  /// Compares the number of each result, and all times, but not their order. Health checks use some of
  /// nginx's turns. Also, nginx may still skip an application because of the previous run.
  @Test(arguments: oneNginx) func `one nginx with two applications behaves as recorded`(_ row: RealSiteRow) {
    let models = ModelSite.turnsAndPhases.map { ModelSite(row, turns: $0, phase: $1) }
    let hasMatch = models.contains { $0.hasStatuses(of: row) && $0.hasTimes(of: row) }
    let first = "\(models[0].atOnce), then \(models[0].settled)"
    #expect(hasMatch, "real \(row.atOnce), then \(row.settled); model \(first)")
    for model in models { #expect(model.recovered.map(\.status) == Array(repeating: 200, count: 12)) }
  }
}

extension ModelSite {
  fileprivate func hasStatuses(of row: RealSiteRow) -> Bool {
    (atOnce + settled).map(\.status).sorted() == (row.atOnce + row.settled).map(\.status).sorted()
  }

  fileprivate func hasTimes(of row: RealSiteRow) -> Bool {
    (atOnce + settled).allSatisfy { result in
      (row.atOnce + row.settled).contains { $0.status == result.status && $0.hasTime(of: result) }
    }
  }
}
