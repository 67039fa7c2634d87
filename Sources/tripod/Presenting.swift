import Glibc
import Shell

/// The player in front of a class: frame after frame in a window, or one below the other where there is none.
extension Player {
  mutating func present(_ lesson: String) throws(Output.Failure) {
    var presentation: Presentation
    do throws(Failure) {
      presentation = try Presentation(lesson, on: session, playsItself: arguments.isAutomatic)
    } catch {
      if patience.isOver { return runOutOfTime() }
      complain(error)
      status = .misused
      return
    }
    let isWatched = isatty(STDIN_FILENO) == 1 && output.isTerminal
    let editor = isWatched ? Editor(patience, painter) : nil
    editor?.bindKeysForPresenting()
    editor?.remember([], most: HistoryFile.most)
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
      progress.clear()
      isOver = isOver || presentation.isOver
    }
    if presentation.hasFailed, status == .well { status = .failed }
    try output.flush()
  }

  private func window(hasRows: Bool) -> Presentation.Window {
    guard hasRows, let size = Terminal.size(of: STDOUT_FILENO) else {
      return Presentation.Window(columns: output.columns, rows: nil)
    }
    return Presentation.Window(columns: size.columns, rows: size.rows)
  }

  /// All of a window above the prompt.
  private func page(_ frame: Frame) -> Printable {
    Printable(control: "\u{1b}[H\u{1b}[2J") + frame.lines.map { painter.line($0) }.joined()
  }

  /// Without a window, a drawing that has not changed is not shown again.
  private mutating func add(_ frame: Frame, after last: Frame?) {
    if frame.drawing != last?.drawing { show(frame.drawing) }
    show(frame.text)
  }
}

// MARK: - Somebody goes on

extension Player {
  private mutating func ask(
    _ presentation: inout Presentation, _ frame: Frame, _ editor: Editor?, _ reader: inout LineReader
  ) throws(Output.Failure) {
    switch try next(presentation, frame, editor, &reader) {
    case .line(let line):
      // What its author offered must not come back as something that the person typed.
      if let editor, HistoryFile.keeps(line), line != frame.offer { editor.remember(line) }
      presentation.take(line, from: .person(access.withoutJournal))
    case .tooLong, .interrupted: break
    case .late: runOutOfTime()
    case .end: isOver = true
    case .ended(let signal):
      endingSignal = signal
      isOver = true
    case .failed(let why): giveUp(reading: "-", because: why)
    }
  }

  private mutating func next(
    _ presentation: Presentation, _ frame: Frame, _ editor: Editor?, _ reader: inout LineReader
  ) throws(Output.Failure) -> LineReader.Next {
    guard let editor else {
      if output.isTerminal { show([frame.prompt + Line(frame.offer)]) }
      try output.deliver()
      return reader.next()
    }
    try output.flush()
    let player = self
    editor.completion = { presentation.completion(of: $0) }
    editor.page = {
      var resized = presentation
      resized.window = player.window(hasRows: true)
      return player.page(resized.frame)
    }
    // They hold copies of the session, which would cost the next command one.
    defer {
      editor.completion = nil
      editor.page = nil
    }
    return editor.next(after: frame.prompt, offering: frame.offer)
  }
}

// MARK: - It plays by itself

extension Player {
  private mutating func play(
    _ presentation: inout Presentation, _ frame: Frame, isWatched: Bool, hasPage: Bool
  ) throws(Output.Failure) {
    if output.isTerminal {
      output.add(painter.text(frame.prompt + Line(frame.offer)) + Printable(hasPage ? "" : "\n"))
    }
    try output.flush()
    if isWatched { pause(presentation, frame, hasPage: hasPage) }
    if patience.isOver { runOutOfTime() }
    if presentation.isAtEnd {
      if hasPage { output.add("\n") }
      isOver = true
    } else if !isOver {
      presentation.take("")
    }
  }

  /// Waits until somebody has read the frame, or presses a key, or has had enough.
  private mutating func pause(_ presentation: Presentation, _ frame: Frame, hasPage: Bool) {
    let time = patience.atMost(milliseconds: frame.milliseconds)
    var keyboard = STDIN_FILENO
    while true {
      switch time.wait(for: keyboard) {
      case .late: return
      case .ready:
        var key: UInt8 = 0
        if read(keyboard, &key, 1) == 1 { return }
        // Nobody can press one any more.
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
        if signal == SIGTSTP { patience.stop() }
        guard hasPage else { continue }
        var resized = presentation
        resized.window = window(hasRows: true)
        let text = page(resized.frame) + painter.text(frame.prompt + Line(frame.offer))
        tripod.show(text, on: STDOUT_FILENO)
      }
    }
  }
}
