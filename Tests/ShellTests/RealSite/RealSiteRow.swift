import Foundation
import Testing

@testable import Shell

/// The results for clients of a real site with three servers and one fault, and the log of its haproxy.
struct RealSiteRow: Decodable, Sendable, CustomTestStringConvertible {
  let variant, component, fault, kind: String
  let atOnce, settled: [ClientResult]
  let recovered: [ClientResult]?
  let checks: [LogEntry]

  struct ClientResult: Decodable, Sendable {
    let status: Int
    let server: String?
    let ms: Double
  }

  struct LogEntry: Decodable, Sendable {
    /// The time since the fault in milliseconds.
    let ms: Double
    let what: String
  }

  enum CodingKeys: String, CodingKey {
    case variant, component, fault, kind, settled, recovered, checks
    case atOnce = "at_once"
  }

  var testDescription: String { "\(variant) \(component) \(fault) \(kind)" }

  /// The server that was marked DOWN first, and the milliseconds from the fault until then.
  var firstDown: (server: String, ms: Double)? {
    checks.first { $0.what.hasSuffix(" DOWN") }.map { (String($0.what.dropLast(5)), $0.ms) }
  }

  static let all: [RealSiteRow] = {
    let file = testFolder.appendingPathComponent("RealSite/rows.jsonl")
    do {
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(RealSiteRow.self, from: Data($0.utf8))
      }
    } catch {
      fatalError("\(file.lastPathComponent): \(error)")
    }
  }()
}

/// The commands that replay a recorded row.
extension RealSiteRow {
  /// The configuration of haproxy.
  enum Variant: String {
    case tcpRedispatch = "tcp-rd"
    case http, passive
    case oneNginx = "onenginx-1s"
  }

  private var haproxyVariant: Variant? { Variant(rawValue: variant) }

  /// The commands that build the site, half a minute before its first request, with a check every 300 ms.
  var buildCommands: [String] {
    let second =
      switch haproxyVariant {
      case .passive: "add server server-2 backup"
      case .oneNginx: "add server server-2 with app,files,mysql"
      case .tcpRedispatch, .http, nil: "add server server-2"
      }
    return [
      "new", "add server server-1", second, "set database reads local", "set database writes primary",
      "set database fallback off", "set lb-1 check \(haproxyVariant == .tcpRedispatch ? "tcp" : "http")",
      "set lb-1 check-path app", "set lb-1 inter 300ms", "set lb-1 fall 3", "set lb-1 rise 2",
      "set lb-1 timeout-connect 1s", "set lb-1 timeout-server 2s", "set lb-1 retries 3",
      "set lb-1 redispatch \(haproxyVariant == .http ? "off" : "on")", "wait 10s",
    ]
  }

  var breakCommand: String { "break \(target ?? component) \(faultWords ?? fault)" }

  var repairCommand: String { "repair \(target ?? component)" }

  private var target: String? {
    switch component {
    case "s1": "server-1"
    case "s2": "server-2"
    case "app1", "code1": "server-1.app"
    case "nginx1": "server-1.nginx"
    case "db1": "server-1.mysql"
    case "db2": "server-2.mysql"
    default: nil
    }
  }

  private var faultWords: String? {
    switch fault {
    case "allcrash": "crash"
    case "slow150": "slow 150ms"
    case "slow3000": "slow 3s"
    case "error-all": "bad-release"
    case "error-route": "bad-release pages"
    default: nil
    }
  }
}

/// The model's results for a row, for one turn of round robin and one phase of the health checks.
struct ModelSite {
  let turns, phase: Int
  let atOnce, settled, recovered: [RealSiteRow.ClientResult]
  /// The server that was marked DOWN first, and the milliseconds from the fault until then.
  let firstDown: (server: String, ms: Double)?

  /// The turns and phases to try. The recording does not contain them, so one combination must agree.
  static let turnsAndPhases = [0, 1].flatMap { turns in [0, 75, 150, 225, 290].map { (turns, $0) } }

  init(_ row: RealSiteRow, turns: Int, phase: Int) {
    self.turns = turns
    self.phase = phase
    var session = ModelSite.buildSite(row, turns)
    session.do("wait \(phase)ms")
    let start = session.do(row.breakCommand).json["time_ms"]?.number ?? 0
    let replies = [
      session.do("send 12 \(row.kind)"), session.do("wait 30s"), session.do("send 12 \(row.kind)"),
      session.do(row.repairCommand), session.do("wait 30s"), session.do("send 12 \(row.kind)"),
    ]
    atOnce = replies[0].clientResults
    settled = replies[2].clientResults
    recovered = replies[5].clientResults
    let events = replies[0...2].flatMap { $0.json["events"]?.elements ?? [] }
    firstDown = events.first { $0["what"]?.string?.contains("is DOWN") == true }.map {
      ($0["component"]?.string ?? "", ($0["time_ms"]?.number ?? 0) - start)
    }
  }

  private static func buildSite(_ row: RealSiteRow, _ turns: Int) -> Tutor {
    var session = Tutor()
    for command in row.buildCommands { session.do(command) }
    for _ in 0..<turns { session.do("send 1 static") }
    return session
  }

  func agrees(with row: RealSiteRow) -> Bool {
    areEqual(row.atOnce, atOnce) && areEqual(row.settled, settled)
  }

  private func areEqual(_ real: [RealSiteRow.ClientResult], _ model: [RealSiteRow.ClientResult]) -> Bool {
    real.count == model.count && zip(real, model).allSatisfy { $0.isSame(as: $1) }
  }
}

extension RealSiteRow.ClientResult: CustomStringConvertible {
  func isSame(as other: Self) -> Bool {
    status == other.status && server == other.server && hasTime(of: other)
  }

  /// Whether two times differ by at most 6 per cent or 90 ms.
  func hasTime(of other: Self) -> Bool { abs(ms - other.ms) <= max(90, 0.06 * ms) }

  /// A text such as `1@0.0` or `-:503@3.0`.
  var description: String {
    let end = status == 200 ? "" : ":\(status)"
    return "\(server?.suffix(1) ?? "-")\(end)@\((ms / 100).rounded() / 10)"
  }
}

extension Reply {
  fileprivate var clientResults: [RealSiteRow.ClientResult] {
    (json["requests"]?.elements ?? []).map {
      RealSiteRow.ClientResult(
        status: $0["status"]?.number.map { Int($0) } ?? 0, server: $0["server"]?.string,
        ms: $0["ms"]?.number ?? -1)
    }
  }
}
