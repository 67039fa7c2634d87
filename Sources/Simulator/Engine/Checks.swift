import Blueprint

/// Health checks: a balancer's own questions to its servers.
extension Simulation {
  func isCheckDue(_ subject: Int32, turn: UInt32) -> Bool { false }

  mutating func startCheck(_ subject: Int32, turn: UInt32) {}

  mutating func checkAnswered(_ subject: Int32, _ answer: Answer) {}

  mutating func checkTimedOut(_ subject: Int32) {}

  mutating func rampStep(_ subject: Int32, turn: UInt32) {}
}
