import Facts
import Inspector

/// The result of checking the lines of a goal.
public struct GoalCheck: Equatable, Sendable {
  public let lines: [GoalResult]

  public struct GoalResult: Equatable, Sendable {
    public let goal: Goal
    public let state: GoalState
    /// The run that shows whether the fact is true.
    public let evidence: Evidence?
    /// The author's message while the fact is not true.
    public let remark: String?
  }

  public enum GoalState: Equatable, Sendable {
    case met, unmet
    /// The model could not decide whether the fact is true.
    case unchecked(String)
  }

  public var isMet: Bool { lines.allSatisfy { $0.state == .met } }

  public var ticks: [Bool] { lines.map { $0.state == .met } }

  /// Checks all lines. A line marked `once` stays ticked after it was true.
  public init(_ goals: [Goal], in context: FactContext, ticked: [Bool]) {
    var lines: [GoalResult] = []
    for (i, goal) in goals.enumerated() {
      let wasTicked = goal.when == .once && ticked.indices.contains(i) && ticked[i]
      lines.append(
        wasTicked
          ? GoalResult(goal: goal, state: .met, evidence: nil, remark: nil) : GoalCheck.line(goal, context))
    }
    self.lines = lines
  }

  private static func line(_ goal: Goal, _ context: FactContext) -> GoalResult {
    do throws(FactProblem) {
      let evaluated = try context.evaluated(goal.fact.text)
      guard evaluated.value != .bool(true) else {
        return GoalResult(goal: goal, state: .met, evidence: evaluated.evidence, remark: nil)
      }
      let remark = try goal.otherwiseText.map { (text) throws(FactProblem) in
        try text.text.filled(evaluated.evidence, in: context)
      }
      return GoalResult(goal: goal, state: .unmet, evidence: evaluated.evidence, remark: remark)
    } catch {
      return GoalResult(goal: goal, state: .unchecked(error.message), evidence: nil, remark: nil)
    }
  }
}
