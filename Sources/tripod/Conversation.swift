import Glibc
import Shell

/// The player as somebody at a terminal meets it.
extension Player {
  /// Talks with somebody at a terminal until they leave.
  mutating func converse() throws(Output.Failure) {
    let editor = isSilent ? nil : Editor(patience, painter)
    try greet(hasKeys: editor != nil)
    editor?.remember(recalled(), most: HistoryFile.most)
    var reader = reader(of: STDIN_FILENO)
    while !isOver {
      let prompt = isSilent ? Line() : session.promptLine
      switch try next(editor, &reader, prompt) {
      case .line(let line):
        remember(line, in: editor)
        try answer(line, after: prompt, editor)
      case .tooLong(let beginning):
        if let failure = try deliver(session.refuse(lineBeginning: beginning)) { complain(failure) }
      case .interrupted: if editor == nil { output.add("\n") }
      case .late: runOutOfTime()
      case .end:
        if editor == nil, !isSilent { output.add("quit\n") }
        isOver = true
      case .ended(let signal):
        endingSignal = signal
        isOver = true
      case .failed(let why): giveUp(reading: "-", because: why)
      }
    }
    try output.flush()
  }

  /// Whether there is nobody to prompt.
  private var isSilent: Bool { arguments.json || !output.isTerminal }

  private mutating func greet(hasKeys: Bool) throws(Output.Failure) {
    guard !arguments.json else { return }
    if arguments.task != .learn {
      let offer = arguments.isFresh ? nil : memory?.offer
      let lines = session.greeting(completes: hasKeys) + (offer.map { [$0] } ?? [])
      show(lines.flatMap { $0.wrapped(to: output.columns) })
    }
    try output.deliver()
    regret(memory?.obstacle)
  }

  private mutating func next(_ editor: Editor?, _ reader: inout LineReader, _ prompt: Line) throws(Output
    .Failure)
    -> LineReader.Next
  {
    guard let editor else {
      output.add(painter.text(prompt))
      try output.deliver()
      return reader.next()
    }
    try output.flush()
    let session = session
    editor.completion = { session.completion(of: $0) }
    // It holds a copy of the session, which would cost the next command one.
    defer { editor.completion = nil }
    return editor.next(after: prompt)
  }

  private mutating func recalled() -> [String] {
    let (lines, obstacle) = memory?.recall() ?? ([], nil)
    regret(obstacle)
    return lines
  }

  private mutating func remember(_ line: String, in editor: Editor?) {
    guard let editor, HistoryFile.keeps(line) else { return }
    editor.remember(line)
    regret(memory?.remember(line))
  }

  /// Obeys the commands of a line up to the first that fails, which is pointed at.
  private mutating func answer(_ line: String, after prompt: Line, _ editor: Editor?) throws(Output.Failure) {
    var rest = line[...]
    for command in Tutor.commands(in: line) where !isOver {
      let start = rest.firstRange(of: command)?.lowerBound ?? rest.startIndex
      let indent = prompt.text.count + line.distance(from: line.startIndex, to: start)
      rest = line[start...].dropFirst(command.count)
      guard let failure = try obey(command) else { continue }
      for line in failure.pointing(indentedBy: indent, width: output.columns) {
        complain(line, errorPainter)
      }
      if failure.code == "interrupted" { dropPasted(editor) }
      if patience.isOver { runOutOfTime() }
      return
    }
  }

  /// Who stops one line of a paste stops those behind it.
  private func dropPasted(_ editor: Editor?) {
    let waiting = editor?.pasted.count { !$0.isEmpty } ?? 0
    editor?.pasted = []
    guard waiting > 0 else { return }
    complain(Line("  \(waiting) more \(waiting == 1 ? "line" : "lines") not obeyed", .faint), errorPainter)
  }
}
