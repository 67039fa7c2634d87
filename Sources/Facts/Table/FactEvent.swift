import Blueprint
import Inspector
import Simulator

/// An event that the fact `seen(…)` can ask about.
public struct FactEvent: Sendable {
  public let name: String
  public let meaning: String

  public static let all: [FactEvent] = [
    FactEvent(name: "request.answered", meaning: "a request was answered"),
    FactEvent(name: "request.failed", meaning: "a request failed"),
    FactEvent(name: "request.stale", meaning: "a user read stale data"),
    FactEvent(name: "write.stored-anyway", meaning: "a write failed for the user, and was stored anyway"),
    FactEvent(name: "write.lost", meaning: "a promotion lost acknowledged writes"),
    FactEvent(name: "connection.lost", meaning: "open connections were lost"),
    FactEvent(name: "component.broken", meaning: "a fault was injected"),
    FactEvent(name: "component.repaired", meaning: "a fault was repaired"),
    FactEvent(name: "server.down", meaning: "a balancer marked a server DOWN"),
    FactEvent(name: "server.up", meaning: "a balancer marked a server UP"),
    FactEvent(name: "address.taken", meaning: "a balancer took the shared address"),
    FactEvent(name: "node.fenced", meaning: "an automatic failover switched off the old primary"),
    FactEvent(name: "node.promoted", meaning: "a replica became the primary"),
    FactEvent(name: "node.diverged", meaning: "an old primary has writes that the new one lacks"),
    FactEvent(name: "node.rebuilt", meaning: "a node became a fresh copy of the primary"),
    FactEvent(name: "alert.raised", meaning: "monitoring sent an alert"),
  ]

  static func unknown(_ name: String, at position: Range<Int>) -> FactProblem {
    let near = nearest(to: name, among: all.map { $0.name })
    return FactProblem(
      "“\(name)” is not an event",
      hint: near.map { "\($0)?" } ?? all.map { $0.name }.joined(separator: ", "), at: position)
  }

  /// Returns the names of the events that an action caused.
  public static func names(in outcome: Outcome) -> [String] {
    var names: [String] = []
    if let traffic = outcome.traffic {
      if traffic.answered > 0 { names.append("request.answered") }
      if traffic.failed > 0 { names.append("request.failed") }
      if traffic.stale > 0 { names.append("request.stale") }
      if traffic.storedAnyway > 0 { names.append("write.stored-anyway") }
    }
    if !outcome.lost.isEmpty { names.append("write.lost") }
    return names + outcome.events.flatMap { $0.kind.eventNames }
  }
}

extension Event.Kind {
  /// The names that `seen(…)` uses for the event.
  fileprivate var eventNames: [String] {
    switch self {
    case .broke: ["component.broken"]
    case .repaired: ["component.repaired"]
    case .markedDown: ["server.down"]
    case .markedUp: ["server.up"]
    case .connectionsLost: ["connection.lost"]
    case .tookAddress: ["address.taken"]
    case .fenced: ["component.broken", "node.fenced"]
    case .promoted(let lost): lost > 0 ? ["node.promoted", "write.lost"] : ["node.promoted"]
    case .diverged: ["node.diverged"]
    case .rebuilt: ["node.rebuilt"]
    case .alerted: ["alert.raised"]
    case .rampEnded, .gaveUpAddress, .claimedAddress, .demoted, .remainedPrimary, .stoppedWaitingForReplicas,
      .diskFreed,
      .refusedOrder:
      []
    }
  }
}
