import Facts
import Inspector

/// How the lines of a goal stand.
public struct GoalCheck: Equatable, Sendable {
  public let lines: [Line]

  public struct Line: Equatable, Sendable {
    public let goal: Goal
    public let state: State
    /// What was run and seen.
    public let evidence: Evidence?
    /// What the lesson says while it does not hold.
    public let remark: String?
  }

  public enum State: Equatable, Sendable {
    case met, unmet
    /// The model could not decide it.
    case unchecked(String)
  }

  public var isMet: Bool { lines.allSatisfy { $0.state == .met } }

  public var ticks: [Bool] { lines.map { $0.state == .met } }

  /// Judges every line; what was seen `once` stays ticked.
  public init(_ goals: [Goal], in world: FactWorld, ticked: [Bool]) {
    var lines: [Line] = []
    for (i, goal) in goals.enumerated() {
      let wasTicked = goal.when == .once && ticked.indices.contains(i) && ticked[i]
      lines.append(
        wasTicked ? Line(goal: goal, state: .met, evidence: nil, remark: nil) : GoalCheck.line(goal, world))
    }
    self.lines = lines
  }

  private static func line(_ goal: Goal, _ world: FactWorld) -> Line {
    do throws(FactProblem) {
      let judged = try world.judged(goal.fact.text)
      guard judged.value != .bool(true) else {
        return Line(goal: goal, state: .met, evidence: judged.evidence, remark: nil)
      }
      let remark = try goal.otherwise.map { (text) throws(FactProblem) in
        try text.text.filled(judged.evidence, in: world)
      }
      return Line(goal: goal, state: .unmet, evidence: judged.evidence, remark: remark)
    } catch {
      return Line(goal: goal, state: .unchecked(error.message), evidence: nil, remark: nil)
    }
  }
}
