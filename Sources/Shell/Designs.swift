import Blueprint
import Simulator

extension Session {
  /// Builds the site that a design or a file describes, without a trace in the history. Of the one that every start
  /// builds, claims are read only when somebody asks for them.
  func build(
    _ text: String, named name: String, as design: String, seed: UInt64? = nil, readsClaims: Bool = true
  ) throws(Complaint) -> Scene {
    var builder = Session(bare: self, seed: seed)
    builder.readsClaims = readsClaims
    try builder.runLines(of: text, named: name)
    builder.scene.simulation.settle()
    return Scene(builder.scene.simulation, design: design, claimed: builder.scene.claimed)
  }

  private init(bare other: Session, seed: UInt64?) {
    designs = other.designs
    lessons = []
    world = other.world
    depth = other.depth + 1
    scene = Scene(Simulation(seed: seed), design: "new")
  }

  /// Obeys the commands of a text, and stops at the first that fails, or that is the end of it such as `quit`.
  @discardableResult
  mutating func runLines(of text: String, named name: String) throws(Complaint) -> [Reply] {
    guard depth < Session.deepest else { throw .nested("source") }
    depth += 1
    defer { depth -= 1 }
    var replies: [Reply] = []
    var number = 0
    let lines = text.linesOfText
    for line in lines {
      guard world.goOn(Double(number) / Double(lines.count)) else { throw .timeLimit }
      number += 1
      if !readsClaims, line.hasPrefix(Scene.claiming) {
        scene.claimed.append(line)
        continue
      }
      for command in Session.commands(in: line) {
        let reply = obey(command)
        if let failure = reply.failure {
          throw .inFile(name, line: number, message: failure.message, code: failure.code)
        }
        replies.append(reply)
        if reply.effect != nil { return replies }
      }
    }
    return replies
  }
}

extension String {
  /// Between the ends of its lines, whichever those are; where they are all plain, by bytes, which takes no time.
  fileprivate var linesOfText: [String] {
    let plain = utf8.withContiguousStorageIfAvailable { $0.plainLines }
    if let plain, let plain { return plain }
    return split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline }).map(String.init)
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var plainLines: [String]? {
    let isPlain = allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") && $0 != 0x0b && $0 != 0x0c }
    guard isPlain else { return nil }
    return split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
