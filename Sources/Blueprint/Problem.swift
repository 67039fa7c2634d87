/// The reason why an action failed, as data; another module turns it into a sentence. A change that throws a
/// problem has no effect.
public enum Problem: Error, Equatable, Sendable {
  case unknownHost(String)
  case missingComponent(ComponentKind, host: String)
  case nameTaken(String)
  case invalidName(String)
  case noComponents
  case unsuitableForServer(ComponentKind)
  case lastBalancer(String)
  case lastComponent(Address)
  case primaryInUse(String, replicas: [String])
  case onlyOneBalancer
  case settingOfOtherTarget(Setting.Name, on: String, fits: [Address])
  case unknownSetting(String, on: String, choices: [String])
  case invalidValue(Setting.Name, given: String, wanted: Setting.Values)
  case notABalancer(String)
  /// The balancer forwards encrypted requests, so it cannot read their paths.
  case cannotReadPaths(String)
  case fixedWeights(Algorithm)
  case notHashed(Algorithm)
  case tooManyHosts(Int)
  case alreadyHeld(String)
  case notHeld(String, held: [String])
  case tooMany(String, limit: Int)
  case inapplicableFault(Fault, FaultTarget, fits: [Fault])
  case alreadyFailed(FaultTarget, Fault)
  case nothingToRepair(FaultTarget, broken: [FaultTarget])
  case notADatabase(String)
  case alreadyPrimary(String)
  case nodeDown(String)
  case noReplicationSource(String)
  case alreadyReplicates(String)
  case notAServer(String)
  case noChecks
  case statusNotReached(String, isUp: Bool)
  case timeLimitReached
  case interrupted
}
