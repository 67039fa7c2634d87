import Blueprint
import Inspector
import Simulator

/// A table of a site's capacity: as it is now, and after the failure of each server.
struct CapacityTable {
  let report: CapacityReport

  var answer: CommandResponse {
    let width = max(16, (report.losses.map { $0.component.count + 8 }.max() ?? 0))
    let rows =
      [("now", report.intactCapacity)]
      + report.losses.map { ("without \($0.component)", $0.remainingCapacity) }
    let head = Line("  Most requests per second (\(report.kind.rawValue)) that the site can answer")
    let lines =
      [head]
      + rows.map { title, capacity in
        Line(
          "  \(Column.left(title, width)) \(capacity.words(for: report.kind))",
          capacity == nil ? .failed : .plain)
      }
    let losses = report.losses.map {
      JSON.object([JSON.Member(.component, .string($0.component)), $0.remainingCapacity.member])
    }
    return CommandResponse(
      lines,
      [
        JSON.Member(.kind, .string(report.kind.rawValue)), report.intactCapacity.member,
        JSON.Member(.afterLoss, .array(losses)),
      ])
  }
}

extension Capacity? {
  fileprivate func words(for kind: RequestKind) -> String {
    guard let self else { return "     0/s   some \(kind.rawValue) requests fail at any rate" }
    guard let rate = self.thousandths else { return "no limit: no component takes any time" }
    return "\(Column.right("\(rate / 1_000)", 6))/s   limited by \(self.limit?.text ?? "nothing")"
  }

  fileprivate var member: JSON.Member {
    JSON.Member(
      .capacity,
      [
        .rate: self == nil ? .thousandths(0) : self?.thousandths.map { .thousandths($0) } ?? .null,
        .limit: self?.limit.map { .string($0.text) } ?? .null,
      ])
  }
}
