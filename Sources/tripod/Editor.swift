import CLibedit
import Glibc
import Shell

/// Reads lines that are edited as they are typed. Keys, movements and search are libedit's, and the user's `.editrc`
/// has its say.
final class Editor {
  /// The keys that mean something of their own here, as `bind` of `.editrc` calls them.
  private static let functions: [(name: String, run: el_key_function)] = [
    ("tripod-complete", { editor, _ in UInt8(Editor.of(editor)?.complete() ?? CC_ERROR) }),
    ("tripod-list", { editor, _ in UInt8(Editor.of(editor)?.list() ?? CC_ERROR) }),
    ("tripod-drop", { editor, _ in UInt8(Editor.of(editor)?.drop() ?? CC_ERROR) }),
    ("tripod-leave", { editor, _ in UInt8(Editor.of(editor)?.leave() ?? CC_ERROR) }),
    ("tripod-paste", { editor, _ in UInt8(Editor.of(editor)?.paste() ?? CC_ERROR) }),
    ("tripod-clean", { editor, _ in UInt8(Editor.of(editor)?.clean() ?? CC_ERROR) }),
    ("tripod-offer", { editor, _ in UInt8(Editor.of(editor)?.insertOffer() ?? CC_ERROR) }),
  ]

  private static let keys: [(key: String, function: String)] = [
    ("^I", "tripod-complete"), ("?", "tripod-list"), ("^C", "tripod-drop"), ("^D", "tripod-leave"),
    ("^R", "em-inc-search-prev"), ("^^", "tripod-offer"),
  ]
  /// Inserts what is offered. The text itself is never pushed as keys: a character of it could be a key with a meaning.
  private static let offerKey: wchar_t = 0x1e

