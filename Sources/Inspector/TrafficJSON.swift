import Blueprint
import Simulator

extension Record {
  /// The request as an element of `requests` in a reply.
  public var json: JSON {
    var members = [
      JSON.Member(.id, name.map { .string($0) } ?? .integer(number)),
      JSON.Member(.kind, .string(kind.rawValue)),
      JSON.Member(.from, .string(source.text)), JSON.Member(.path, .string(path)),
      JSON.Member(.balancer, balancer.map { .string($0) } ?? .null),
      JSON.Member(.server, server.map { .string($0) } ?? .null),
      JSON.Member(.database, database.map { .string($0) } ?? .null),
      JSON.Member(.status, end?.json ?? .null),
      JSON.Member(.ms, duration.map { .milliseconds($0) } ?? .null), JSON.Member(.stale, .flag(isStale)),
    ]
    if isQueued { members.append(JSON.Member(.queued, .flag(true))) }
    if isStoredAnyway { members.append(JSON.Member(.storedAnyway, .flag(true))) }
    return .object(members)
  }
}

extension Record.End {
  /// The status of the response or, if there is none, the reason: `200`, `refused`, `timeout`.
  public var word: String {
    switch self {
    case .status(let status): "\(status)"
    case .refused: "refused"
    case .timeout: "timeout"
    }
  }

  public var json: JSON {
    switch self {
    case .status(let status): .integer(status)
    case .refused, .timeout: .string(word)
    }
  }
}

extension Latency {
  public var json: JSON {
    [
      .mean: .milliseconds(mean), .p50: .milliseconds(p50), .p95: .milliseconds(p95),
      .p99: .milliseconds(p99), .max: .milliseconds(max),
    ]
  }
}
