import Blueprint
import Simulator

/// A line in, a reply out: the whole program but its edge.
public struct Session: Sendable {
  public static let version = "1.0.0"

  let designs: [Document]
  var world: World
  var scene: Scene
  var history = History()
  /// The scripts that are running, and where each began.
  private var scripts: [(command: String, mark: History.Mark)] = []
  /// How deep files that run files are nested.
  var depth = 0

  /// Starts with the design `textbook`, or, where there is none, with a new site.
  public init(designs: [Document], world: World, seed: UInt64? = nil) {
    self.designs = designs
    self.world = world
    scene = Scene(Simulation(seed: seed), design: "new")
    guard let first = designs.first(where: { $0.name == "textbook" }) else { return }
    if let built = try? build(first.text, named: first.name, seed: seed) {
      scene = Scene(built, design: first.name)
    }
  }

  public static func commands(in line: String) -> [String] { Words.commands(in: line) }

  /// Where one is: the design, and what is wrong.
  public var prompt: String {
    let faults = scene.simulation.faults.reduce(into: [String]()) { names, fault in
      if !names.contains(fault.target.text) { names.append(fault.target.text) }
    }
    var words = ["tripod"]
    if scene.design != "textbook" { words.append(scene.design) }
    if let first = faults.first {
      words.append("[✗ \(first)\(faults.count > 1 ? " +\(faults.count - 1)" : "")]")
    }
    return words.joined(separator: " ") + "> "
  }

  public var greeting: [Line] {
    [
      Line("Tripod \(Session.version): the three-server infrastructure, live. help lists the commands."),
      Line("You are looking at \(scene.design). Try  send 4,  then  trace read."),
    ]
  }

  // MARK: Obeying

  /// Lines beyond this are refused.
  static let longestLine = 262_144

  /// Obeys one command.
  public mutating func obey(_ command: String) -> Reply {
    let command = Words.trimmed(command)
    do {
      try Session.checkText(command)
      let words = try Words.split(command)
      guard let first = words.first else { return reply(to: command, verb: "", Answer()) }
      let found = try Command.named(first)
      return obey(found, command, words)
    } catch {
      return refusal(of: command, verb: Session.verb(of: command), error)
    }
  }

  private mutating func obey(_ found: Command, _ command: String, _ words: [Word]) -> Reply {
    do {
      let arguments = try Matching.arguments(
        of: command, words: words, for: found.parameters, usage: found.usage,
        topology: scene.simulation.topology)
      line = command
      // Said first: as an argument of `reply` it would keep a copy of the session alive, and show the time before it.
      let answer = try found.run(&self, arguments)
      return reply(to: command, verb: found.name, answer)
    } catch {
      return refusal(of: command, verb: found.name, error)
    }
  }

  /// Whether commands are only read, to learn what they would do.
  var isRehearsal = false
  var rehearsed: Action?
  /// Whether this is a copy on which something is tried.
  var isHypothesis = false

  /// The command that is being obeyed, as typed.
  var line = ""

  private static func checkText(_ command: String) throws(Complaint) {
    guard command.utf8.count <= longestLine else { throw .tooLong(limit: longestLine) }
    for scalar in command.unicodeScalars {
      let isControl = (scalar.value < 32 && scalar != "\t") || (127..<160).contains(scalar.value)
      if isControl || scalar == "\u{FFFD}" { throw .notText }
    }
  }

  private static func verb(of command: String) -> String {
    let word = command.split(maxSplits: 1, whereSeparator: Words.isSpace).first.map(String.init) ?? ""
    return Sentences.clean(word)
  }

  // MARK: Replies

  private func reply(to command: String, verb: String, _ answer: Answer) -> Reply {
    let json = JSON.object(
      head(command, verb, isOK: true) + [JSON.Member("events", .array(answer.events.map { $0.json }))]
        + answer.members)
    return Reply(
      command: command, verb: verb, lines: answer.lines, json: json, failure: nil, effect: answer.effect)
  }

  private func refusal(of command: String, verb: String, _ complaint: Complaint) -> Reply {
    let failure = Sentences.failure(for: complaint)
    let error = JSON.object([
      JSON.Member("code", .string(failure.code)), JSON.Member("message", .string(failure.message)),
      JSON.Member("hint", .string(failure.hint)),
    ])
    let shown = command.utf8.count <= Session.longestLine ? command : String(command.prefix(200)) + "…"
    let json = JSON.object(
      head(shown, verb, isOK: false) + [JSON.Member("events", .array([])), JSON.Member("error", error)])
    return Reply(command: command, verb: verb, lines: [], json: json, failure: failure, effect: nil)
  }

  private func head(_ command: String, _ verb: String, isOK: Bool) -> [JSON.Member] {
    [
      JSON.Member("schema", .integer(1)), JSON.Member("command", .string(command)),
      JSON.Member("verb", .string(verb)),
      JSON.Member("ok", .flag(isOK)), JSON.Member("time_ms", .milliseconds(scene.simulation.time)),
    ]
  }

  // MARK: Doing

  /// Does something to the site, as a step that can be undone.
  mutating func perform(_ action: Action, about word: Word? = nil) throws(Complaint) -> Outcome {
    guard !isRehearsal else {
      rehearsed = action
      return Outcome()
    }
    history.prepare(scene)
    let before = scene.simulation.workDone
    do {
      let outcome = try scene.simulation.perform(action, goOn: world.goOn)
      history.add(line, .action(action), work: scene.simulation.workDone - before + 1)
      return outcome
    } catch {
      throw error == .interrupted ? .timeLimit : .problem(error, word)
    }
  }

  /// Puts another scene in place of this one, as a step that can be undone.
  mutating func replace(with new: Scene) {
    history.prepare(scene)
    scene = new
    history.add(line, .scene(new), work: 1)
  }

  // MARK: Scripts

  /// A file that is run is one step.
  public mutating func beginScript(named name: String) { beginScript("run \(name)") }

  mutating func beginScript(_ command: String) {
    scripts.append((command, history.beginScript(scene)))
  }

  public mutating func endScript() {
    guard let script = scripts.popLast() else { return }
    history.endScript(script.command, since: script.mark, scene)
  }
}
