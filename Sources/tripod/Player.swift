import Glibc
import Shell

/// Gives a session its commands, one after the other, and shows what comes back.
struct Player {
  private(set) var status = ExitStatus.well
  private var isOver = false

  private var session: Session
  private var output: Output
  private let patience: Patience
  private let arguments: Arguments
  private let painter: Painter
  private let errorPainter: Painter

  init(_ arguments: Arguments, patience: Patience, output: Output) {
    let world = World(read: Files.read, write: Files.write, goOn: { _ in patience.allowsMore() })
    session = Session(designs: designs, world: world, seed: arguments.seed)
    painter = Painter(arguments.color, isTerminal: output.isTerminal)
    errorPainter = Painter(arguments.color, isTerminal: isatty(STDERR_FILENO) == 1)
    self.arguments = arguments
    self.patience = patience
    self.output = output
  }
}

// MARK: - Scripts

extension Player {
  /// Plays the sources in their order, and nothing at all if one of them cannot be read.
  mutating func play(_ sources: [Arguments.Source]) throws(Output.Failure) {
    for case .file(let path) in sources {
      if let obstacle = Files.obstacle(toReading: path) { return giveUp(reading: path, because: obstacle) }
    }
    var line = 0
    for source in sources.isEmpty ? [.standardInput] : sources where !isOver {
      switch source {
      case .commands(let text): try play(commands: text, after: &line)
      case .file(let path): try play(file: path)
      case .standardInput: try play(linesOf: reader(of: STDIN_FILENO), named: "-")
      }
    }
    try output.flush()
  }

  /// The texts given by `-c` count their lines together, so that the second one is line 2.
  private mutating func play(commands text: String, after line: inout Int) throws(Output.Failure) {
    for text in text.split(separator: "\n", omittingEmptySubsequences: false) where !isOver {
      line += 1
      try play(line: String(text), at: "-c:\(line)")
    }
  }

  private mutating func play(file path: String) throws(Output.Failure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return giveUp(reading: path, because: reason(errno)) }
    defer { close(descriptor) }
    session.beginScript(named: path)
    defer { session.endScript() }
    try play(linesOf: reader(of: descriptor, largest: Files.largest), named: path)
  }

  private mutating func play(linesOf reader: LineReader, named name: String) throws(Output.Failure) {
    var reader = reader
    var number = 0
    while !isOver {
      number += 1
      switch reader.next() {
      case .line(let line): try play(line: line, at: "\(name):\(number)")
      case .end: return
      case .interrupted: continue
      case .late: runOutOfTime()
      case .failed(let why): giveUp(reading: name, because: why)
      }
    }
  }

  private mutating func play(line: String, at place: String) throws(Output.Failure) {
    for command in Session.commands(in: line) where !isOver {
      guard let failure = try obey(command) else { continue }
      complain(Line("\(place): ") + Line(failure.message, .failed), errorPainter)
      if !failure.hint.isEmpty { complain(Line("  \(failure.hint)", .faint), errorPainter) }
      status = .failed
      if patience.isOver { runOutOfTime() }
      if !arguments.keepsGoing { isOver = true }
    }
  }

  private func reader(of descriptor: Int32, largest: Int = .max) -> LineReader {
    LineReader(descriptor: descriptor, patience: patience, largest: largest)
  }
}

// MARK: - Conversation

extension Player {
  /// Talks with somebody at a terminal until they leave.
  mutating func converse() throws(Output.Failure) {
    if !arguments.json { show(session.greeting) }
    var reader = reader(of: STDIN_FILENO)
    while !isOver {
      let prompt = try prompt()
      switch reader.next() {
      case .line(let line): try answer(line, after: prompt)
      case .interrupted: output.add("\n")
      case .late: runOutOfTime()
      case .end:
        if !prompt.isEmpty { output.add("\n") }
        isOver = true
      case .failed(let why): giveUp(reading: "-", because: why)
      }
    }
    try output.flush()
  }

  private mutating func prompt() throws(Output.Failure) -> String {
    let prompt = arguments.json || !output.isTerminal ? "" : session.prompt
    output.add(prompt)
    try output.deliver()
    return prompt
  }

  private mutating func answer(_ line: String, after prompt: String) throws(Output.Failure) {
    var rest = line[...]
    for command in Session.commands(in: line) where !isOver {
      let start = rest.firstRange(of: command)?.lowerBound ?? rest.startIndex
      let indent = prompt.count + line.distance(from: line.startIndex, to: start)
      rest = line[start...].dropFirst(command.count)
      guard let failure = try obey(command) else { continue }
      for line in failure.pointing(indentedBy: indent) { complain(line, errorPainter) }
      if patience.isOver { runOutOfTime() }
      return
    }
  }
}

// MARK: - One command

extension Player {
  private mutating func obey(_ command: String) throws(Output.Failure) -> Failure? {
    if patience.isOver {
      runOutOfTime()
      return nil
    }
    let reply = session.obey(command)
    if arguments.json { output.add(reply.json.text + "\n") } else { show(reply.lines) }
    if let effect = reply.effect { take(effect) }
    // What was said before an error comes before it, wherever the two end up.
    if reply.isOK { try output.deliver() } else { try output.flush() }
    return reply.failure
  }

  private mutating func take(_ effect: Effect) {
    switch effect {
    case .quit: isOver = true
    }
  }

  private mutating func show(_ lines: [Line]) {
    for line in lines { output.add(painter.text(line) + "\n") }
  }

  private mutating func runOutOfTime() {
    complain("the limit of \(arguments.limit?.text ?? "") is over")
    isOver = true
    status = .failed
  }

  private mutating func giveUp(reading name: String, because why: String) {
    complain("cannot read \(name == "-" ? "standard input" : name): \(why)")
    isOver = true
    status = .misused
  }
}
