/// A request that somebody keeps open, by name.
struct Held: Equatable, Sendable {
  let name: String
  let visit: Int32
  let number: Int32
  let row: Int
}

/// The requests that are held, found by name and by number without looking at the others.
struct HeldRequests: Equatable, Sendable {
  // Both are only looked up, never walked.
  private var byNumber: [Int32: Held] = [:]
  private var numbers: [String: Int32] = [:]
  /// The numbers in the order of holding, from `first` on; some of them have been released since.
  private var order: [Int32] = []
  private var first = 0

  static func == (a: HeldRequests, b: HeldRequests) -> Bool { a.all == b.all }

  /// In the order of holding.
  var all: [Held] { order[first...].compactMap { byNumber[$0] } }

  /// The one that has been held longest.
  var oldest: Held? { first < order.count ? byNumber[order[first]] : nil }

  func named(_ name: String) -> Held? { numbers[name].flatMap { byNumber[$0] } }

  func numbered(_ number: Int32) -> Held? { byNumber.isEmpty ? nil : byNumber[number] }

  mutating func append(_ held: Held) {
    byNumber[held.number] = held
    numbers[held.name] = held.number
    order.append(held.number)
  }

  mutating func remove(_ held: Held) {
    byNumber[held.number] = nil
    numbers[held.name] = nil
    while first < order.count, byNumber[order[first]] == nil { first += 1 }
    guard first > 64, first > order.count / 2 else { return }
    order.removeFirst(first)
    first = 0
  }
}
