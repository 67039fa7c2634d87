import Blueprint
import Inspector
import Simulator

/// Evaluates a fact on copies of the site, and collects the evidence.
struct FactEvaluator {
  let context: FactContext
  /// The text of the fact.
  private let text: [Character]
  /// The sites that the evaluation has used so far. The first is the current site of the session.
  private var views: [FactSite]
  private var currentIndex = 0
  /// The evidence collected so far.
  private(set) var collectedEvidence: [Evidence] = []
  /// The values of `it`, from the outermost fact that defines it to the innermost.
  var itValues: [FactValue] = []
  /// The request rate that `max_rate` is trying, or nil outside `max_rate`.
  var trialRate: Quantity?
  private var runs: [(view: Int, commands: String, result: Int)] = []
  private var experiments = 0
  /// The number of comparisons so far whose result depends on the moment.
  var undecidedCount = 0
  /// The difference between the sets in the last comparison, in words.
  var difference = ""
  /// The value that the last comparison compared, in words. It is the observation if nothing was observed.
  var comparedValue = ""

  /// The most copies of the site that the evaluation of one fact may try.
  static let mostExperiments = 20_000

  init(_ context: FactContext, text: String) {
    self.context = context
    self.text = Array(text)
    views = [FactSite(simulation: context.current, steps: [])]
  }

  var view: FactSite { views[currentIndex] }
  var simulation: Simulation { views[currentIndex].simulation }
  var topology: Topology { simulation.topology }
  var comparison: FactComparison { FactComparison(topology: topology) }

  /// Counts an experiment on a copy. Throws if there are too many experiments or the user stops the work.
  mutating func countExperiment(_ position: Range<Int>) throws(FactProblem) {
    experiments += 1
    guard context.shouldContinue(0) else { throw FactProblem(Problem.interrupted.shortReason, at: position) }
    guard experiments <= FactEvaluator.mostExperiments else {
      throw FactProblem("the fact needs too many experiments", hint: "ask for less at once", at: position)
    }
  }

  // MARK: Evidence

  /// Adds evidence: what these commands show on the site on which the fact is being evaluated.
  mutating func observe(_ sentence: String, after commands: String...) { observe(sentence, after: commands) }

  mutating func observe(_ sentence: String, after commands: [String]) {
    collectedEvidence.append(Evidence([view.command(commands)], observation: sentence))
  }

  mutating func add(_ evidence: Evidence) {
    collectedEvidence.append(
      Evidence(
        view.steps.isEmpty ? evidence.commands : evidence.commands.map { rebased($0) },
        observation: evidence.observation))
  }

  /// Returns the command, preceded by the commands that lead to the site on which the fact is being
  /// evaluated.
  private func rebased(_ command: String) -> String {
    let rest = command.hasPrefix("whatif ") ? String(command.dropFirst(7)) : command
    return view.command([rest])
  }

  mutating func append(_ evidence: Evidence) { collectedEvidence.append(evidence) }

  /// Adds another observation of the most recent run.
  mutating func addObservation(_ sentence: String) {
    if let last = collectedEvidence.last {
      collectedEvidence.append(Evidence(last.commands, observation: sentence))
    }
  }

  mutating func removeEvidence(since mark: Int) { collectedEvidence.removeSubrange(mark...) }

  /// Keeps only the last piece of evidence after the mark, because it decided the value.
  mutating func keepLast(since mark: Int) {
    guard collectedEvidence.count > mark + 1 else { return }
    collectedEvidence.removeSubrange(mark..<collectedEvidence.count - 1)
  }

  /// Keeps only the first piece of evidence after the mark, because it is sufficient.
  mutating func keepFirst(since mark: Int) {
    guard collectedEvidence.count > mark + 1 else { return }
    collectedEvidence.removeSubrange((mark + 1)...)
  }

  /// Returns the part of the fact's text in this range.
  func source(_ position: Range<Int>) -> String { String(text[position.clamped(to: text.indices)]) }

  func evidence(of value: FactValue) -> Evidence {
    let text = String(text)
    guard !collectedEvidence.isEmpty else {
      return Evidence(["show \(text)"], observation: description(of: value))
    }
    // Runs without an observation are left out, because later runs include their commands.
    let informativeEvidence =
      collectedEvidence.contains { !$0.observation.isEmpty }
      ? collectedEvidence.filter { !$0.observation.isEmpty } : collectedEvidence
    var (commands, words) = (UniqueTexts(), UniqueTexts())
    let ordered = FactEvaluator.failuresFirst(informativeEvidence)
    for evidence in ordered { for command in evidence.commands { commands.add(command) } }
    for observation in ordered.labelledObservations where !observation.isEmpty {
      words.add(observation)
    }
    return Evidence(
      Array(commands.all.prefix(Evidence.mostCommands)),
      observation: words.all.isEmpty ? description(of: value) : words.summary(commands: commands.all.count))
  }

