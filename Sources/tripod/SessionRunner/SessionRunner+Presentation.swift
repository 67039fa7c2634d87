import Glibc
import Shell

/// A presentation to a class, frame by frame. Each frame fills the window. Without a window, it follows the
/// last frame.
extension SessionRunner {
  mutating func present(_ lesson: String) throws(Output.WriteError) {
    var presentation: Presentation
    do throws(Failure) {
      presentation = try Presentation(lesson, on: tutor, playsItself: arguments.isAutomatic)
    } catch {
      if limits.isTimeUp { return runOutOfTime() }
      printError(error)
      status = .misuse
      return
    }
    let isWatched = isatty(STDIN_FILENO) == 1 && output.isTerminal
    let editor = isWatched ? Editor(limits, painter) : nil
    editor?.bindKeysForPresenting()
    editor?.remember([], mostLines: HistoryFile.mostLines)
    var reader = reader(of: STDIN_FILENO)
    var last: Frame?
    while !isOver {
      presentation.window = window(hasRows: editor != nil)
      let frame = presentation.frame
      if editor != nil { output.add(page(frame)) } else if frame != last { add(frame, after: last) }
      last = frame
      if arguments.isAutomatic {
        try play(&presentation, frame, isWatched: isWatched, hasPage: editor != nil)
      } else {
        try ask(&presentation, frame, editor, &reader)
      }
      progressBar.clear()
      isOver = isOver || presentation.isOver
    }
    if presentation.hasFailed, status == .success { status = .failed }
    try output.flush()
  }

  private func window(hasRows: Bool) -> Presentation.Window {
    guard hasRows, let size = Terminal.size(of: STDOUT_FILENO) else {
      return Presentation.Window(columns: output.columns, rows: nil)
    }
    return Presentation.Window(columns: size.columns, rows: size.rows)
  }

  /// Returns the contents of the window above the prompt.
  private func page(_ frame: Frame) -> Printable {
    Printable(control: "\u{1b}[H\u{1b}[2J") + frame.lines.map { painter.line($0) }.joined()
  }

  /// Shows a frame below the last one, without a window. An unchanged drawing is not repeated.
  private mutating func add(_ frame: Frame, after last: Frame?) {
    if frame.drawing != last?.drawing { show(frame.drawing) }
    show(frame.text)
  }
}

// MARK: - Frames that continue at a key press

extension SessionRunner {
  private mutating func ask(
    _ presentation: inout Presentation, _ frame: Frame, _ editor: Editor?, _ reader: inout LineReader
  ) throws(Output.WriteError) {
    switch try next(presentation, frame, editor, &reader) {
    case .line(let line):
      // Text that the author offered must not be stored as if the teacher had typed it.
      if let editor, HistoryFile.keeps(line), line != frame.suggestedCommand { editor.remember(line) }
      presentation.handle(line, from: .person(access.withoutJournal))
    case .tooLong, .interrupted: break
    case .timedOut: runOutOfTime()
    case .end: isOver = true
    case .terminated(let signal):
      endingSignal = signal
      isOver = true
    case .failed(let reason): giveUp(reading: "-", because: reason)
    }
  }

  private mutating func next(
    _ presentation: Presentation, _ frame: Frame, _ editor: Editor?, _ reader: inout LineReader
  ) throws(Output.WriteError) -> LineReader.Input {
    guard let editor else {
      if output.isTerminal { show([frame.prompt + Line(frame.suggestedCommand)]) }
      try output.deliver()
      return reader.next()
    }
    try output.flush()
    let runner = self
    editor.completion = { presentation.completion(of: $0) }
    editor.page = {
      var resized = presentation
      resized.window = runner.window(hasRows: true)
      return runner.page(resized.frame)
    }
    // The closures hold copies of the tutor. Without them, the next command need not copy what it changes.
    defer {
      editor.completion = nil
      editor.page = nil
    }
    return editor.next(after: frame.prompt, prefilling: frame.suggestedCommand)
  }
}

// MARK: - Frames that continue after a time

extension SessionRunner {
  private mutating func play(
    _ presentation: inout Presentation, _ frame: Frame, isWatched: Bool, hasPage: Bool
  ) throws(Output.WriteError) {
    if output.isTerminal {
      output.add(painter.text(frame.prompt + Line(frame.suggestedCommand)) + Printable(hasPage ? "" : "\n"))
    }
    try output.flush()
    if isWatched { pause(presentation, frame, hasPage: hasPage) }
    if limits.isTimeUp { runOutOfTime() }
    if presentation.isAtEnd {
      if hasPage { output.add("\n") }
      isOver = true
    } else if !isOver {
      presentation.handle("")
    }
  }

  /// Waits until the time for the frame is over, a key is pressed, or a signal ends the presentation.
  private mutating func pause(_ presentation: Presentation, _ frame: Frame, hasPage: Bool) {
    let time = limits.atMost(milliseconds: frame.milliseconds)
    var keyboard = STDIN_FILENO
    while true {
      switch time.wait(for: keyboard) {
      case .timedOut: return
      case .ready:
        var key: UInt8 = 0
        if read(keyboard, &key, 1) == 1 { return }
        // The input has ended, so there will be no key.
        keyboard = -1
      case .signal(SIGINT):
        isOver = true
        return
      case .signal(let signal):
        if Signals.isDeadly(signal) {
          endingSignal = signal
          isOver = true
          return
        }
        if signal == SIGTSTP { limits.suspend() }
        guard hasPage else { continue }
        var resized = presentation
        resized.window = window(hasRows: true)
        let text = page(resized.frame) + painter.text(frame.prompt + Line(frame.suggestedCommand))
        tripod.show(text, on: STDOUT_FILENO)
      }
    }
  }
}
