import Inspector
import Simulator

/// What an earlier session did to its site, step by step, so that another one can go on with it.
public struct LeftSite: Equatable, Sendable {
  /// What its generator was started from, where that was said.
  public var seed: UInt64?
  public var steps: [Step]

  public struct Step: Equatable, Sendable {
    public var command: String
    /// The files that it read, as they were then.
    public var files: [Document]

    public init(_ command: String, files: [Document] = []) {
      self.command = command
      self.files = files
    }
  }

  public init(seed: UInt64? = nil, steps: [Step]) {
    self.seed = seed
    self.steps = steps
  }
}

extension Command {
  static let resuming: [Command] = [
    Command(
      "resume", .undo, sees: .nothing, [],
      "Go back to where play began; or go on with the site that was left when the shell ended.",
      example: "resume",
      handler: .either(
        { session, _ throws(Complaint) in try session.endPlay() },
        forPeople: { session, _, access throws(Complaint) in
          session.learning.isAway ? try session.endPlay() : try session.resume(access)
        }))
  ]
}

extension Session {
  /// Does again all that was done, and goes on as if the earlier session had never ended, its steps to undo included.
  fileprivate mutating func resume(_ access: FileAccess) throws(Complaint) -> Answer {
    guard depth == 0 else { throw .nested("resume") }
    guard let left = access.leftSite() else { throw .nothingLeft }
    let count = Double(left.steps.count)
    var copy = Session(designs: designs, folder: folder, seed: left.seed)
    var lost: [String] = []
    for (number, step) in left.steps.enumerated() {
      copy.limits.goOn = { [goOn] in goOn((Double(number) + $0) / count) }
      if try !copy.redo(step, access.replaying(with: step.files)) {
        lost.append(Sentences.clean(step.command))
      }
    }
    scene = copy.scene
    history = copy.history
    var answer = Answer(left.sentences(lost: lost))
    answer.members = [
      JSON.Member("steps", .integer(left.steps.count - lost.count)),
      JSON.Member("lost", .array(lost.map { .string($0) })),
    ]
    answer.effect = .resumed
    return answer
  }

  /// Whether the step did something again.
  private mutating func redo(_ step: LeftSite.Step, _ access: FileAccess) throws(Complaint) -> Bool {
    guard goOn(0) else { throw .timeLimit }
    let before = revision
    let reply = obey(step.command, from: .person(access))
    if reply.failure == Sentences.failure(for: .timeLimit) { throw .timeLimit }
    return revision != before
  }
}

extension FileAccess {
  /// For a step that is done again: its files are as they were, and what it wrote is written already.
  fileprivate func replaying(with files: [Document]) -> FileAccess {
    @Sendable func kept(_ path: String) -> FileText? {
      files.last { $0.name == path }.map { .text($0.text) }
    }
    return FileAccess(
      read: { path in kept(path) ?? read(path) },
      readDesign: { name, path in
        kept(FileAccess.path(of: name, beside: path)) ?? readDesign(name, path)
      },
      write: { _, _, _ in nil })
  }
}

extension LeftSite {
  fileprivate func sentences(lost: [String]) -> [Line] {
    let done = steps.count - lost.count
    var lines = [Line("\(done) \(done == 1 ? "step" : "steps") done again; the site is as it was left.")]
    if !lost.isEmpty {
      lines = [
        Line("\(done) of \(steps.count) steps done again."),
        Line("Not possible any more: \(Sentences.listed(lost)).", .failed),
      ]
    }
    return lines
  }
}