  /// Returns the evidence with the runs in which requests failed first, if there are too many runs to show
  /// all. They are the ones that decide.
  private static func failuresFirst(_ evidence: [Evidence]) -> [Evidence] {
    guard evidence.count > 4 else { return evidence }
    func isSuccess(_ one: Evidence) -> Bool { one.observation.hasSuffix(" answered") }
    return evidence.filter { !isSuccess($0) } + evidence.filter(isSuccess)
  }

  private func description(of value: FactValue) -> String {
    if case .bool = value, !comparedValue.isEmpty { return comparedValue }
    return "it is \(value.roundedText)"
  }

  /// Returns the left side of a comparison and its value, such as `primaries.count is 1`. The run that leads
  /// to the value is left out. Returns an empty string if the left side is the value itself, as in `1 == 2`.
  func words(forComparing value: FactValue, _ sign: FactOperator, at position: Range<Int>) -> String {
    if case .report = value { return "" }
    var depth = 0
    var start = 0
    let characters = Array(source(position))
    for (i, character) in characters.enumerated() {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      guard depth == 0 else { continue }
      if character == ")", characters.starts(with: Array("run(")), i + 1 < characters.count,
        characters[i + 1] == "."
      {
        start = i + 2
      }
      if character == " ", characters[(i + 1)...].starts(with: Array(sign.rawValue)) {
        let compared = String(characters[start..<max(start, i)])
        return compared == value.roundedText ? "" : "\(compared) is \(value.roundedText)"
      }
    }
    return ""
  }

  // MARK: Sites

  /// Returns the site after these commands have run on a copy.
  mutating func run(_ commands: String, at position: Range<Int>) throws(FactProblem) -> FactSite {
    if let known = runs.first(where: { $0.view == currentIndex && $0.commands == commands }) {
      return views[known.result]
    }
    try countExperiment(position)
    let result = context.run(simulation, commands)
    guard let reply = result.reply, let after = result.after else {
      throw FactProblem(result.refusal ?? "the commands could not be run", at: position)
    }
    var found = FactSite(simulation: after, steps: view.steps + [commands], runStart: simulation.time)
    let lostConnections = after.lostConnections - simulation.lostConnections
    found.reply = reply.ofRun(alerts: found.alerts, lostConnections: lostConnections)
    views.append(found)
    runs.append((currentIndex, commands, views.count - 1))
    return found
  }

  /// Evaluates a term on another site, then returns to this one.
  mutating func onSite(_ view: FactSite, _ term: FactTerm) throws(FactProblem) -> FactValue {
    let before = currentIndex
    views.append(view)
    currentIndex = views.count - 1
    defer { currentIndex = before }
    return try value(of: term)
  }
}

extension FactEvaluator {
  /// Calls the closure on another site, then returns to this one.
  mutating func evaluateOnSite<T>(
    _ view: FactSite, _ body: (inout FactEvaluator) throws(FactProblem) -> T
  ) throws(FactProblem) -> T {
    let before = currentIndex
    views.append(view)
    currentIndex = views.count - 1
    defer { currentIndex = before }
    return try body(&self)
  }

  /// Calls the closure, and turns any `Problem` that it throws into a `FactProblem`.
  func convertingProblems<T>(_ position: Range<Int>, _ body: () throws(Problem) -> T) throws(FactProblem) -> T
  {
    do {
      return try body()
    } catch {
      throw FactProblem(error.shortReason, at: position)
    }
  }

  mutating func removeEvidence(_ range: Range<Int>) { collectedEvidence.removeSubrange(range) }
}

extension Problem {
  /// The reason for the problem, in a short sentence.
  var shortReason: String {
    if case .inapplicableFault(let fault, let target, _) = self {
      return "\(target.text) cannot have the fault \(fault.text)"
    }
    if case .unknownHost(let name) = self { return "there is no “\(name)”" }
    if case .missingComponent(let component, let host) = self {
      return "\(host) has no \(component.rawValue)"
    }
    if self == .interrupted { return "stopped before the answer was found" }
    return "that cannot be tried here"
  }
}

/// A list of texts in order of first appearance, without duplicates.
private struct UniqueTexts {
  private(set) var all: [String] = []
  private var known: Set<String> = []

  mutating func add(_ text: String) { if known.insert(text).inserted { all.append(text) } }

  /// Returns the first few sentences, and how many sentences and commands are left out.
  func summary(commands: Int) -> String {
    var summary = all.prefix(4).joined(separator: "; ")
    if all.count > 4 { summary += "; … and \(all.count - 4) more" }
    if commands > Evidence.mostCommands {
      summary += "; \(Evidence.mostCommands) of \(commands) runs are listed"
    }
    return summary
  }
}
