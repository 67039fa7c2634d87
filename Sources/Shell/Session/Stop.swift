/// Called during long work with the share that is done. False stops the work.
public typealias WorkCheck = @Sendable (_ done: Double) -> Bool

/// Remembers that the person stopped a command, so that no other part of it continues.
final class Stop: @unchecked Sendable {
  private(set) var isCalled = false
  private let ask: WorkCheck

  init(_ ask: @escaping WorkCheck) { self.ask = ask }

  func goesOn(_ share: Double) -> Bool {
    if !isCalled, !ask(share) { isCalled = true }
    return !isCalled
  }
}
