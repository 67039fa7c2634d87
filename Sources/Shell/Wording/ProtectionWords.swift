import Blueprint
import Simulator

extension Monitor {
  /// The words after `add monitor HOST` in a command.
  var command: String {
    var text = "\(direction.rawValue) interval \(interval.command)"
    guard alerts != Monitor.defaultAlerts else { return text }
    for alert in alerts { text += " alert \(alert.text)" }
    return text
  }
}

extension Monitor.AlertRule {
  var text: String { "\(metric.rawValue) \(isAbove ? ">" : "<") \(Column.decimal(thousandths))" }
}

extension TLS.Reach {
  var sentence: String {
    switch self {
    case .balancer: "Users connect to the balancer with TLS; the balancer sends plain HTTP to the servers."
    case .servers:
      "Users connect to the balancer with TLS; it encrypts again to the servers, and so do the servers."
    case .through: "Users connect to the servers with TLS; the balancer passes on what it cannot read."
    }
  }
}
