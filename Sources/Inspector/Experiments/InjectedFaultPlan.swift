import Blueprint
import Simulator

extension InjectedFault {
  /// A target to break, and the fault to inject. Without a fault, `break` injects the usual one.
  public struct Plan: Equatable, Sendable {
    public let target: FaultTarget
    public let fault: Fault?

    public init(_ target: FaultTarget, _ fault: Fault? = nil) {
      self.target = target
      self.fault = fault
    }

    public var command: String { "break \(target.text)" + (fault.map { " \($0.command)" } ?? "") }
  }
}

extension InjectedFault.Plan: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(target) }
}
