/// A request that is held in flight, with its name.
struct HeldRequest: Equatable, Sendable {
  let name: String
  let request: ID<Request>
  let number: Int32
  let row: Int
}

/// The held requests. Each can be found by name or number without a search.
struct HeldRequests: Equatable, Sendable {
  // These two dictionaries are never iterated.
  private var byNumber: [Int32: HeldRequest] = [:]
  private var numbers: [String: Int32] = [:]
  /// The request numbers in the order in which they were held. All numbers before `first` are released; some
  /// of the later numbers may be released too.
  private var order: [Int32] = []
  private var first = 0

  static func == (a: HeldRequests, b: HeldRequests) -> Bool { a.all == b.all }

  /// The held requests, in the order in which they were held.
  var all: [HeldRequest] { order[first...].compactMap { byNumber[$0] } }

  /// The request that has been held longest.
  var oldest: HeldRequest? { first < order.count ? byNumber[order[first]] : nil }

  func named(_ name: String) -> HeldRequest? { numbers[name].flatMap { byNumber[$0] } }

  func numbered(_ number: Int32) -> HeldRequest? { byNumber.isEmpty ? nil : byNumber[number] }

  mutating func append(_ held: HeldRequest) {
    byNumber[held.number] = held
    numbers[held.name] = held.number
    order.append(held.number)
  }

  mutating func remove(_ held: HeldRequest) {
    byNumber[held.number] = nil
    numbers[held.name] = nil
    while first < order.count, byNumber[order[first]] == nil { first += 1 }
    guard first > 64, first > order.count / 2 else { return }
    order.removeFirst(first)
    first = 0
  }
}
