import Blueprint
import Inspector
import Simulator

/// Judges a fact: asks copies of the site, remembers what it has asked, and what it saw.
struct FactEvaluator {
  let world: FactWorld
  /// The fact as it was written.
  private let text: [Character]
  /// The sites that facts have been asked about so far; the first is the one at hand.
  private var views: [FactView]
  private var current = 0
  /// What led to the answer so far.
  private(set) var trail: [Evidence] = []
  /// Elements that facts are just asked about, the innermost last.
  var its: [FactValue] = []
  /// The load that `max_rate` is trying.
  var load: Quantity?
  private var runs: [(view: Int, commands: String, result: Int)] = []
  private var experiments = 0
  /// How many comparisons hang on the moment, of those that were made.
  var undecided = 0
  /// By what the two sets differ that were compared last.
  var difference = ""

  /// So many copies of the site are tried for one fact.
  static let mostExperiments = 20_000

  init(_ world: FactWorld, text: String) {
    self.world = world
    self.text = Array(text)
    views = [FactView(simulation: world.now, steps: [])]
  }

  var view: FactView { views[current] }
  var simulation: Simulation { views[current].simulation }
  var topology: Topology { simulation.topology }
  var comparison: FactComparison { FactComparison(topology: topology) }

  /// Before each copy on which something is tried.
  mutating func countExperiment(_ place: Range<Int>) throws(FactProblem) {
    experiments += 1
    guard world.goOn(0) else { throw FactProblem(Problem.interrupted.inShort, at: place) }
    guard experiments <= FactEvaluator.mostExperiments else {
      throw FactProblem("that takes too many experiments", hint: "ask for less at once", at: place)
    }
  }

  // MARK: Seeing

  /// What was seen on the site at hand after those commands.
  mutating func saw(_ sentence: String, after commands: String...) { saw(sentence, after: commands) }

  mutating func saw(_ sentence: String, after commands: [String]) {
    trail.append(Evidence([view.command(commands)], saw: sentence))
  }

  mutating func add(_ evidence: Evidence) {
    trail.append(
      Evidence(
        view.steps.isEmpty ? evidence.commands : evidence.commands.map { rebased($0) }, saw: evidence.saw))
  }

  /// The same, on the way to the site that is asked about.
  private func rebased(_ command: String) -> String {
    let rest = command.hasPrefix("whatif ") ? String(command.dropFirst(7)) : command
    return view.command([rest])
  }

  mutating func append(_ evidence: Evidence) { trail.append(evidence) }

  /// What was seen besides in the run that was looked at last.
  mutating func alsoSaw(_ sentence: String) {
    if let last = trail.last { trail.append(Evidence(last.commands, saw: sentence)) }
  }

  mutating func forget(since mark: Int) { trail.removeSubrange(mark...) }

  /// The last thing that was seen is the one that decided.
  mutating func keepLast(since mark: Int) {
    guard trail.count > mark + 1 else { return }
    trail.removeSubrange(mark..<trail.count - 1)
  }

  /// The first thing that was seen tells the whole.
  mutating func keepFirst(since mark: Int) {
    guard trail.count > mark + 1 else { return }
    trail.removeSubrange((mark + 1)...)
  }

  /// A part of the fact as it was written.
  func source(_ place: Range<Int>) -> String { String(text[place.clamped(to: text.indices)]) }

  func witness(of value: FactValue) -> Evidence {
    let text = String(text)
    guard !trail.isEmpty else { return Evidence(["show \(text)"], saw: "it is \(value.text)") }
    // A run of which nothing was seen but what others saw on their way is not told again.
    let telling = trail.contains { !$0.saw.isEmpty } ? trail.filter { !$0.saw.isEmpty } : trail
    var (commands, words) = (OnceEach(), OnceEach())
    for evidence in telling {
      for command in evidence.commands { commands.add(command) }
      if !evidence.saw.isEmpty { words.add(evidence.saw) }
    }
    return Evidence(
      Array(commands.all.prefix(Evidence.mostCommands)),
      saw: words.all.isEmpty ? "it is \(value.text)" : words.said(commands: commands.all.count))
  }

  // MARK: Sites

  /// The site after those commands.
  mutating func run(_ commands: String, at place: Range<Int>) throws(FactProblem) -> FactView {
    if let known = runs.first(where: { $0.view == current && $0.commands == commands }) {
      return views[known.result]
    }
    try countExperiment(place)
    let result = world.run(simulation, commands)
    guard let reply = result.reply, let after = result.after else {
      throw FactProblem(result.refusal ?? "that could not be done", at: place)
    }
    let found = FactView(simulation: after, steps: view.steps + [commands], reply: reply)
    views.append(found)
    runs.append((current, commands, views.count - 1))
    return found
  }

  /// Asks about another site, then goes back to this one.
  mutating func within(_ view: FactView, _ term: FactTerm) throws(FactProblem) -> FactValue {
    let before = current
    views.append(view)
    current = views.count - 1
    defer { current = before }
    return try value(of: term)
  }
}

extension FactEvaluator {
  /// Goes to another site for a while.
  mutating func entering<T>(
    _ view: FactView, _ ask: (inout FactEvaluator) throws(FactProblem) -> T
  ) throws(FactProblem) -> T {
    let before = current
    views.append(view)
    current = views.count - 1
    defer { current = before }
    return try ask(&self)
  }

  /// Does something to a copy that may not be possible.
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
  /// Why something could not be tried on a copy.
  var inShort: String {
    if case .unfitFault(let fault, let target, _) = self {
      return "\(target.text) cannot have the fault \(fault.text)"
    }
    if case .unknownHost(let name) = self { return "there is no “\(name)”" }
    if case .notCarried(let part, let host) = self { return "\(host) carries no \(part.rawValue)" }
    if self == .interrupted { return "stopped before the answer was found" }
    return "that cannot be tried here"
  }
}

/// Sentences or commands, each once, in their order.
private struct OnceEach {
  private(set) var all: [String] = []
  private var known: Set<String> = []

  mutating func add(_ text: String) { if known.insert(text).inserted { all.append(text) } }

  /// No more than one would read; what is left out is said.
  func said(commands: Int) -> String {
    var said = all.prefix(4).joined(separator: "; ")
    if all.count > 4 { said += "; … and \(all.count - 4) more" }
    if commands > Evidence.mostCommands {
      said += "; \(Evidence.mostCommands) of \(commands) runs are named"
    }
    return said
  }
}
