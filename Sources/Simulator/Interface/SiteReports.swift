import Blueprint

/// The state of a server in its balancer.
public struct ServerReport: Equatable, Sendable {
  public let name: String
  public let weight: Int
  public let effectiveWeight: Int
  public let state: ServerStatus
  /// The progress towards the other status, such as `2/3`; nil if there is none.
  ///
  /// A DOWN server shows the passed checks out of those needed. An UP server shows how many more failures
  /// mark it DOWN, out of `fall`.
  public let counter: String?
  public let isBackup: Bool
  public let inFlight: Int
  public let total: Int
}

/// The status of a server, under HAProxy's names.
public enum ServerStatus: String, Sendable {
  case up = "UP"
  case down = "DOWN"
  case drain = "DRAIN"
  case maintenance = "MAINT"
  case unchecked = "no check"
}

/// A host or component and its faults.
public struct ComponentReport: Equatable, Sendable {
  public let address: Address
  /// The active faults. An expired certificate counts as a fault.
  public let faults: [Fault]

  /// `host`, or the kind of the component.
  public var kind: String { address.component?.rawValue ?? "host" }

  /// The faults as `break` names them; `works` if there are none.
  public var state: String {
    faults.isEmpty ? "works" : faults.map { $0.text }.joined(separator: ", ")
  }
}

/// The role of a database node.
public enum DatabaseRole: String, Sendable {
  case primary, replica
  /// A former primary, or a replica with writes that the new primary lacks. It replicates from no node.
  case diverged
}

/// The state of a replica's connection to its source, as MySQL reports it in `Replica_IO_Running`.
public enum ReplicaConnection: String, Sendable {
  case yes = "Yes"
  case no = "No"
  case connecting = "Connecting"
}

/// The state of a database node.
public struct DatabaseReport: Equatable, Sendable {
  public let name: String
  public let role: DatabaseRole
  /// Whether its process is running.
  public let isUp: Bool
  /// Whether no packet reaches its host.
  public let isCutOff: Bool
  /// How many writes the node has applied.
  public let position: Int
  /// How many writes the node has received.
  public let received: Int
  public let lag: Span
  /// The node that it replicates from; nil if there is none.
  public let source: String?
  public let isConnected: Bool
  /// How many writes the node is behind the primary; nil if that is unknown.
  public let behind: Int?
  /// The state of the connection as the node itself reports it. It still reports `Yes` for a minute after its
  /// source has become silent.
  public let io: ReplicaConnection
  /// The lag that the node itself reports as `Seconds_Behind_Source`; nil if the lag is unknown.
  public let secondsBehind: Int?
}

/// The statistics of a component since the start of the site.
public struct ComponentStatistics: Equatable, Sendable {
  public let address: Address
  public let served: Int
  public let failed: Int
  /// The share of the time that its workers were busy, in thousandths.
  public let utilisation: Int
  public let workers: Int
  public let waiting: Int
  public let inService: Int
  public let peak: Int
  /// The mean time that a request waited for a worker.
  public let meanWait: Span
  /// The mean number of requests at the component, waiting or being served.
  public let meanCallsInFlight: Double
}

/// The state of a monitoring agent, as recorded by the operators' collector.
public struct AgentReport: Equatable, Sendable {
  public let host: String
  /// Whether nothing has been received recently, or a connection was refused.
  public let isMissed: Bool
  /// When the collector last received metrics from the agent; nil if it never has.
  public let lastReceived: Span?
}
