import CLibedit
import Glibc
import Shell

/// Reads lines that the user edits while typing. Keys, movements and search are libedit's, and the user's
/// `.editrc` can change them.
final class Editor {
  /// Tripod's own functions for keys, by the names that `bind` in `.editrc` uses.
  private static let functions: [(name: String, run: el_key_function)] = [
    ("tripod-complete", { editor, _ in UInt8(Editor.of(editor)?.complete() ?? CC_ERROR) }),
    ("tripod-list", { editor, _ in UInt8(Editor.of(editor)?.list() ?? CC_ERROR) }),
    ("tripod-drop", { editor, _ in UInt8(Editor.of(editor)?.dropLine() ?? CC_ERROR) }),
    ("tripod-leave", { editor, _ in UInt8(Editor.of(editor)?.leaveShell() ?? CC_ERROR) }),
    ("tripod-paste", { editor, _ in UInt8(Editor.of(editor)?.insertPaste() ?? CC_ERROR) }),
    ("tripod-clean", { editor, _ in UInt8(Editor.of(editor)?.clearWindow() ?? CC_ERROR) }),
    ("tripod-offer", { editor, _ in UInt8(Editor.of(editor)?.insertPrefilledText() ?? CC_ERROR) }),
    ("tripod-forward", { editor, _ in UInt8(Editor.of(editor)?.moveForward() ?? CC_ERROR) }),
    ("tripod-end", { editor, _ in UInt8(Editor.of(editor)?.moveToEnd() ?? CC_ERROR) }),
  ]

  private static let keyBindings: [(key: String, function: String)] = [
    ("^I", "tripod-complete"), ("?", "tripod-list"), ("^C", "tripod-drop"), ("^D", "tripod-leave"),
    ("^R", "em-inc-search-prev"), ("^^", "tripod-offer"),
  ]
  /// The key that inserts the offered text. The text itself is not sent as keys, as some keys are commands.
  private static let prefillKey: wchar_t = 0x1e

  /// Keys that begin with an escape, which is a command in vi.
  private static let emacsKeyBindings: [(key: String, function: String)] = [
    (Paste.begin, "tripod-paste"), ("\\e[5~", "ed-unassigned"), ("\\e[6~", "ed-unassigned"),
    ("\\e[3~", "ed-delete-next-char"), ("\\e[1;5C", "em-next-word"),
    ("\\e[1;5D", "ed-prev-word"), ("\\e[H", "ed-move-to-beg"), ("\\e[F", "tripod-end"),
    ("\\eOF", "tripod-end"), ("\\e[4~", "tripod-end"), ("^E", "tripod-end"), ("\\e[C", "tripod-forward"),
    ("\\eOC", "tripod-forward"), ("^F", "tripod-forward"),
  ]

  let editor: OpaquePointer
  let screen: UnsafeMutablePointer<FILE>
  let painter: Painter
  private let history = history_winit()
  let limits: RunLimits
  /// The current prompt. libedit keeps a pointer to it while a line is being read.
  private var prompt = UnsafeMutableBufferPointer<wchar_t>(start: nil, count: 0)
  private(set) var promptColumns = 0
  private var decoder = mbstate_t()
  /// The reason why the line that is being read ends without a result.
  private var endReason: LineReader.Input?
  /// Whether Ctrl-C was pressed and has not been handled yet.
  var isInterrupted = false
  /// Pasted lines that have not been returned yet.
  var pastedLines: [String] = []
  /// Returns the text above the line, which is shown again after the window has changed.
  var page: (() -> Printable)?
  /// The text that is offered at the beginning of the line.
  private(set) var prefill = Prefill()
  /// What is drawn over the line while it is typed.
  var decoration = Decoration()
  /// The next key, held back until the offered text is removed.
  private var heldKey: wchar_t?
  /// Returns the possible completions of a line.
  var completion: ((String) -> Completion)?

  /// An offered text, which is inserted at the beginning of a line.
  struct Prefill {
    var text = ""
    /// Whether the line is the offered text and the user has not pressed a key yet.
    var isUntouched = false
    /// The line when the first key was pressed: the offered text, without characters that act as keys.
    var line: String?
  }

