/// A function for long work to call with the share already done. If it returns false, the work stops.
public typealias WorkCheck = @Sendable (_ done: Double) -> Bool

/// Remembers that the person stopped a command, so no other part of it continues.
final class Stop: @unchecked Sendable {
  private(set) var isCalled = false
  private let ask: WorkCheck

  init(_ ask: @escaping WorkCheck) { self.ask = ask }

  func shouldContinue(_ share: Double) -> Bool {
    if !isCalled, !ask(share) { isCalled = true }
    return !isCalled
  }
}
