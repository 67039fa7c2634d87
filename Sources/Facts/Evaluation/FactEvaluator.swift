import Blueprint
import Inspector
import Simulator

/// Evaluates a fact on copies of the site, and collects the evidence.
struct FactEvaluator {
  let world: FactContext
  /// The text of the fact.
  private let text: [Character]
  /// The sites that the evaluation has visited so far. The first is the current site of the session.
  private var views: [FactSite]
  private var current = 0
  /// The evidence collected so far.
  private(set) var trail: [Evidence] = []
  /// The values of `it`, from the outermost fact that defines it to the innermost.
  var its: [FactValue] = []
  /// The request rate that `max_rate` is trying.
  var load: Quantity?
  private var runs: [(view: Int, commands: String, result: Int)] = []
  private var experiments = 0
  /// The number of comparisons so far whose result depends on the moment.
  var undecided = 0
  /// The difference between the sets in the last comparison, in words.
  var difference = ""

  /// The most copies of the site that the evaluation of one fact may try.
  static let mostExperiments = 20_000

  init(_ world: FactContext, text: String) {
    self.world = world
    self.text = Array(text)
    views = [FactSite(simulation: world.now, steps: [])]
  }

  var view: FactSite { views[current] }
  var simulation: Simulation { views[current].simulation }
  var topology: Topology { simulation.topology }
  var comparison: FactComparison { FactComparison(topology: topology) }

  /// Counts an experiment on a copy. Throws if there are too many experiments or the user stops the work.
  mutating func countExperiment(_ place: Range<Int>) throws(FactProblem) {
    experiments += 1
    guard world.shouldContinue(0) else { throw FactProblem(Problem.interrupted.inShort, at: place) }
    guard experiments <= FactEvaluator.mostExperiments else {
      throw FactProblem("that takes too many experiments", hint: "ask for less at once", at: place)
    }
  }

  // MARK: Evidence

  /// Adds evidence: what these commands show on the site on which the fact is being evaluated.
  mutating func saw(_ sentence: String, after commands: String...) { saw(sentence, after: commands) }

  mutating func saw(_ sentence: String, after commands: [String]) {
    trail.append(Evidence([view.command(commands)], saw: sentence))
  }

  mutating func add(_ evidence: Evidence) {
    trail.append(
      Evidence(
        view.steps.isEmpty ? evidence.commands : evidence.commands.map { rebased($0) }, saw: evidence.saw))
  }

  /// Returns the command, preceded by the commands that lead to the site on which the fact is being
  /// evaluated.
  private func rebased(_ command: String) -> String {
    let rest = command.hasPrefix("whatif ") ? String(command.dropFirst(7)) : command
    return view.command([rest])
  }

  mutating func append(_ evidence: Evidence) { trail.append(evidence) }

  /// Adds another observation of the most recent run.
  mutating func addObservation(_ sentence: String) {
    if let last = trail.last { trail.append(Evidence(last.commands, saw: sentence)) }
  }

  mutating func forget(since mark: Int) { trail.removeSubrange(mark...) }

  /// Keeps only the last piece of evidence after the mark, because that piece decided the value.
  mutating func keepLast(since mark: Int) {
    guard trail.count > mark + 1 else { return }
    trail.removeSubrange(mark..<trail.count - 1)
  }

  /// Keeps only the first piece of evidence after the mark, because that piece is sufficient.
  mutating func keepFirst(since mark: Int) {
    guard trail.count > mark + 1 else { return }
    trail.removeSubrange((mark + 1)...)
  }

  /// Returns the part of the fact's text in this range.
  func source(_ place: Range<Int>) -> String { String(text[place.clamped(to: text.indices)]) }

  func witness(of value: FactValue) -> Evidence {
    let text = String(text)
    guard !trail.isEmpty else { return Evidence(["show \(text)"], saw: "it is \(value.text)") }
    // Leaves out runs that add no observation, because later runs include their commands.
    let telling = trail.contains { !$0.saw.isEmpty } ? trail.filter { !$0.saw.isEmpty } : trail
    var (commands, words) = (UniqueTexts(), UniqueTexts())
    for evidence in telling {
      for command in evidence.commands { commands.add(command) }
      if !evidence.saw.isEmpty { words.add(evidence.saw) }
    }
    return Evidence(
      Array(commands.all.prefix(Evidence.mostCommands)),
      saw: words.all.isEmpty ? "it is \(value.text)" : words.said(commands: commands.all.count))
  }

  // MARK: Sites

  /// Returns the site after these commands have run.
  mutating func run(_ commands: String, at place: Range<Int>) throws(FactProblem) -> FactSite {
    if let known = runs.first(where: { $0.view == current && $0.commands == commands }) {
      return views[known.result]
    }
    try countExperiment(place)
    let result = world.run(simulation, commands)
    guard let reply = result.reply, let after = result.after else {
      throw FactProblem(result.refusal ?? "that could not be done", at: place)
    }
    let found = FactSite(simulation: after, steps: view.steps + [commands], reply: reply)
    views.append(found)
    runs.append((current, commands, views.count - 1))
    return found
  }

  /// Evaluates a term on another site, then returns to this one.
  mutating func within(_ view: FactSite, _ term: FactTerm) throws(FactProblem) -> FactValue {
    let before = current
    views.append(view)
    current = views.count - 1
    defer { current = before }
    return try value(of: term)
  }
}

extension FactEvaluator {
  /// Calls the closure on another site, then returns to this one.
  mutating func entering<T>(
    _ view: FactSite, _ ask: (inout FactEvaluator) throws(FactProblem) -> T
  ) throws(FactProblem) -> T {
    let before = current
    views.append(view)
    current = views.count - 1
    defer { current = before }
    return try ask(&self)
  }

  /// Runs an experiment on a copy, and turns any `Problem` into a `FactProblem`.
  func trying<T>(_ place: Range<Int>, _ body: () throws(Problem) -> T) throws(FactProblem) -> T {
    do {
      return try body()
    } catch {
      throw FactProblem(error.inShort, at: place)
    }
  }

  mutating func dropTrail(_ range: Range<Int>) { trail.removeSubrange(range) }
}

extension Problem {
  /// The reason for the problem, in a short sentence.
  var inShort: String {
    if case .unfitFault(let fault, let target, _) = self {
      return "\(target.text) cannot have the fault \(fault.text)"
    }
    if case .unknownHost(let name) = self { return "there is no “\(name)”" }
    if case .missingComponent(let part, let host) = self { return "\(host) carries no \(part.rawValue)" }
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
  func said(commands: Int) -> String {
    var said = all.prefix(4).joined(separator: "; ")
    if all.count > 4 { said += "; … and \(all.count - 4) more" }
    if commands > Evidence.mostCommands {
      said += "; \(Evidence.mostCommands) of \(commands) runs are named"
    }
    return said
  }
}
