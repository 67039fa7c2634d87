import Blueprint

/// The records of requests and their steps, the counts of the running command, the alerts and the events.
struct Records: Equatable, Sendable {
  /// The most requests of one command that are recorded.
  static let rowLimit = 10_000
  /// At least this many of the latest records are kept when the next command begins. Each command copies
  /// them.
  static let retentionLimit = 2_000
  /// The most requests of one command whose steps are recorded.
  static let traceLimit = 2_000

  private var rows = PagedArray<RequestRow>()
  /// The number of the first row that is still kept.
  private(set) var firstRow = 0
  var journal = Journal()
  var tally = Tally()
  var unstored = UnstoredWrites()
  /// How many connections have been lost since the start of the site.
  var lostConnections = 0
  var incidents = IncidentLog()
  var lastRun = LastSendingRun()
  private(set) var events: [Event] = []

  mutating func makeUnique() { tally.makeUnique() }

  mutating func append(_ event: Event) { events.append(event) }

  /// Returns the events since the last call, and removes them.
  mutating func takeEvents() -> [Event] {
    let taken = events
    events = []
    return taken
  }

  // MARK: Rows

  /// The number of the next row.
  var nextRow: Int { firstRow + rows.count }

  mutating func append(_ row: RequestRow) { rows.append(row) }

  /// The row with this number. It must still be kept.
  subscript(row: Int) -> RequestRow {
    get { rows[row - firstRow] }
    _modify { yield &rows[row - firstRow] }
  }

  /// Returns the number of a request's row; nil if it is not kept.
  func row(ofRequest number: Int) -> Int? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if Int(rows[middle].number) < number { low = middle + 1 } else { high = middle }
    }
    guard low < rows.count, Int(rows[low].number) == number else { return nil }
    return firstRow + low
  }

  /// Drops old rows if there are too many. Rows from `needed` on are kept.
  mutating func trimRows(keepingFrom needed: Int?) {
    guard rows.count > 2 * Records.retentionLimit else { return }
    let dropped = min(rows.count - Records.retentionLimit, (needed ?? .max) - firstRow)
    rows.removeFirst(dropped)
    firstRow += dropped
  }

  /// Records that a write was stored after its user had seen an error.
  mutating func noteStoredAnyway(_ request: Int32) {
    guard let write = unstored.remove(request) else { return }
    if write.run == tally.number { tally.storedAnyway += 1 }
    if write.row >= firstRow { self[write.row].isStoredAnyway = true }
  }
}

/// The data kept about the last run.
struct LastSendingRun: Equatable, Sendable {
  /// How many requests had reached each component when the run began.
  var arrivalsBefore: [Int] = []
  var startedAt: Int64 = 0
  var duration: Int64 = 0
}
