import Blueprint
import Inspector
import Simulator

/// A table of the open ports.
extension OpenPorts {
  var answer: CommandResponse {
    let hosts = ports.reduce(into: [String]()) { if $0.last != $1.host { $0.append($1.host) } }
    let width = max(12, (hosts.prefix(60).map { $0.count } + [vantage.text.count + 5]).max() ?? 0)
    let numbers = scanned.map { Column.right("\($0)", 10) }.joined()
    var lines = [Line("  \(Column.left("from \(vantage.text)", width))\(numbers)", .faint)]
    for host in hosts.prefix(60) {
      var line = Line("  \(Column.left(host, width))")
      for port in ports where port.host == host {
        let look: Line.Look =
          switch port.state {
          case .open: .failed
          case .closed: .plain
          case .filtered: .faint
          }
        line = line + Line(Column.right(port.state.rawValue, 10), look)
      }
      lines.append(line)
    }
    if hosts.count > 60 { lines.append(Line("  and \(hosts.count - 60) hosts more", .faint)) }
    return CommandResponse(
      lines,
      [
        JSON.Member(.from, .string(vantage.text)),
        JSON.Member(.open, .array(open.map { .string("\($0.host):\($0.port)") })),
        JSON.Member(.ports, .array(ports.map { $0.json })), JSON.Member(.evidence, evidence.json),
      ])
  }
}

extension PortReport {
  fileprivate var json: JSON {
    [
      .host: .string(host), .port: .integer(port), .state: .string(state.rawValue),
      .part: part.map { .string($0.rawValue) } ?? .null,
    ]
  }
}
