import Foundation
import Testing

@testable import Shell

/// The cost of a failure of each component in each design, as a readable table. With `TRIPOD_UPDATE=1` in the
/// environment, the table is written again.
@Suite struct DesignTableTests {
  private static let file = testFolder.appendingPathComponent("Failing/designs.table")

  @Test func `each failure has the cost in the table`() throws {
    let table = designs.map { DesignTable($0.name).text }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["TRIPOD_UPDATE"] == "1" {
      try table.write(to: DesignTableTests.file, atomically: true, encoding: .utf8)
    } else {
      let written = try String(contentsOf: DesignTableTests.file, encoding: .utf8)
      let differing = zip(table.split(separator: "\n"), written.split(separator: "\n")).filter { $0 != $1 }
      for (line, expected) in differing { #expect(line == expected) }
      #expect(table.count == written.count)
    }
  }

  @Test func `the table has every design`() throws {
    let written = try String(contentsOf: DesignTableTests.file, encoding: .utf8)
    #expect(designs.count == 7)
    for design in designs { #expect(written.contains("\(design.name) ")) }
  }
}

/// The table of a design. For each kind, it has the results of eight requests at once and of eight requests
/// 30 s later.
private struct DesignTable {
  let name: String
  let site: Tutor

  init(_ name: String) {
    self.name = name
    site = Tutor.design(name)
  }

  var text: String {
    let kinds = ["static", "read", "write"]
    let head = [name] + kinds.flatMap { [$0, "after 30 s"] }
    let rows = [head] + targets.map { target in [target] + kinds.flatMap { cells(target, $0) } }
    return rows.map { $0.enumerated().map(padded).joined(separator: "  ").trimmingTrailingSpaces + "\n" }
      .joined()
  }

  private func padded(_ column: Int, _ text: String) -> String {
    text.padding(toLength: max(text.count, column == 0 ? 20 : 16), withPad: " ", startingAt: 0)
  }

  /// The rows of the table: `nothing`, then all hosts with their components, and the links between hosts.
  private var targets: [String] {
    let hosts = site.loadedSite.simulation.topology.hosts
    let components = hosts.flatMap { host in
      [host.name] + (host.parts + host.protections).map { "\(host.name).\($0.rawValue)" }
    }
    let links = hosts.indices.flatMap { i in hosts[(i + 1)...].map { "\(hosts[i].name)--\($0.name)" } }
    return ["nothing"] + components + links
  }

  private func cells(_ target: String, _ kind: String) -> [String] {
    var session = site
    if target != "nothing" { session.do("break \(target)") }
    let atOnce = session.do("send 8 \(kind) rate 1000/s")
    session.do("wait 30s")
    return [cell(atOnce), cell(session.do("send 8 \(kind) rate 1000/s"))]
  }

  /// Returns a text such as `4 ok 4 503`.
  private func cell(_ reply: Reply) -> String {
    let counts = reply.counts("statuses").sorted { $0.key < $1.key }
    return counts.map { "\($0.value) \($0.key == "200" ? "ok" : $0.key)" }.joined(separator: " ")
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
