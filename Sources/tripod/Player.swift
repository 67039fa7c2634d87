import Glibc
import Shell

/// Gives a session its commands, one after the other, and shows what comes back.
struct Player {
  var status = ExitStatus.well
  var isOver = false
  /// The signal that asked the program to end, if one did.
  var endingSignal: Int32?

  var session: Tutor
  /// The file access of the person who runs the program, for typed commands only.
  let access: FileAccess
  var output: Output
  /// What outlives a conversation; nil in a script.
  var memory: Memory?
  let patience: Patience
  let arguments: Arguments
  let painter: Painter
  let errorPainter: Painter
  let progress: Progress

  init(
    _ arguments: Arguments, _ shelf: Shelf, patience: Patience, output: Output, memory: Memory? = nil
  ) {
    let painter = Painter(arguments.color, arguments.drawing, isTerminal: output.isTerminal)
    let errorPainter = Painter(arguments.color, arguments.drawing, isTerminal: isatty(STDERR_FILENO) == 1)
    let progress = Progress(errorPainter, isWanted: !arguments.json)
    access = FileAccess(patience, recordingIn: memory?.journal)
    session = Tutor(
      designs: shelf.designs, lessons: shelf.lessons, folder: shelf.folder,
      goOn: { done in
        progress.show(done)
        return patience.allowsMore(beforeStop: progress.clear)
      }, seed: arguments.seed)
    if let failure = session.startFailure {
      complain("the initial site could not be built: \(failure.message)")
    }
    self.arguments = arguments
    self.patience = patience
    self.output = output
    self.memory = memory
    self.painter = painter
    self.errorPainter = errorPainter
    self.progress = progress
  }
}

// MARK: - Lessons

extension Player {
  /// Goes into a lesson before anything else: that one, or where its learner left off.
  mutating func enterLesson(_ id: String?, isShort: Bool) throws(Output.Failure) {
    session.readProgress(access)
    if id == nil, !arguments.json, let left = session.lessonElsewhere {
      let remark = "The lesson you left, \(left.cleaned(most: 40)), is not at hand: "
      show(Line(remark + "tripod learn FILE goes on with it.", .faint).wrapped(to: output.columns))
    }
    guard let id = id ?? session.lessonToGoOn(isShort: isShort) else {
      complain("there is no lesson to go on with; tripod lessons lists them")
      isOver = true
      status = .misused
      return
    }
    guard let failure = try obey("lesson \(id)") else { return }
    complain(failure)
    isOver = true
    status = .misused
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
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for text in lines where !isOver {
      line += 1
      try play(line: String(Substring(text)), at: "-c:\(line)")
    }
  }

  private mutating func play(file path: String) throws(Output.Failure) {
    // Nobody may ever write into a pipe: that is waited for with patience, not here.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
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
      case .tooLong(let beginning): try refuse(lineBeginning: beginning, at: "\(name):\(number)")
      case .end, .ended: return
      case .interrupted: continue
      case .late: runOutOfTime()
      case .failed(let why): giveUp(reading: name, because: why)
      }
    }
  }

  private mutating func play(line: String, at place: String) throws(Output.Failure) {
    for command in Tutor.commands(in: line) where !isOver {
      if let failure = try obey(command) { report(failure, at: place) }
    }
  }

  private mutating func refuse(lineBeginning text: String, at place: String) throws(Output.Failure) {
    if let failure = try deliver(session.refuse(lineBeginning: text)) { report(failure, at: place) }
  }

  /// Reports a failure, which ends a script unless `--keep-going` is given.
  private mutating func report(_ failure: Failure, at place: String) {
    complain(Line("\(place): ") + Line(failure.message, .failed), errorPainter)
    if !failure.hint.isEmpty { complain(Line("  \(failure.hint)", .faint), errorPainter) }
    status = .failed
    if patience.isOver { runOutOfTime() }
    if !arguments.keepsGoing { isOver = true }
  }

  func reader(of descriptor: Int32, largest: Int = .max) -> LineReader {
    LineReader(descriptor: descriptor, patience: patience, largest: largest)
  }
}

// MARK: - One command

extension Player {
  mutating func obey(_ command: String) throws(Output.Failure) -> Failure? {
    if patience.isOver {
      runOutOfTime()
      return nil
    }
    session.screen = Screen(width: output.columns)
    let before = session.revision
    let wasAway = session.isAway
    let reply = session.obey(command, from: .person(access))
    progress.clear()
    // The way back from free play is no step either.
    if session.revision != before, reply.effect != .resumed, !wasAway, !session.isAway {
      regret(memory?.keep(reply.command))
    } else {
      memory?.journal?.forget()
    }
    return try deliver(reply)
  }

  /// Shows a reply. Returns its failure.
  mutating func deliver(_ reply: Reply) throws(Output.Failure) -> Failure? {
    if arguments.json { output.add(reply.json.text + "\n") } else { show(reply.lines) }
    if let effect = reply.effect { take(effect) }
    // What was said before an error comes before it, wherever the two end up.
    if reply.isOK { try output.deliver() } else { try output.flush() }
    return reply.failure
  }

  private mutating func take(_ effect: Effect) {
    switch effect {
    case .quit: isOver = true
    case .resumed: memory?.journal?.adopt()
    }
  }

  mutating func show(_ lines: [Line]) {
    for line in lines { output.add(painter.line(line)) }
  }

  /// Says what could not be kept, where that is so.
  func regret(_ obstacle: String?) {
    guard let obstacle else { return }
    complain(Line("  not kept for the next time: \(obstacle)", .faint), errorPainter)
  }

  mutating func runOutOfTime() {
    complain(arguments.limitIsOver)
    isOver = true
    status = .failed
  }

  mutating func giveUp(reading name: String, because why: String) {
    complain("cannot read \(name == "-" ? "standard input" : name): \(why)")
    isOver = true
    status = .misused
  }
}
