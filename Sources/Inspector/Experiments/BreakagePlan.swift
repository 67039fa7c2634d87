import Blueprint
import Simulator

extension Breakage {
  /// A target to break, and the fault to inject. Without a fault, `break` injects the usual one.
  public struct Plan: Equatable, Sendable {
    public let target: Breakable
    public let fault: Fault?

    public init(_ target: Breakable, _ fault: Fault? = nil) {
      self.target = target
      self.fault = fault
    }

    public var command: String { "break \(target.text)" + (fault.map { " \($0.command)" } ?? "") }
  }
}

extension Breakage.Plan: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(target) }
}
