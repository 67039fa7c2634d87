import Blueprint
import Inspector
import Simulator

extension [ComponentStatistics] {
  /// Returns one line for each component, and all values for programs.
  func answer(on screen: Screen) -> CommandResponse {
    let names = screen.width < 64 ? 15 : 20
    let room = Swift.max(0, Swift.min(40, screen.width - names - 46))
    let head =
      "  \(Column.left("component", names))\(Column.left("", room))   served  failed   busy  waiting    peak"
    var lines = [Line(head, .faint)]
    for report in prefix(60) {
      let numbers = [
        ("\(report.served)", 9), ("\(report.failed)", 8), (Column.percent(report.utilisation), 8),
        ("\(report.waiting)", 8), ("\(report.peak)", 8),
      ]
      lines.append(
        Line("  ") + Line(Column.left(report.address.text, names)).cut(to: names)
          + Line.bar(report.utilisation, of: 1_000, width: room, .plain)
          + Line(numbers.map { Column.right($0, $1) }.joined()))
    }
    if count > 60 { lines.append(Line("  and \(count - 60) more components", .faint)) }
    return CommandResponse(lines, [JSON.Member(.components, .array(map { $0.json }))])
  }
}

extension ComponentStatistics {
  var json: JSON {
    [
      .component: .string(address.text), .served: .integer(served), .failed: .integer(failed),
      .utilisation: .thousandths(Int64(utilisation)), .queue: .integer(waiting),
      .inService: .integer(inService), .peak: .integer(peak), .meanWaitMs: .milliseconds(meanWait),
      .meanCallsInFlight: .thousandths(Int64(meanCallsInFlight * 1_000)),
    ]
  }
}
