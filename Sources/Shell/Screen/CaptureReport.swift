import Blueprint
import Inspector

/// A report of what was captured on a link.
extension Capture {
  var answer: CommandResponse {
    var lines = [Line("  \(link): \(evidence.observation)", isReadable ? .failed : .accent)]
    for packet in packets {
      let head = "\(Column.right(packet.time.clock, 12))  \(packet.from) > \(packet.to)"
      lines.append(Line("  \(head), \(packet.bytes) bytes", .faint))
      lines += packet.lines.map { text in
        Line("      \(text)", packet.isReadable && text == login ? .failed : .plain)
      }
    }
    return CommandResponse(
      lines,
      [
        JSON.Member(.link, .string(link)), JSON.Member(.readable, .flag(isReadable)),
        JSON.Member(.login, login.map { .string($0) } ?? .null),
        JSON.Member(.hostName, hostName.map { .string($0) } ?? .null),
        JSON.Member(.packets, .array(packets.map { $0.json })), JSON.Member(.evidence, evidence.json),
      ])
  }
}

extension Capture.Packet {
  fileprivate var json: JSON {
    [
      .timeMs: .milliseconds(time), .from: .string(from), .to: .string(to), .bytes: .integer(bytes),
      .readable: .flag(isReadable), .text: .string(lines.joined(separator: "\n")),
    ]
  }
}
