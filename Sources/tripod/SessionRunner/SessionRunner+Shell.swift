import Glibc
import Shell

/// The interactive shell in a terminal.
extension SessionRunner {
  /// Greets the user or enters a lesson. Then reads and obeys lines until the user leaves.
  mutating func runShell(_ lesson: String?) throws(Output.WriteError) {
    let editor = isSilent ? nil : Editor(limits, painter)
    pager = editor.map { Pager(editor: $0) }
    defer { pager = nil }
    if arguments.mode == .learn { try enterLesson(lesson, isShort: arguments.isShort) }
    try greet(hasKeys: editor != nil)
    editor?.remember(loadHistory(), mostLines: HistoryFile.mostLines)
    var reader = reader(of: STDIN_FILENO)
    while !isOver {
      let prompt = isSilent ? Line() : tutor.promptLine
      switch try next(editor, &reader, prompt) {
      case .line(let line):
        remember(line, in: editor)
        try obey(line: line, after: prompt, editor)
      case .tooLong(let beginning):
        if let failure = try deliver(tutor.refuse(lineBeginning: beginning)) { printError(failure) }
      case .interrupted: if editor == nil { output.add("\n") }
      case .timedOut: runOutOfTime()
      case .end:
        if editor == nil, !isSilent { output.add("quit\n") }
        if !isSilent { _ = try obey("quit") }
        isOver = true
      case .terminated(let signal):
        endingSignal = signal
        isOver = true
      case .failed(let reason): giveUp(reading: "-", because: reason)
      }
    }
    try output.flush()
  }

  /// Whether no prompt is shown.
  private var isSilent: Bool { arguments.json || !output.isTerminal }

  private mutating func greet(hasKeys: Bool) throws(Output.WriteError) {
    guard !arguments.json else { return }
    if arguments.mode != .learn {
      tutor.screen = Screen(width: output.columns)
      let rows = Terminal.size(of: STDOUT_FILENO)?.rows ?? 24
      try showPages(tutor.greeting(rows: rows, completes: hasKeys, isFresh: arguments.isFresh, access))
    }
    try output.deliver()
    reportUnsaved(savedWork?.obstacle)
  }

  private mutating func next(
    _ editor: Editor?, _ reader: inout LineReader, _ prompt: Line
  ) throws(Output.WriteError) -> LineReader.Input {
    guard let editor else {
      output.add(painter.text(prompt))
      try output.deliver()
      return reader.next()
    }
    try output.flush()
    let tutor = tutor
    editor.completion = { tutor.completion(of: $0) }
    // The closure holds a copy of the tutor. Without it, the next command need not copy what it changes.
    defer { editor.completion = nil }
    return editor.next(after: prompt)
  }

  private mutating func loadHistory() -> [String] {
    let (lines, obstacle) = savedWork?.loadHistory() ?? ([], nil)
    reportUnsaved(obstacle)
    return lines
  }

  private mutating func remember(_ line: String, in editor: Editor?) {
    guard let editor, HistoryFile.keeps(line) else { return }
    editor.remember(line)
    reportUnsaved(savedWork?.remember(line))
  }

  /// Obeys the commands of a line. Stops at the first that fails, and shows a mark under the wrong word.
  private mutating func obey(
    line: String, after prompt: Line, _ editor: Editor?
  ) throws(Output.WriteError) {
    var rest = line[...]
    for command in Tutor.commands(in: line) where !isOver {
      let start = rest.firstRange(of: command)?.lowerBound ?? rest.startIndex
      let indent = prompt.text.count + line.distance(from: line.startIndex, to: start)
      rest = line[start...].dropFirst(command.count)
      guard let failure = try obey(command) else { continue }
      for line in failure.pointing(indentedBy: indent, width: output.columns) {
        printError(line, errorPainter)
      }
      if failure.code == "interrupted" { dropPastedLines(editor) }
      if limits.isTimeUp { runOutOfTime() }
      return
    }
  }

  /// Drops the remaining pasted lines, because the user interrupted one of them.
  private func dropPastedLines(_ editor: Editor?) {
    let waiting = editor?.pastedLines.count { !$0.isEmpty } ?? 0
    editor?.pastedLines = []
    guard waiting > 0 else { return }
    printError(
      Line("  \(waiting) more \(waiting == 1 ? "line was" : "lines were") not run", .faint), errorPainter)
  }
}
