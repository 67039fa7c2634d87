/// Whether long work should go on, asked now and then with the share that is done; false stops it.
public typealias GoOn = @Sendable (_ done: Double) -> Bool

/// Remembers for the rest of a command that the user has had enough: what has been stopped in one place does not go on in
/// another.
final class Stop: @unchecked Sendable {
  private(set) var isCalled = false
  private let ask: GoOn

  init(_ ask: @escaping GoOn) { self.ask = ask }

  func goesOn(_ share: Double) -> Bool {
    if !isCalled, !ask(share) { isCalled = true }
    return !isCalled
  }
}
