import Blueprint
import Inspector
import Simulator

/// Bar charts of a run: how requests ended, how busy each component was, and how long requests took.
struct Chart {
  let traffic: Traffic
  let width: Int

  private static let rowLimit = 20

  // MARK: By server

  /// A bar for the number of requests that each server answered, then a bar for each kind of failure. All
  /// bars have one scale: a full bar is the number of requests that were sent.
  func ends(servers: [String]) -> [Line] {
    let served = counts(servers: servers)
    let shown = served.prefix(Chart.rowLimit)
    var rows = shown.map { ChartRow(name: $0.name, count: $0.count, look: .good) }
    // From outside, users cannot tell which server answered.
    if traffic.isFromOutside, traffic.answered > 0 {
      rows = [ChartRow(name: "200", count: traffic.answered, look: .good)]
    }
    let errors = traffic.ends.filter { $0.end != .status(200) }
    rows += errors.map {
      ChartRow(name: $0.end.word, count: $0.count, look: .failed, meaning: "  \($0.end.meaning)")
    }
    let names = min(rows.reduce(8) { max($0, $1.name.columns) }, width / 2 - 4)
    var lines = rows.map { line($0, names: names, meanings: rows.reduce(0) { max($0, $1.meaning.columns) }) }
    if served.count > shown.count {
      lines.insert(Line("  and \(served.count - shown.count) more servers", .faint), at: Chart.rowLimit)
    }
    return lines
  }

  /// The number of requests that each server answered. Servers that answered none are included if all rows
  /// fit.
  private func counts(servers: [String]) -> [(name: String, count: Int)] {
    let served = traffic.servedBy.map { (name: $0.name, count: $0.count) }
    guard servers.count <= Chart.rowLimit else { return served }
    let counts = servers.map { name in
      (name: name, count: served.first { $0.name == name }?.count ?? 0)
    }
    return counts + served.filter { !servers.contains($0.name) }
  }

  private struct ChartRow {
    let name: String
    let count: Int
    let look: Line.Look
    var meaning = ""
  }

  private func line(_ row: ChartRow, names: Int, meanings: Int) -> Line {
    let digits = "\(traffic.sent)".count
    let room = width - names - 6 - digits
    let hasMeanings = room - meanings >= 16
    let bar = max(4, min(60, hasMeanings ? room - meanings : room))
    return Line("  ") + Line(Column.left(row.name, names)).cut(to: names) + Line("  ")
      + Line.bar(row.count, of: traffic.sent, width: bar, row.look)
      + Line("  \(Column.right("\(row.count)", digits))")
      + Line(hasMeanings ? row.meaning : "", .faint)
  }

  // MARK: By component

  /// How busy each component was, its mean number of requests in flight, and its longest queue. If there are
  /// many components, only the busiest are shown.
  var components: [Line] {
    var shown = traffic.componentLoads
    if shown.count > 12 {
      let least = shown.map { $0.utilisation }.sorted(by: >)[11]
      shown = Array(shown.filter { $0.utilisation >= least }.prefix(12))
    }
    let names = min(shown.reduce(9) { max($0, $1.address.text.count) }, width / 2 - 8)
    let room = max(4, min(40, width - names - 34))
    let head =
      "  \(Column.left("component", names))  \(Column.left("busy", room + 8))  in flight    queue"
    let rows = shown.map { load in
      Line("  ") + Line(Column.left(load.address.text, names)).cut(to: names) + Line("  ")
        + Line.bar(min(load.utilisation, 1_000), of: 1_000, width: room, .plain)
        + Line(" \(Column.right(Column.percent(load.utilisation), 7))")
        + Line(
          "  \(Column.right(Column.tenths(load.meanCallsInFlight), 9))  \(Column.right("\(load.longestQueue)", 7))"
        )
    }
    let rest = traffic.componentLoads.count - shown.count
    let more = rest > 0 ? [Line("  and \(rest) less busy components", .faint)] : []
    return [Line(head, .faint)] + rows + more
  }

  // MARK: By time

  /// A bar for the number of requests in each range of latencies. A full bar is the number of requests that
  /// have ended. Empty ranges are left out.
  var latencies: [Line] {
    let total = traffic.histogram.reduce(0) { $0 + $1.count }
    guard total > 0 else { return [] }
    let digits = max(8, "\(total)".count)
    let room = max(4, min(60, width - 18 - digits))
    var rows: [Line] = []
    for (i, bin) in traffic.histogram.enumerated() {
      if bin.count == 0, i > 0, traffic.histogram[i - 1].count == 0 { continue }
      if bin.count == 0 {
        rows.append(Line("  \(Column.right("…", 12))", .faint))
        continue
      }
      rows.append(
        Line("  \(Column.right("≤ \(bin.upTo.roundWords)", 12))  ")
          + Line.bar(bin.count, of: total, width: room, .plain)
          + Line("  \(Column.right("\(bin.count)", digits))"))
    }
    let head = "  \(Column.right("time taken", 12))\(Column.right("requests", room + digits + 4))"
    return [Line(head, .faint)] + rows
  }
}
