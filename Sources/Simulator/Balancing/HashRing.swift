/// A ring of all hashes, with many points for each server. The server for a hash is the owner of the nearest
/// point.
///
/// When a server leaves, only its own hashes move to another server, because the nearest points of all other
/// hashes remain. However, the shares are uneven: three equal servers get 35.1, 29.5 and 35.4 %.
struct HashRing: Equatable, Sendable {
  /// The sorted points, each with its position in the upper 32 bits and its server in the lower 32 bits.
  private var points: [UInt64] = []

  /// - Parameter weights: The number of points of each server, 16 for each unit of weight.
  init(weights: [Int]) {
    points.reserveCapacity(weights.reduce(0, +))
    for (server, weight) in weights.enumerated() {
      let base = UInt32(truncatingIfNeeded: (server + 1) * 4096)
      for point in 0..<weight {
        let position = Self.mix(base &+ UInt32(truncatingIfNeeded: point))
        points.append(UInt64(position) << 32 | UInt64(server))
      }
    }
    sort()
  }

  /// Sorts the points by position, one byte at a time. For this many points, that is several times faster
  /// than comparing them.
  private mutating func sort() {
    var sorted = points
    for shift in [32, 40, 48, 56] as [UInt64] {
      var starts = [Int](repeating: 0, count: 257)
      for point in points { starts[Int(point >> shift & 255) + 1] += 1 }
      for byte in 0..<256 { starts[byte + 1] += starts[byte] }
      for point in points {
        let byte = Int(point >> shift & 255)
        sorted[starts[byte]] = point
        starts[byte] += 1
      }
      swap(&points, &sorted)
    }
  }

  /// Returns the owner of the point nearest to a hash. If that is the avoided server, returns the owner of
  /// the next point of another server.
  func server(for hash: UInt32, avoiding avoided: Int?) -> Int {
    var index = nearest(to: hash)
    guard let avoided else { return server(at: index) }
    for _ in points.indices where server(at: index) == avoided {
      index = index + 1 == points.count ? 0 : index + 1
    }
    return server(at: index)
  }

  private func nearest(to hash: UInt32) -> Int {
    let following = firstIndex(from: hash)
    let next = following == points.count ? 0 : following
    let previous = (following == 0 ? points.count : following) - 1
    return hash &- position(at: previous) <= position(at: next) &- hash ? previous : next
  }

  /// Returns the index of the first point at or after a hash.
  private func firstIndex(from hash: UInt32) -> Int {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if position(at: middle) < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func position(at index: Int) -> UInt32 { UInt32(truncatingIfNeeded: points[index] >> 32) }

  private func server(at index: Int) -> Int { Int(points[index] & 0xffff_ffff) }

  /// Returns a mixed hash, so that similar hashes are spread over the whole ring.
  ///
  /// This is Bob Jenkins' integer hash (http://burtleburtle.net/bob/hash/integer.html), followed by one
  /// multiplication.
  static func mix(_ value: UInt32) -> UInt32 {
    var hash = value
    hash = hash &+ 0x7ed5_5d16 &+ hash << 12
    hash = hash ^ 0xc761_c23c ^ hash >> 19
    hash = hash &+ 0x1656_67b1 &+ hash << 5
    hash = hash &+ 0xd3a2_646c ^ hash << 9
    hash = hash &+ 0xfd70_46c5 &+ hash << 3
    hash = hash ^ 0xb55a_4f09 ^ hash >> 16
    return hash &* 3_221_225_473
  }
}
