import Blueprint
import Simulator

/// Describes the structure of a site in words.
extension Topology {
  /// The algorithm and the health checks of the balancers.
  var rules: [String] {
    guard let haproxy = balancers.first.flatMap({ hosts[$0].haproxy }) else { return [] }
    let check =
      switch haproxy.check {
      case .off: "no health checks"
      case .tcp: "health check: tcp"
      case .http: "health check: http, via \(haproxy.checkPath.rawValue)"
      }
    return [algorithm.rawValue + (haproxy.isConsistent ? " consistent" : ""), check]
  }

  /// The protections of the site.
  var activeProtections: [String] {
    let covered = hosts.filter { $0.tls != nil }
    let reaches = covered.first?.tls.map { $0.reach.words } ?? ""
    let encryption =
      covered.isEmpty ? [] : ["TLS from the users to \(Sentences.listed(covered.map { $0.name }))\(reaches)"]
    return encryption + (database.tls ? [Topology.databaseEncryption] : [])
      + protections.filter { $0.count > 0 }.map { count, word in
        "\(word) on \(count == hosts.count ? "every host" : "\(count) of \(hosts.count) hosts")"
      }
  }

  /// The protections that the site does not have.
  var missingProtections: [String] {
    (hosts.contains { $0.tls != nil } ? [] : ["TLS"])
      + protections.filter { $0.count == 0 }.map { $0.word }
  }

  private var protections: [(count: Int, word: String)] {
    [(hosts.count { $0.firewall != nil }, "firewall"), (hosts.count { $0.monitor != nil }, "monitoring")]
  }

  static let databaseEncryption = "TLS between applications and databases"
}

extension Host {
  func summary(in topology: Topology) -> String {
    var words = parts.filter { $0 != .mysql }.map { $0.rawValue }
    if let mysql { words.append("mysql \(mysql.role.rawValue)") }
    var text = words.joined(separator: ", ")
    if nginx != nil || app != nil {
      if serverSettings.weight != 1 { text += ", weight \(serverSettings.weight)" }
      if serverSettings.isBackup { text += ", standby" }
      if serverSettings.state != .ready { text += ", \(serverSettings.state.rawValue)" }
    }
    return text
  }
}

extension Topology {
  /// The algorithm, how the balancers share their work, and the health checks.
  var balancingSentence: String {
    let check = balancers.first.flatMap { hosts[$0].haproxy }.map { haproxy in
      switch haproxy.check {
      case .off: "no health checks"
      case .tcp: "health check: tcp"
      case .http: "health check: http, via \(haproxy.checkPath.rawValue)"
      }
    }
    return "\(algorithm.rawValue)\(sharing.map { ", balancers \($0.rawValue)" } ?? ""); \(check ?? "")"
  }
}

extension TLS.Reach {
  /// The words that follow the balancer's name in a sentence.
  fileprivate var words: String {
    switch self {
    case .balancer: ""
    case .servers: ", and again to the servers"
    case .through: ", which passes it on without decrypting"
    }
  }
}
