/// The reason why an action failed, as data; another module turns it into a sentence. A change that throws
/// one has had no effect.
public enum Problem: Error, Equatable, Sendable {
  case unknownHost(String)
  case missingComponent(ComponentKind, host: String)
  case nameTaken(String)
  case unfitName(String)
  case noComponents
  case unfitForServer(ComponentKind)
  case lastBalancer(String)
  case lastPart(Address)
  case primaryInUse(String, replicas: [String])
  case onlyOneBalancer
  case keyElsewhere(Setting.Name, on: String, fits: [Address])
  case unknownKey(String, on: String, choices: [String])
  case unfitValue(Setting.Name, given: String, wanted: Setting.Values)
  case notABalancer(String)
  /// The balancer forwards encrypted requests, so it cannot read their paths.
  case blindToPaths(String)
  case fixedWeights(Algorithm)
  case notHashed(Algorithm)
  case tooManyHosts(Int)
  case alreadyHeld(String)
  case notHeld(String, held: [String])
  case tooMany(String, limit: Int)
  case unfitFault(Fault, FaultTarget, fits: [Fault])
  case brokenAlready(FaultTarget, Fault)
  case notBroken(FaultTarget, broken: [FaultTarget])
  case notDatabase(String)
  case primaryAlready(String)
  case nodeDown(String)
  case nothingToFollow(String)
  case followsAlready(String)
  case notAServer(String)
  case noChecks
  case neverCame(String, isUp: Bool)
  case endOfTime
  case interrupted
}
