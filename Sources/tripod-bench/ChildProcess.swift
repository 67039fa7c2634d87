import Glibc

/// A running program.
struct ChildProcess {
  /// Where the output of the program goes.
  enum StreamTarget {
    case nowhere, read
  }

  struct ProcessResult {
    /// The exit status, or 128 more than the signal.
    let status: Int32
    /// The most memory that the process used, in bytes.
    let peak: Int
  }

  private let id: pid_t
  /// The descriptor of its output, or -1.
  private let output: Int32

  /// Starts a program. Returns nil if it does not exist.
  init?(_ words: [String], input: String = "", output: StreamTarget, error: StreamTarget) {
    let script = ChildProcess.file(with: input)
    var pipe: [Int32] = [-1, -1]
    if output == .read { ChildProcess.open(&pipe) }
    defer { for descriptor in [script, pipe[1]] where descriptor >= 0 { close(descriptor) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, script, STDIN_FILENO)
    for (stream, kind) in [(STDOUT_FILENO, output), (STDERR_FILENO, error)] {
      switch kind {
      case .nowhere: posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
      case .read: posix_spawn_file_actions_adddup2(&actions, pipe[1], stream)
      }
    }
    let arguments = words.map { strdup($0) } + [nil]
    defer { for text in arguments { free(text) } }
    var id = pid_t()
    guard posix_spawnp(&id, words[0], &actions, nil, arguments, environ) == 0 else {
      if pipe[0] >= 0 { close(pipe[0]) }
      return nil
    }
    self.id = id
    self.output = pipe[0]
  }

  /// Returns the descriptor of a temporary file with the text.
  private static func file(with text: String) -> Int32 {
    guard !text.isEmpty else { return Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC) }
    guard let file = tmpfile(), fputs(text, file) >= 0, fflush(file) == 0 else {
      stop("cannot write a script")
    }
    defer { fclose(file) }
    rewind(file)
    return fcntl(fileno(file), F_DUPFD_CLOEXEC, 0)
  }

  private static func open(_ pipe: inout [Int32]) {
    Glibc.pipe(&pipe)
    for descriptor in pipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  func readAll() -> String {
    var text: [UInt8] = []
    while let piece = piece() { text += piece }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads the given number of lines, or up to the end of the output.
  func read(lines: Int) {
    var missing = lines
    while missing > 0, let piece = piece() { missing -= piece.count { $0 == UInt8(ascii: "\n") } }
  }

  private func piece() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(output, &bytes, bytes.count)
    return count > 0 ? Array(bytes.prefix(count)) : nil
  }

  func wait() -> ProcessResult {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(id, &status, 0, &usage) == -1, errno == EINTR {}
    if output >= 0 { close(output) }
    let signal = status & 0x7f
    return ProcessResult(
      status: signal == 0 ? status >> 8 & 0xff : 128 + signal, peak: usage.ru_maxrss * 1_024)
  }
}
