import Foundation

/// A running program. It inherits no descriptors or signal settings from the tests.
struct Child {
  let id: pid_t

  enum Streams {
    /// Descriptors for the child. The parent closes its own copies.
    case descriptors(input: Int32, output: Int32, error: Int32)
    /// All three descriptors are this terminal, whose keys send signals.
    case terminal(path: String)
  }

  init(_ words: [String], environment: [String: String] = [:], streams: Streams) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var flags = POSIX_SPAWN_SETSIGMASK
    switch streams {
    case .descriptors(let input, let output, let error):
      for (own, standard) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (error, STDERR_FILENO)] {
        posix_spawn_file_actions_adddup2(&actions, own, standard)
      }
    case .terminal(let path):
      let newSession: Int32 = 0x80
      flags |= newSession
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
      posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let fullEnvironment = ["PATH": "/usr/bin:/bin", "TERM": "xterm"].merging(environment) { $1 }
    let arguments = words.map { strdup($0) } + [nil]
    let variables = fullEnvironment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var id = pid_t()
    let failure = posix_spawn(&id, words[0], &actions, &attributes, arguments, variables)
    if case .descriptors(let input, let output, let error) = streams {
      for descriptor in Set([input, output, error]) { close(descriptor) }
    }
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .ENOENT) }
    self.id = id
  }

  /// The longest time to wait for a program to end. Then the program is killed.
  private static let timeout = 60.0

  /// Waits for the program to end. Returns its exit status, or 128 more than the signal that ended it.
  func waitForExit() -> Int32 {
    var status: Int32 = 0
    let deadline = Date(timeIntervalSinceNow: Child.timeout)
    while waitpid(id, &status, WNOHANG) == 0 {
      if deadline.timeIntervalSinceNow < 0 { kill(id, SIGKILL) }
      usleep(1_000)
    }
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  }
}

/// One end of a connection to a child, read and written byte by byte.
struct Connection {
  let descriptor: Int32

  /// Returns two connected ends.
  static func pair() -> (Connection, Int32) {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
    return (Connection(descriptor: ends[0]), ends[1])
  }

  func send(_ text: String) {
    Array(text.utf8).withUnsafeBytes {
      let count = Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      if count == -1, errno == ENOTSOCK { _ = write(descriptor, $0.baseAddress, $0.count) }
    }
  }

  /// Reads up to and including the ending, or up to the end of the input.
  func receive(to ending: String) -> String {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8), read(descriptor, &byte, 1) == 1 {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func receiveAll() -> String { receive(to: "\u{0}") }

  func disconnect() { close(descriptor) }
}
