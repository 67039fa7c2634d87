/// Returns whether long work should continue. The work calls it now and then with the share that is done.
public typealias GoOn = @Sendable (_ done: Double) -> Bool

/// Remembers for the rest of a command that the work must stop: once one part of it has been stopped, no other part
/// continues.
final class Stop: @unchecked Sendable {
  private(set) var isCalled = false
  private let ask: GoOn

  init(_ ask: @escaping GoOn) { self.ask = ask }

  func goesOn(_ share: Double) -> Bool {
    if !isCalled, !ask(share) { isCalled = true }
    return !isCalled
  }
}
