/// Writes that failed for their user and were not stored then: some are stored later. The last 32,768 are remembered,
/// at least.
struct Unstored: Equatable, Sendable {
  private var young: [Int32: Failure] = [:]
  private var old: [Int32: Failure] = [:]

  struct Failure: Equatable, Sendable {
    let row: Int
    let run: Int
  }

  mutating func remember(_ visit: Visit, run: Int) {
    if young.count >= 32_768 {
      old = young
      young = [:]
    }
    young[visit.number] = Failure(
      row: visit.isRecorded ? Int(visit.record) : -1, run: visit.isCounted ? run : -1)
  }

  mutating func take(_ request: Int32) -> Failure? {
    guard !young.isEmpty || !old.isEmpty else { return nil }
    return young.removeValue(forKey: request) ?? old.removeValue(forKey: request)
  }
}
