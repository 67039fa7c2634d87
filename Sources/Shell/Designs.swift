import Blueprint
import Simulator

extension Session {
  /// Builds the site that a design or a file describes, without a trace in the history.
  func build(_ text: String, named name: String, as design: String, seed: UInt64? = nil) throws(Complaint)
    -> Scene
  {
    var builder = Session(bare: self, seed: seed)
    try builder.runLines(of: text, named: name, onlyBuilding: true)
    builder.scene.simulation.settle()
    return Scene(builder.scene.simulation, design: design, claims: builder.scene.claims)
  }

  private init(bare other: Session, seed: UInt64?) {
    designs = other.designs
    lessons = []
    world = other.world
    depth = other.depth + 1
    scene = Scene(Simulation(seed: seed), design: "new")
  }

  /// Obeys the commands of a text, and stops at the first that fails.
  @discardableResult
  mutating func runLines(of text: String, named name: String, onlyBuilding: Bool = false) throws(Complaint)
    -> [Reply]
  {
    guard depth < Session.deepest else { throw .nested("source") }
    depth += 1
    defer { depth -= 1 }
    var replies: [Reply] = []
    var number = 0
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline })
    for line in lines {
      guard world.goOn(Double(number) / Double(lines.count)) else { throw .timeLimit }
      number += 1
      for command in Session.commands(in: String(line)) {
        let reply = obey(command)
        if let failure = reply.failure {
          throw .inFile(name, line: number, message: failure.message, code: failure.code)
        }
        replies.append(reply)
      }
    }
    return replies
  }
}
