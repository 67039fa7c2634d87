import Blueprint

/// The state of the running `send` command.
struct SendingRun: Equatable, Sendable {
  var sending = SendOptions(count: 0)
  var paths: [ID<URLPath>] = []
  var startedAt: Int64 = 0
  /// The mean time between two requests, in nanoseconds; 0 if there is no rate.
  var meanGap: Int64 = 0
  var sent = 0
  /// The kind of all requests; nil if there are several kinds.
  var onlyKind: RequestKind?

  /// Whether each request waits for the end of the previous request.
  var isSerial: Bool { sending.rate == nil }
  var isFinished: Bool { sent >= sending.count }
  var progress: Double { Double(sent) / Double(max(1, sending.count)) }

  /// The product of a rate in millionths of a request per second and its mean gap in nanoseconds.
  static let rateScale: Int64 = 1_000_000_000_000_000
}

/// A command that was given with `at`.
struct ScheduledCommand: Equatable, Sendable {
  let action: Action
  let text: String
}
