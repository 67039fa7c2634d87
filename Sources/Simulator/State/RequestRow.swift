import Blueprint

/// The record of one request in compact form. `Record` is the same record with names.
struct RequestRow: BitwiseCopyable, Equatable {
  var number: Int32
  var kind: CallKind
  var isEnded = false
  var isStale = false
  var isStoredAnyway = false
  var redispatched = false
  var flags: UInt16 = 0x2D2D
  var path: ID<URLPath>
  var source: UInt32
  var balancer = ID<HostState>.none
  var server = ID<HostState>.none
  var database = ID<HostState>.none
  /// The server of the last attempt.
  var tried = ID<HostState>.none
  var code: Int32 = 0
  var counts = RequestRowCounts()
  var times: RequestRowTimes

  init(_ request: Request) {
    number = request.number
    kind = request.kind
    path = request.path
    source = request.source
    times = RequestRowTimes(started: request.times.started)
  }

  static func code(of end: Record.End) -> Int32 {
    switch end {
    case .status(let status): Int32(status)
    case .refused: -1
    case .timeout: -2
    }
  }

  static func end(ofCode code: Int32) -> Record.End {
    switch code {
    case -1: .refused
    case -2: .timeout
    default: .status(Int(code))
    }
  }

  var end: Record.End? { isEnded ? RequestRow.end(ofCode: code) : nil }

  var requestKind: RequestKind {
    switch kind {
    case .static: .static
    case .write: .write
    case .read, .checkNginx, .checkApp, .checkDatabase: .read
    }
  }
}

/// The counts that a balancer logs when it finishes a request.
struct RequestRowCounts: BitwiseCopyable, Equatable {
  var attempts: Int32 = 0
  var serverConnections: Int32 = 0
  var backendConnections: Int32 = 0
  var serverQueue: Int32 = 0
  var backendQueue: Int32 = 0
}

/// The times of a request. The last three are durations; they are -1 if their step was not reached.
struct RequestRowTimes: BitwiseCopyable, Equatable {
  var started: Int64
  var ended: Int64 = 0
  var queue: Int64 = -1
  var connect: Int64 = -1
  var response: Int64 = -1
}
