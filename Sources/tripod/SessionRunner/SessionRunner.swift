import Glibc
import Shell

/// Passes commands to a tutor one by one, and shows the replies.
struct SessionRunner {
  var status = ExitStatus.success
  var isOver = false
  /// The signal that must end the program, or nil.
  var endingSignal: Int32?

  var tutor: Tutor
  /// The access to the user's own files, for typed commands only.
  let access: FileAccess
  var output: Output
  /// The stored lines and site of an interactive run, or nil in a script.
  var savedWork: SavedWork?
  let limits: RunLimits
  let arguments: ProgramArguments
  let painter: Painter
  let errorPainter: Painter
  let progressBar: ProgressBar
  /// Shows long replies one windowful at a time, or nil if they are shown at once.
  var pager: Pager?
  /// The drawing that was shown last in the current lesson.
  private var lessonDrawing: LessonDrawing?

  init(
    _ arguments: ProgramArguments, _ collection: LessonCollection, limits: RunLimits, output: Output,
    savedWork: SavedWork? = nil
  ) {
    let painter = Painter(arguments.color, arguments.drawing, isTerminal: output.isTerminal)
    let errorPainter = Painter(arguments.color, arguments.drawing, isTerminal: isatty(STDERR_FILENO) == 1)
    let progressBar = ProgressBar(errorPainter, isWanted: !arguments.json)
    access = FileAccess(limits, recordingIn: savedWork?.journal)
    tutor = Tutor(
      designs: collection.designs, lessons: collection.lessons, folder: collection.folder,
      shouldContinue: { done in
        progressBar.show(done)
        return limits.allowsMore(beforeStop: progressBar.clear)
      }, seed: arguments.seed)
    if let failure = tutor.startFailure {
      printError("the initial site could not be built: \(failure.message)")
    }
    self.arguments = arguments
    self.limits = limits
    self.output = output
    self.savedWork = savedWork
    self.painter = painter
    self.errorPainter = errorPainter
    self.progressBar = progressBar
  }
}

// MARK: - Lessons

extension SessionRunner {
  /// Enters the given lesson, or the one that the learner left.
  mutating func enterLesson(_ id: String?, isShort: Bool) throws(Output.WriteError) {
    tutor.readProgress(access)
    if id == nil, !arguments.json, let line = tutor.absentLessonLine {
      show(line.wrapped(to: output.columns))
    }
    guard let id = id ?? tutor.lessonToContinue(isShort: isShort) else {
      printError("there is no lesson to continue; `tripod lessons` lists them")
      isOver = true
      status = .misuse
      return
    }
    guard let failure = try obey("lesson \(id)") else { return }
    printError(failure)
    isOver = true
    status = .misuse
  }
}

// MARK: - Scripts