  /// Returns nil if lines cannot be edited, or the user's settings turn editing off.
  init?(_ limits: RunLimits, _ painter: Painter) {
    guard Terminal.canMove, Terminal.fitsEditor, let input = fdopen(STDIN_FILENO, "r"),
      let screen = fdopen(STDOUT_FILENO, "w"), let error = fdopen(STDERR_FILENO, "w")
    else { return nil }
    Locale.applyEnvironment()
    guard let editor = el_init("tripod", input, screen, error) else { return nil }
    self.editor = editor
    self.screen = screen
    self.limits = limits
    self.painter = painter
    for function in Editor.functions {
      el_add_function(editor, wideCharacters(function.name), function.run)
    }
    el_use_emacs_keys(editor)
    el_source(editor, nil)
    let isVi = el_uses_vi_keys(editor)
    guard el_edits(editor) else { return nil }
    bindKeys(isVi: isVi)
    el_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    el_set_reader(editor) { editor, key in Editor.of(editor)?.readKey(into: key) ?? -1 }
    el_set_prompt(editor, { Editor.of($0)?.prompt.baseAddress }, Editor.escape)
    terminal_keep(!isVi)
    el_prepare_terminal(editor, true)
  }

  deinit {
    el_end(editor)
    terminal_restore()
    history.map { history_wend($0) }
  }

  /// Binds the keys for a presentation: Ctrl-L clears the window, and the key of a remote control continues.
  func bindKeysForPresenting() {
    el_bind_key(editor, wideCharacters("^L"), wideCharacters("tripod-clean"), false)
    if !el_uses_vi_keys(editor) {
      el_bind_key(editor, wideCharacters("\\e[6~"), wideCharacters("ed-newline"), false)
    }
  }

  private func bindKeys(isVi: Bool) {
    for binding in Editor.keyBindings + (isVi ? [] : Editor.emacsKeyBindings) {
      el_bind_key(editor, wideCharacters(binding.key), wideCharacters(binding.function), false)
    }
    if isVi { el_bind_key(editor, wideCharacters("^C"), wideCharacters("tripod-drop"), true) }
  }

  /// The character around control sequences in a prompt, which libedit does not count as text.
  private static let escape = wchar_t(Painter.mark)

  private static func of(_ editor: OpaquePointer?) -> Editor? {
    el_owner(editor).map { Unmanaged<Editor>.fromOpaque($0).takeUnretainedValue() }
  }
}

// MARK: - Lines

extension Editor {
  /// Adds a line to the history of this run.
  func remember(_ line: String) {
    history_add(history, wideCharacters(line))
    decoration.earlierLines.append(line)
  }

  func remember(_ lines: [String], mostLines: Int) {
    history_keep(history, Int32(mostLines))
    lines.forEach(remember)
    el_set_history(editor, history)
  }

  /// Reads a line after the prompt. The offered text is inserted first. The user can edit it or type over it.
  func next(after promptLine: Line, prefilling text: String = "") -> LineReader.Input {
    guard Terminal.fitsEditor else { return nextUnedited(after: promptLine, prefilling: text) }
    let characters = wideCharacters(painter.prompt(promptLine).text)
    prompt = .allocate(capacity: characters.count)
    _ = prompt.initialize(from: characters)
    defer { prompt.deallocate() }
    promptColumns = promptLine.text.columns
    decoration.beginLine()
    endReason = nil
    isInterrupted = false
    prefill = Prefill(text: text, isUntouched: !text.isEmpty)
    if prefill.isUntouched { el_wpush(editor, [Editor.prefillKey, 0]) }
    if !pastedLines.isEmpty { el_wpush(editor, wideCharacters("\u{1b}[200~")) }
    var count: Int32 = 0
    let taken = el_wgets(editor, &count)
    // Between two lines, the terminal keeps its settings. So characters typed then are not shown twice.
    if Terminal.fitsEditor { el_prepare_terminal(editor, true) }
    if let endReason { return endReason }
    guard let taken, count > 0 else { return .end }
    let typed = String(UnsafeBufferPointer(start: taken, count: Int(count)))
    let line = typed.hasSuffix("\n") ? String(typed.dropLast()) : typed
    // An unchanged line is exactly what was offered.
    return .line(line == prefill.line ? text : line)
  }

  /// Reads a line with the terminal's own editing, because the window is too large or too narrow for libedit.
  /// As soon as libedit uses a terminal, it allocates memory for the whole window.
  private func nextUnedited(after line: Line, prefilling text: String) -> LineReader.Input {
    el_prepare_terminal(editor, false)
    if !pastedLines.isEmpty { return .line(pastedLines.removeFirst()) }
    show(painter.text(line + Line(text)))
    var reader = LineReader(descriptor: STDIN_FILENO, limits: limits)
    let next = reader.next()
    if next == .end || next == .interrupted { show(Printable("\n")) }
    return next
  }

