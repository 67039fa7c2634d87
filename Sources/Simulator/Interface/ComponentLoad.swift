import Blueprint

extension Traffic {
  /// The load of one component during a run.
  public struct Load: Equatable, Sendable {
    public let address: Address
    /// The share of the time that its workers were busy, in thousandths.
    public let utilisation: Int
    public let longestQueue: Int
    /// The mean number of requests at the component, waiting or being served.
    public let meanCallsInFlight: Double
  }
}
