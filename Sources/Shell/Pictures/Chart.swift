import Blueprint
import Inspector
import Simulator

/// Bar charts of a run: which servers answered, how busy each component was, and how long requests took.
struct Chart {
  let traffic: Traffic
  let width: Int

  private static let rowLimit = 20

  // MARK: By server

  /// A bar for the number of requests that each server answered, then a bar for each kind of failure.
  var servers: [Line] {
    let errors = traffic.ends.filter { $0.end != .status(200) }
    let served = traffic.servedBy.prefix(Chart.rowLimit)
    var rows = served.map { ChartRow(name: $0.name, count: $0.count, look: .accent) }
    // From outside, users cannot tell which server answered.
    if traffic.isFromOutside, traffic.answered > 0 {
      rows = [ChartRow(name: "200", count: traffic.answered, look: .accent)]
    }
    rows += errors.map { ChartRow(name: $0.end.word, count: $0.count, look: .failed) }
    let most = (traffic.servedBy.map { $0.count } + rows.map { $0.count }).max() ?? 0
    var lines = rows.map { line($0, of: most, names: rows.reduce(8) { max($0, $1.name.count) }) }
    if traffic.servedBy.count > Chart.rowLimit {
      lines.insert(
        Line("  and \(traffic.servedBy.count - Chart.rowLimit) servers more", .faint), at: Chart.rowLimit)
    }
    return lines
  }

  private struct ChartRow {
    let name: String
    let count: Int
    let look: Line.Look
  }

  private func line(_ row: ChartRow, of most: Int, names: Int) -> Line {
    let names = min(names, width / 2 - 4)
    let room = max(4, min(30, width - names - 6 - "\(most)".count))
    return Line("  ") + Line(Column.left(row.name, names)).cut(to: names) + Line("  ")
      + Line(Column.bar(row.count, of: most, width: room), row.look) + Line("  \(row.count)")
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
    let room = max(4, min(20, width - names - 34))
    let head =
      "  \(Column.left("component", names))  \(Column.left("busy", room))         in flight   queue"
    let rows = shown.map { load in
      Line("  ") + Line(Column.left(load.address.text, names)).cut(to: names) + Line("  ")
        + Line(Column.left(Column.bar(min(load.utilisation, 1_000), of: 1_000, width: room), room), .accent)
        + Line(" \(Column.right(Column.percent(load.utilisation), 7)) ")
        + Line(
          "\(Column.right(Column.tenths(load.meanCallsInFlight), 9)) \(Column.right("\(load.longestQueue)", 7))"
        )
    }
    let rest = traffic.componentLoads.count - shown.count
    return [Line(head, .faint)] + rows + (rest > 0 ? [Line("  and \(rest) less busy ones", .faint)] : [])
  }

  // MARK: By time

  /// A bar for the number of requests in each range of latencies.
  var latencies: [Line] {
    let most = traffic.histogram.reduce(0) { max($0, $1.count) }
    guard most > 0 else { return [] }
    let room = max(4, min(30, width - 20 - "\(most)".count))
    let rows = traffic.histogram.map { bin in
      Line("  \(Column.right("to \(bin.upTo.roundWords)", 12))  ")
        + Line(Column.bar(bin.count, of: most, width: room), .accent) + Line("  \(bin.count)")
    }
    return [Line("  \(Column.right("took", 12))", .faint)] + rows
  }
}
