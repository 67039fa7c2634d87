import Blueprint

/// A server as its balancer sees it.
public struct ServerReport: Equatable, Sendable {
  public let name: String
  public let weight: Int
  public let effectiveWeight: Int
  public let state: ServerStatus
  /// How many of the checks that it needs have passed, or how many may still fail: `2/3`.
  public let counter: String?
  public let isBackup: Bool
  public let inFlight: Int
  public let total: Int
}

/// The status of a server, in HAProxy's words.
public enum ServerStatus: String, Sendable {
  case up = "UP"
  case down = "DOWN"
  case drain = "DRAIN"
  case maintenance = "MAINT"
  case unchecked = "no check"
}

/// A host or a component, and whether it works.
public struct ComponentReport: Equatable, Sendable {
  public let address: Address
  /// The faults that it has; an expired certificate counts as one.
  public let faults: [Fault]

  /// `host`, or the kind of the component.
  public var kind: String { address.part?.rawValue ?? "host" }

  /// The faults as `break` names them; `works` if there are none.
  public var state: String {
    faults.isEmpty ? "works" : faults.map { $0.text }.joined(separator: ", ")
  }
}

/// What a database node does.
public enum DatabaseRole: String, Sendable {
  case primary, replica
  /// A former primary, or a replica that is ahead of the new primary: it replicates from no node.
  case diverged
}

/// Whether a replica says that it receives from its source: MySQL's `Replica_IO_Running`.
public enum ReplicaConnection: String, Sendable {
  case yes = "Yes"
  case no = "No"
  case connecting = "Connecting"
}

/// A database node and what it has.
public struct DatabaseReport: Equatable, Sendable {
  public let name: String
  public let role: DatabaseRole
  /// Whether its process runs.
  public let isUp: Bool
  /// Whether its host is off the network.
  public let isCutOff: Bool
  /// How many writes it shows.
  public let position: Int
  /// How many writes it has received.
  public let received: Int
  public let lag: Span
  /// The node that it replicates from.
  public let source: String?
  public let isConnected: Bool
  /// How many writes it is behind the primary; nil if that is unknown.
  public let behind: Int?
  /// What the node itself says. It trusts a silent source for a minute.
  public let io: ReplicaConnection
  /// `Seconds_Behind_Source`, as the node itself says.
  public let secondsBehind: Int?
}

/// What a component has done since the site was started.
public struct ComponentStatistics: Equatable, Sendable {
  public let address: Address
  public let served: Int
  public let failed: Int
  /// In thousandths of what its workers could have done.
  public let utilisation: Int
  public let workers: Int
  public let waiting: Int
  public let inService: Int
  public let peak: Int
  /// The mean time that a call waited for a worker.
  public let meanWait: Span
  /// The mean number of calls there, waiting or served.
  public let meanPresent: Double
}

/// A monitoring agent as the operators' collector knows it.
public struct AgentReport: Equatable, Sendable {
  public let host: String
  /// Whether nothing has been received lately, or a connection was refused.
  public let isMissed: Bool
  /// Nil if nothing was ever received.
  public let lastHeard: Span?
}
