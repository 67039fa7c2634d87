import Blueprint

/// The running `send` command: the requests that it still has to send.
struct SendingRun: Equatable, Sendable {
  var sending = Sending(count: 0)
  var paths: [ID<URLPath>] = []
  var startedAt: Int64 = 0
  /// The mean time between two requests.
  var meanGap: Int64 = 0
  var sent = 0
  /// The kind of the requests, if all are of one kind.
  var single: RequestKind?

  /// Whether each request waits for the end of the one before it.
  var isSerial: Bool { sending.rate == nil }
  var isFinished: Bool { sent >= sending.count }
  var progress: Double { Double(sent) / Double(max(1, sending.count)) }

  /// Nanoseconds times requests per second, in millionths.
  static let rateScale: Int64 = 1_000_000_000_000_000
}

/// A command that was given with `at`, to be performed when its time has come.
struct ScheduledCommand: Equatable, Sendable {
  let action: Action
  let text: String
}