  /// The typed text before the cursor.
  var textBeforeCursor: String {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let cursor = line.cursor else {
      return ""
    }
    return String(UnsafeBufferPointer(start: start, count: cursor - start))
  }

  /// The typed text after the cursor.
  var textAfterCursor: String {
    guard let line = el_wline(editor)?.pointee, let cursor = line.cursor, let end = line.lastchar else {
      return ""
    }
    return String(UnsafeBufferPointer(start: cursor, count: end - cursor))
  }

  /// Stops reading the line, as if Return had been pressed.
  func abandonLine(_ reason: LineReader.Input) {
    endReason = reason
    pastedLines = []
    el_cursor(editor, 1_000_000)
    el_wpush(editor, wideCharacters("\n"))
  }
}

// MARK: - Keys

extension Editor {
  /// Reads the next character. Returns 0 at the end of the input, and -1 if reading must stop.
  private func readKey(into key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    // A search in the history reads keys too, and may have taken the end as the end of the search.
    if endReason != nil { return -1 }
    if isInterrupted {
      isInterrupted = false
      show(Printable("\n"))
      return stop(.interrupted)
    }
    if let next = heldKey {
      heldKey = nil
      key?.pointee = next
      return 1
    }
    while true {
      decorate()
      let event = limits.wait(for: STDIN_FILENO)
      // A key is read at once, because Ctrl-C removes keys that are still unread, and reading would then block.
      let result = event == .ready ? readCharacter(into: key) : nil
      removeSuggestion()
      switch event {
      case .ready:
        guard let result else { continue }
        if result == 1 { replacePrefilledText(key) }
        return result
      case .timedOut: return stop(.timedOut)
      case .signal(SIGINT):
        isInterrupted = true
        key?.pointee = 3
        return 1
      case .signal(let signal):
        if Signals.isDeadly(signal) { return stop(.terminated(by: signal)) }
        if signal == SIGTSTP { limits.suspend() }
        redraw()
      }
    }
  }

  /// Removes the offered text if the first key is a printable character or Ctrl-D.
  private func replacePrefilledText(_ key: UnsafeMutablePointer<wchar_t>?) {
    guard let typed = key?.pointee, prefill.isUntouched else { return }
    prefill.isUntouched = false
    prefill.line = textBeforeCursor + textAfterCursor
    guard typed == 4 || typed > 32 && typed != 63 && typed != 127 else { return }
    heldKey = typed
    key?.pointee = Editor.killLine
  }

  /// Ctrl-U, which deletes the line.
  private static let killLine: wchar_t = 21

  private func stop(_ reason: LineReader.Input) -> Int32 {
    endReason = reason
    return -1
  }

  /// Reads a byte. Returns nil if the character is not complete yet, or the bytes are not a character.
  private func readCharacter(into key: UnsafeMutablePointer<wchar_t>?) -> Int32? {
    var byte: CChar = 0
    let count = read(STDIN_FILENO, &byte, 1)
    if count < 0, errno == EINTR || errno == EAGAIN { return nil }
    guard count > 0 else { return 0 }
    let length = mbrtowc(key, &byte, 1, &decoder)
    if length >= 0 { return 1 }
    let isIncomplete = length == -2
    if !isIncomplete { decoder = mbstate_t() }
    return nil
  }

  /// Shows the line again, after the window has changed its size or other text was shown in it.
  private func redraw() {
    if Terminal.fitsEditor { el_resize(editor) }
    show(page?() ?? Printable(control: "\r"))
    el_redraw(editor)
  }

  func show(_ text: Printable) {
    fputs(text.text, screen)
    fflush(screen)
  }
}

/// Returns the text as wide characters of the C library, with a zero at the end.
func wideCharacters(_ text: String) -> [wchar_t] { text.unicodeScalars.map { wchar_t($0.value) } + [0] }

extension String {
  fileprivate init(_ characters: UnsafeBufferPointer<wchar_t>) {
    self.init()
    for character in characters { unicodeScalars.append(Unicode.Scalar(UInt32(character)) ?? "\u{fffd}") }
  }
}
