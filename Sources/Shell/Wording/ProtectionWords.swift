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
    case .balancer: "Users speak TLS to the balancer, which speaks plain HTTP to the servers."
    case .servers:
      "Users speak TLS to the balancer, which encrypts anew for the servers; so do they among each other."
    case .through: "Users speak TLS to the servers; the balancer passes on what it cannot read."
    }
  }
}
