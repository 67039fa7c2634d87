import Blueprint

extension Traffic {
  /// How busy one component was during a run.
  public struct Load: Equatable, Sendable {
    public let address: Address
    /// In thousandths of what its workers could have done in that time.
    public let utilisation: Int
    public let longestQueue: Int
    /// The mean number of requests there, waiting or served.
    public let meanPresent: Double
  }
}
