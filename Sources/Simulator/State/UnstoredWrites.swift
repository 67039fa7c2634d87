/// Writes that failed for their user before they were stored. Some of them are stored later. At least the
/// last 32,768 are kept.
struct UnstoredWrites: Equatable, Sendable {
  private var recent: [Int32: UnstoredWrite] = [:]
  private var previous: [Int32: UnstoredWrite] = [:]

  mutating func insert(_ request: Request, run: Int) {
    if recent.count >= 32_768 {
      previous = recent
      recent = [:]
    }
    recent[request.number] = UnstoredWrite(
      row: Int(request.recording.row), run: request.recording.isCounted ? run : -1)
  }

  mutating func remove(_ request: Int32) -> UnstoredWrite? {
    guard !recent.isEmpty || !previous.isEmpty else { return nil }
    return recent.removeValue(forKey: request) ?? previous.removeValue(forKey: request)
  }
}

/// The record of one failed write.
struct UnstoredWrite: Equatable, Sendable {
  /// The number of the request's row; -1 if it has none.
  let row: Int
  /// The number of the run that counted the request; -1 if none did.
  let run: Int
}
