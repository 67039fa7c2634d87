import Blueprint

/// What is kept of one request, in numbers; `Record` is the same in words.
struct Row: BitwiseCopyable, Equatable {
  var number: Int32
  var kind: Call.Kind
  var isEnded = false
  var isStale = false
  var isStoredAnyway = false
  var redispatched = false
  var flags: UInt16 = 0x2D2D
  var path: Int32
  var source: UInt32
  /// These by machine.
  var balancer: Int32 = -1
  var server: Int32 = -1
  var database: Int32 = -1
  /// The server of the last attempt.
  var tried: Int32 = -1
  var code: Int32 = 0
  var attempts: Int32 = 0
  var serverConnections: Int32 = 0
  var backendConnections: Int32 = 0
  var serverQueue: Int32 = 0
  var backendQueue: Int32 = 0
  var startedAt: Int64
  var endedAt: Int64 = 0
  var queue: Int64 = -1
  var connect: Int64 = -1
  var response: Int64 = -1

  static func code(of end: Record.End) -> Int32 {
    switch end {
    case .status(let status): Int32(status)
    case .refused: -1
    case .timeout: -2
    }
  }

  var end: Record.End? {
    guard isEnded else { return nil }
    switch code {
    case -1: return .refused
    case -2: return .timeout
    default: return .status(Int(code))
    }
  }

  var requestKind: RequestKind {
    switch kind {
    case .static: .static
    case .write: .write
    case .read, .checkNginx, .checkApp, .checkDatabase: .read
    }
  }
}

extension Simulation {
  mutating func addRow(_ visit: Int32) {
    visits[visit].isRecorded = true
    visits[visit].isTraced = run.sent <= Simulation.mostTraced
    visits[visit].record = Int32(truncatingIfNeeded: firstRow + rows.count)
    let v = visits[visit]
    rows.append(Row(number: v.number, kind: v.kind, path: v.path, source: v.source, startedAt: v.startedAt))
  }

  /// Before a run: keeps the rows of the last ones only.
  mutating func trimRows() {
    guard rows.count > 2 * Simulation.mostKept else { return }
    // Those that are held by name are asked for later.
    let oldestHeld = held.oldest?.row ?? .max
    let dropped = min(rows.count - Simulation.mostKept, oldestHeld - firstRow)
    rows.removeFirst(dropped)
    firstRow += dropped
  }

  /// The times and counts as the balancer sees them when it has done with the visit.
  mutating func noteBalancerEnd(_ visit: Int32, isAnswered: Bool, flags: StaticString) {
    let v = visits[visit]
    let i = Int(v.record) - firstRow
    guard i >= 0 else { return }
    let b = Int(v.balancer)
    flags.withUTF8Buffer { rows[i].flags = UInt16($0[0]) << 8 | UInt16($0[1]) }
    rows[i].attempts = v.attempts
    rows[i].redispatched = v.avoided >= 0
    let isPicked = v.server >= 0 && v.phase != .queuedForOne
    rows[i].tried = isPicked ? seats[seat(b, Int(v.server))].machine : -1
    rows[i].queue = isPicked ? v.pickedAt - v.acceptedAt : -1
    rows[i].connect = v.connectedAt >= 0 ? v.connectedAt - v.pickedAt : -1
    rows[i].response = isAnswered && v.connectedAt >= 0 ? now - v.connectedAt : -1
    rows[i].serverQueue = v.waitedForOne ? v.queuePlace : 0
    rows[i].backendQueue = v.waitedForOne ? 0 : v.queuePlace
    rows[i].serverConnections = isPicked ? Int32(balancers[b].farm.servers[Int(v.server)].inFlight) : 0
    rows[i].backendConnections = Int32(balancers[b].farm.inFlight)
  }

  mutating func concludeRow(_ visit: Int32, _ end: Record.End, server: Int32, database: Int32, isStale: Bool)
  {
    let i = Int(visits[visit].record) - firstRow
    guard i >= 0 else { return }
    rows[i].isEnded = true
    rows[i].endedAt = now
    rows[i].code = Row.code(of: end)
    let b = visits[visit].balancer
    rows[i].balancer = b >= 0 ? desks[Int(b)].machine : -1
    rows[i].server = server
    rows[i].database = database
    rows[i].isStale = isStale
    rows[i].isStoredAnyway = end != .status(200) && visits[visit].isStored
    rows[i].attempts = visits[visit].attempts
  }

  // MARK: In words

  func records(from first: Int) -> [Record] {
    (first..<max(first, firstRow + rows.count)).map { record(at: $0) }
  }

  func record(at place: Int, name: String? = nil) -> Record {
    let row = rows[place - firstRow]
    let open = row.isEnded ? nil : held.numbered(row.number)
    var record = Record(
      number: Int(row.number), name: name ?? open?.name, kind: row.requestKind, source: IPv4(row.source),
      path: paths.text(row.path), startedAt: Span(nanoseconds: row.startedAt))
    record.end = row.end
    record.endedAt = row.isEnded ? Span(nanoseconds: row.endedAt) : nil
    record.balancer = row.balancer >= 0 ? names[Int(row.balancer)] : nil
    record.server = row.server >= 0 ? names[Int(row.server)] : nil
    record.database = row.database >= 0 ? names[Int(row.database)] + ".mysql" : nil
    record.isStale = row.isStale
    record.isStoredAnyway = row.isStoredAnyway
    record.log = timing(of: row)
    if let open { describe(open, in: &record) }
    return record
  }

  /// One that is still in flight is described as it stands.
  private func describe(_ open: Held, in record: inout Record) {
    record.isQueued = isQueued(open)
    let visit = visits[open.visit]
    guard visit.number == open.number, visit.balancer >= 0 else { return }
    let b = Int(visit.balancer)
    record.balancer = nameOfBalancer(b)
    // On its way to one it has none yet.
    let isThere = visit.phase == .held || visit.phase == .answering || visit.phase == .answered
    if visit.server >= 0, isThere {
      record.server = names[Int(seats[seat(b, Int(visit.server))].machine)]
    }
  }

  private func timing(of row: Row) -> Record.Timing {
    func span(_ nanoseconds: Int64) -> Span? { nanoseconds >= 0 ? Span(nanoseconds: nanoseconds) : nil }
    var timing = Record.Timing()
    timing.queue = span(row.queue)
    timing.connect = span(row.connect)
    timing.response = span(row.response)
    timing.server = row.tried >= 0 ? names[Int(row.tried)] : nil
    timing.retries = Int(max(0, row.attempts - 1))
    timing.redispatched = row.redispatched
    timing.serverConnections = Int(row.serverConnections)
    timing.backendConnections = Int(row.backendConnections)
    timing.serverQueue = Int(row.serverQueue)
    timing.backendQueue = Int(row.backendQueue)
    timing.flags = String(decoding: [UInt8(row.flags >> 8), UInt8(row.flags & 255)], as: UTF8.self)
    return timing
  }

  /// The rows that are kept, oldest first.
  public var log: [Record] { records(from: firstRow) }

  /// The row of a request by its number, if it is kept.
  public func record(ofRequest number: Int) -> Record? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if Int(rows[middle].number) < number { low = middle + 1 } else { high = middle }
    }
    guard low < rows.count, Int(rows[low].number) == number else { return nil }
    return record(at: firstRow + low)
  }
}