extension SessionRunner {
  /// Obeys the commands of all sources in order. If one of them cannot be read, it obeys none.
  mutating func play(_ sources: [ProgramArguments.CommandSource]) throws(Output.WriteError) {
    for case .file(let path) in sources {
      if let obstacle = WholeFile.obstacle(toReading: path) {
        return giveUp(reading: path, because: obstacle)
      }
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

  /// Obeys a text given by `-c`. Lines are counted over all such texts, so the second text is line 2.
  private mutating func play(commands text: String, after line: inout Int) throws(Output.WriteError) {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for text in lines where !isOver {
      line += 1
      try play(line: String(Substring(text)), at: "-c:\(line)")
    }
  }

  private mutating func play(file path: String) throws(Output.WriteError) {
    // Opening must not wait for the writer of a pipe, because only the line reader obeys the time limit.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return giveUp(reading: path, because: reason(errno)) }
    defer { close(descriptor) }
    tutor.beginScript(named: path)
    defer { tutor.endScript() }
    try play(linesOf: reader(of: descriptor, largestSize: WholeFile.largestSize), named: path)
  }

  private mutating func play(linesOf reader: LineReader, named name: String) throws(Output.WriteError) {
    var reader = reader
    var number = 0
    while !isOver {
      number += 1
      switch reader.next() {
      case .line(let line): try play(line: line, at: "\(name):\(number)")
      case .tooLong(let beginning): try refuse(lineBeginning: beginning, at: "\(name):\(number)")
      case .end, .terminated: return
      case .interrupted: continue
      case .timedOut: runOutOfTime()
      case .failed(let reason): giveUp(reading: name, because: reason)
      }
    }
  }

  private mutating func play(line: String, at position: String) throws(Output.WriteError) {
    for command in Session.commands(in: line) where !isOver {
      if let failure = try obey(command) { report(failure, at: position) }
    }
  }

  private mutating func refuse(lineBeginning text: String, at position: String) throws(Output.WriteError) {
    if let failure = try deliver(tutor.refuse(lineBeginning: text)) { report(failure, at: position) }
  }

  /// Reports a failure, which ends a script unless `--keep-going` is given.
  private mutating func report(_ failure: Failure, at position: String) {
    printError(Line("\(position): ") + Line(failure.message, .failed), errorPainter)
    if !failure.hint.isEmpty { printError(Line("  \(failure.hint)", .faint), errorPainter) }
    status = .failed
    if limits.isTimeUp { runOutOfTime() }
    if !arguments.keepsGoing { isOver = true }
  }

  func reader(of descriptor: Int32, largestSize: Int = .max) -> LineReader {
    LineReader(descriptor: descriptor, limits: limits, largestSize: largestSize)
  }
}

// MARK: - One command

extension SessionRunner {
  /// Obeys a command and shows the reply. Returns its failure.
  mutating func obey(_ command: String) throws(Output.WriteError) -> Failure? {
    if limits.isTimeUp {
      runOutOfTime()
      return nil
    }
    tutor.screen = Screen(width: output.columns)
    let before = tutor.revision
    let wasAway = tutor.isAway
    let reply = tutor.obey(command, from: .person(access))
    progressBar.clear()
    // The return from free play is not a step.
    if tutor.revision != before, reply.effect != .resumed, !wasAway, !tutor.isAway {
      reportUnsaved(savedWork?.store(reply.command, on: tutor.design))
    } else {
      savedWork?.journal?.discardFiles()
    }
    if wasAway, !tutor.isAway { savedWork?.journal?.markAsLatest() }
    return try deliver(reply)
  }

  /// Shows a reply. Returns its failure.
  mutating func deliver(_ reply: Reply) throws(Output.WriteError) -> Failure? {
    if arguments.json {
      output.add(reply.json.text + "\n")
    } else {
      try showPages(drawingLines(above: reply.lines) + reply.lines)
    }
    if let effect = reply.effect { apply(effect) }
    // Earlier output must come before an error message, even if both go to the same file.
    if reply.isOK { try output.deliver() } else { try output.flush() }
    return reply.failure
  }

  private mutating func apply(_ effect: Effect) {
    switch effect {
    case .quit: isOver = true
    case .clearedScreen: if !arguments.json { output.clearScreen() }
    case .resumed: savedWork?.journal?.continueLeftSite()
    }
  }

  mutating func show(_ lines: [Line]) {
    for line in lines { output.add(painter.line(line)) }
  }

  /// The fewest rows of a window in which the drawing is shown again after each change of the site.
  private static let drawingRows = 40

  /// Returns the drawing of a lesson's site, if the site looks new and the window has room for the reply too.
  ///
  /// A small window shows it only with the first reply.
  private mutating func drawingLines(above reply: [Line]) -> [Line] {
    guard pager != nil, let rows = Terminal.rows else { return [] }
    guard let drawing = LessonDrawing(tutor, width: output.columns) else {
      lessonDrawing = nil
      return []
    }
    let isLarge = rows >= SessionRunner.drawingRows
    guard drawing != lessonDrawing, isLarge || lessonDrawing == nil else { return [] }
    let lines = drawing.lines + [Line()]
    let fits = lines.count + reply.count < rows
    if fits || !isLarge { lessonDrawing = drawing }
    return fits ? lines : []
  }

  /// Shows lines one windowful at a time if there is a pager, otherwise at once.
  mutating func showPages(_ lines: [Line]) throws(Output.WriteError) {
    guard let pager else { return show(lines) }
    switch try pager.show(lines, on: &output) {
    case .shown: break
    case .timedOut: runOutOfTime()
    case .terminated(let signal):
      endingSignal = signal
      isOver = true
    }
  }

  /// Reports the reason why something could not be stored, if there is one.
  func reportUnsaved(_ obstacle: String?) {
    guard let obstacle else { return }
    printError(Line("  not kept for the next time: \(obstacle)", .faint), errorPainter)
  }

  mutating func runOutOfTime() {
    printError(arguments.limitMessage)
    isOver = true
    status = .failed
  }

  mutating func giveUp(reading name: String, because reason: String) {
    printError("cannot read \(name == "-" ? "standard input" : name): \(reason)")
    isOver = true
    status = .misuse
  }
}
