/// A function that long work calls with the share already done. If it returns false, the work stops.
public typealias WorkCheck = @Sendable (_ done: Double) -> Bool

/// Remembers that a command must stop, so that no other part of the command continues.
final class StopRequest: @unchecked Sendable {
  private(set) var isRequested = false
  private let check: WorkCheck

  init(_ check: @escaping WorkCheck) { self.check = check }

  func shouldContinue(_ share: Double) -> Bool {
    if !isRequested, !check(share) { isRequested = true }
    return !isRequested
  }
}