  /// These begin with an escape, which has a meaning of its own in vi.
  private static let emacsKeys: [(key: String, function: String)] = [
    (Paste.begin, "tripod-paste"), ("\\e[3~", "ed-delete-next-char"), ("\\e[1;5C", "em-next-word"),
    ("\\e[1;5D", "ed-prev-word"), ("\\e[H", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"),
  ]

  let editor: OpaquePointer
  let screen: UnsafeMutablePointer<FILE>
  let painter: Painter
  private let history = history_winit()
  private let patience: Patience
  /// The C library is shown it for as long as a line is being read.
  private var prompt = UnsafeMutableBufferPointer<wchar_t>(start: nil, count: 0)
  private var decoder = mbstate_t()
  /// Why the line that is being read will not be one.
  private var ending: LineReader.Next?
  /// Whether Ctrl-C was pressed, and nothing has come of it yet.
  var isInterrupted = false
  /// Pasted lines that are still to come.
  var pasted: [String] = []
  /// What stands above the line, where it is shown again with the line: after the window has changed.
  var page: (() -> Printable)?
  /// What is inserted at the beginning of the line.
  private(set) var offer = ""
  /// Whether the line was begun for the user, who has pressed no key yet.
  var isOffered = false
  /// The line when the first key was pressed: the offered text, without characters that act as keys.
  private var offeredLine: String?
  /// A key that comes next, behind the one that takes away what was offered.
  private var held: wchar_t?
  /// What can come next, by the session as it stands.
  var completion: ((String) -> Completion)?

  /// Nil where lines cannot be edited, or are not meant to be.
  init?(_ patience: Patience, _ painter: Painter) {
    guard Terminal.canMove, Terminal.fitsEditor, let input = fdopen(STDIN_FILENO, "r"),
      let screen = fdopen(STDOUT_FILENO, "w"), let error = fdopen(STDERR_FILENO, "w")
    else { return nil }
    Locale.adopt()
    guard let editor = el_init("tripod", input, screen, error) else { return nil }
    self.editor = editor
    self.screen = screen
    self.patience = patience
    self.painter = painter
    for function in Editor.functions {
      el_add_function(editor, wide(function.name), function.run)
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

  /// The keys of somebody who presents: a clean slate, and the key of a remote control that goes on.
  func bindKeysForPresenting() {
    el_bind_key(editor, wide("^L"), wide("tripod-clean"), false)
    if !el_uses_vi_keys(editor) { el_bind_key(editor, wide("\\e[6~"), wide("ed-newline"), false) }
  }

  private func bindKeys(isVi: Bool) {
    for binding in Editor.keys + (isVi ? [] : Editor.emacsKeys) {
      el_bind_key(editor, wide(binding.key), wide(binding.function), false)
    }
    if isVi { el_bind_key(editor, wide("^C"), wide("tripod-drop"), true) }
  }

  /// Stands around what is sent to the terminal within a prompt and takes no room.
  private static let escape = wchar_t(Painter.mark)

  private static func of(_ editor: OpaquePointer?) -> Editor? {
    el_owner(editor).map { Unmanaged<Editor>.fromOpaque($0).takeUnretainedValue() }
  }
}

// MARK: - Lines

extension Editor {
  /// Remembers a line, so that keys can fetch it back.
  func remember(_ line: String) { history_add(history, wide(line)) }

  func remember(_ lines: [String], most: Int) {
    history_keep(history, Int32(most))
    lines.forEach(remember)
    el_set_history(editor, history)
  }

  /// Reads a line behind the prompt. What is offered stands there already; it can be edited, and typed over.
  func next(after promptLine: Line, offering text: String = "") -> LineReader.Next {
    guard Terminal.fitsEditor else { return nextUnedited(after: promptLine, offering: text) }
    let characters = wide(painter.prompt(promptLine).text)
    prompt = .allocate(capacity: characters.count)
    _ = prompt.initialize(from: characters)
    defer { prompt.deallocate() }
    ending = nil
    isInterrupted = false
    isOffered = !text.isEmpty
    offeredLine = nil
    offer = text
    if isOffered { el_wpush(editor, [Editor.offerKey, 0]) }
    if !pasted.isEmpty { el_wpush(editor, wide("\u{1b}[200~")) }
    var count: Int32 = 0
    let taken = el_wgets(editor, &count)
    // Between two lines the terminal stays as it is, so that what is typed meanwhile is not shown out of place.
    if Terminal.fitsEditor { el_prepare_terminal(editor, true) }
    if let ending { return ending }
    guard let taken, count > 0 else { return .end }
    let typed = String(UnsafeBufferPointer(start: taken, count: Int(count)))
    let line = typed.hasSuffix("\n") ? String(typed.dropLast()) : typed
    // An unchanged line is exactly what was offered.
    return .line(line == offeredLine ? text : line)
  }

  /// Reads a line with the terminal's own editing, because the window is too large or too narrow for libedit. libedit
  /// would allocate memory for the whole window as soon as it got the terminal.
  private func nextUnedited(after line: Line, offering text: String) -> LineReader.Next {
    el_prepare_terminal(editor, false)
    if !pasted.isEmpty { return .line(pasted.removeFirst()) }
    show(painter.text(line + Line(text)))
    var reader = LineReader(descriptor: STDIN_FILENO, patience: patience)
    let next = reader.next()
    if next == .end || next == .interrupted { show(Printable("\n")) }
    return next
  }

  /// What has been typed, up to the cursor.
  var begun: String {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let cursor = line.cursor else {
      return ""
    }
    return String(UnsafeBufferPointer(start: start, count: cursor - start))
  }

  /// What has been typed, behind the cursor.
  var behind: String {
    guard let line = el_wline(editor)?.pointee, let cursor = line.cursor, let end = line.lastchar else {
      return ""
    }
    return String(UnsafeBufferPointer(start: cursor, count: end - cursor))
  }

  /// Gives the line up that is being read, as if its end had been typed.
  func giveUp(_ reason: LineReader.Next) {
    ending = reason
    pasted = []
    el_cursor(editor, 1_000_000)
    el_wpush(editor, wide("\n"))
  }
}

// MARK: - Keys

extension Editor {
  /// The next character; 0 at the end, -1 where reading is to stop.
  private func readKey(into key: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    // Whoever reads keys for a purpose of its own, such as a search, may have taken the end for the end of that.
    if ending != nil { return -1 }
    if isInterrupted {
      isInterrupted = false
      show(Printable("\n"))
      return stop(.interrupted)
    }
    if let next = held {
      held = nil
      key?.pointee = next
      return 1
    }
    while true {
      switch patience.wait(for: STDIN_FILENO) {
      case .ready:
        guard let result = readCharacter(into: key) else { continue }
        if result == 1 { typeOver(key) }
        return result
      case .late: return stop(.late)
      case .signal(SIGINT):
        isInterrupted = true
        key?.pointee = 3
        return 1
      case .signal(let signal):
        if Signals.isDeadly(signal) { return stop(.ended(by: signal)) }
        if signal == SIGTSTP { patience.stop() }
        showAgain()
      }
    }
  }

  /// A character that is typed first takes the place of what was offered; so does the wish to leave.
  private func typeOver(_ key: UnsafeMutablePointer<wchar_t>?) {
    guard let typed = key?.pointee, isOffered else { return }
    isOffered = false
    offeredLine = begun + behind
    guard typed == 4 || typed > 32 && typed != 63 && typed != 127 else { return }
    held = typed
    key?.pointee = Editor.killLine
  }

  /// Ctrl-U.
  private static let killLine: wchar_t = 21

  private func stop(_ reason: LineReader.Next) -> Int32 {
    ending = reason
    return -1
  }

  /// Nil where a character is not complete yet, or none at all.
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

  /// The window has another size now, or something else was shown in it.
  private func showAgain() {
    if Terminal.fitsEditor { el_resize(editor) }
    show(page?() ?? Printable(control: "\r"))
    el_redraw(editor)
  }

  func show(_ text: Printable) {
    fputs(text.text, screen)
    fflush(screen)
  }
}

/// A text as the C library's wide characters, with an end.
func wide(_ text: String) -> [wchar_t] { text.unicodeScalars.map { wchar_t($0.value) } + [0] }

extension String {
  fileprivate init(_ characters: UnsafeBufferPointer<wchar_t>) {
    self.init()
    for character in characters { unicodeScalars.append(Unicode.Scalar(UInt32(character)) ?? "\u{fffd}") }
  }
}
