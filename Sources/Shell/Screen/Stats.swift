import Blueprint
import Simulator

extension [StationReport] {
  /// One line a component, and all of it for programs.
  var answer: Answer {
    var lines = [Line("  component            served  failed   busy  waiting  at most", .faint)]
    for report in prefix(60) {
      let name = Column.left(report.address.text, 18)
      let busy = "\(report.utilisation / 10).\(report.utilisation % 10) %"
      let numbers = [
        ("\(report.served)", 9), ("\(report.failed)", 8), (busy, 8), ("\(report.waiting)", 8),
        ("\(report.peak)", 8),
      ]
      lines.append(Line("  \(name)\(numbers.map { Column.right($0, $1) }.joined())"))
    }
    if count > 60 { lines.append(Line("  and \(count - 60) components more", .faint)) }
    return Answer(lines, [JSON.Member("components", .array(map { $0.json }))])
  }
}

extension StationReport {
  var json: JSON {
    .object([
      JSON.Member("component", .string(address.text)), JSON.Member("served", .integer(served)),
      JSON.Member("failed", .integer(failed)), JSON.Member("utilisation", .thousandths(Int64(utilisation))),
      JSON.Member("queue", .integer(waiting)), JSON.Member("in_service", .integer(inService)),
      JSON.Member("peak", .integer(peak)), JSON.Member("mean_wait_ms", .milliseconds(meanWait)),
      JSON.Member("mean_present", .thousandths(Int64(meanPresent * 1_000))),
    ])
  }
}
