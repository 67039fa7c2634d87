/// Writes that failed for their user before they were stored. Some of them are stored later. At least the
/// last 32,768 are kept.
struct UnstoredWrites: Equatable, Sendable {
  private var young: [Int32: UnstoredWrite] = [:]
  private var old: [Int32: UnstoredWrite] = [:]

  mutating func insert(_ request: Request, run: Int) {
    if young.count >= 32_768 {
      old = young
      young = [:]
    }
    young[request.number] = UnstoredWrite(
      row: Int(request.recording.row), run: request.recording.isCounted ? run : -1)
  }

  mutating func remove(_ request: Int32) -> UnstoredWrite? {
    guard !young.isEmpty || !old.isEmpty else { return nil }
    return young.removeValue(forKey: request) ?? old.removeValue(forKey: request)
  }
}

struct UnstoredWrite: Equatable, Sendable {
  /// The number of the request's row; -1 if it has none.
  let row: Int
  /// The number of the run that counted the request; -1 if none did.
  let run: Int
}
