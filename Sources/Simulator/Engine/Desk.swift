/// What of a balancer every request touches, in plain numbers.
struct Desk: BitwiseCopyable, Equatable {
  let station: Int32
  let machine: Int32
  /// Its servers, in the order of its farm.
  let firstSeat: Int32
  let seatCount: Int32
  var choosesByPath = false
  var joinsQueue = false
  /// Whether users speak TLS to it, whether what it sends inside is encrypted, and whether it cannot read any of it.
  var speaksTLS = false
  var encryptsInside = false
  var isBlind = false
  /// When its certificate is worth nothing any more.
  var expires = Int64.max
  /// Requests that wait for any server.
  var queue = Waiting()
  var connectLane: Int32 = -1
  var serverLane: Int32 = -1
  var queueLane: Int32 = -1
  var pauseLane: Int32 = -1
  var checkLane: Int32 = -1
  /// Where its checks begin, one for each server; -1 where it does not check.
  var firstCheck: Int32 = -1
}

/// A server as one balancer knows it.
struct Seat: BitwiseCopyable, Equatable {
  let machine: Int32
  /// What answers there first: nginx, or the application where no nginx is.
  let front: Int32
  /// Requests that wait for it alone.
  var queue = Waiting()
  var total = 0
}

/// A line of visits, linked through them.
struct Waiting: BitwiseCopyable, Equatable {
  var head: Int32 = -1
  var tail: Int32 = -1
  var count: Int32 = 0
}

extension Simulation {
  @inline(__always)
  func seat(_ b: Int, _ server: Int) -> Int { Int(desks[b].firstSeat) + server }

  func servers(of b: Int) -> Range<Int> { 0..<Int(desks[b].seatCount) }

  /// The place of a host in a balancer's list.
  func server(on machine: Int32, of b: Int) -> Int? {
    // The servers are in building order, and so are the numbers of their hosts: a binary search finds the host.
    var (low, high) = (0, Int(desks[b].seatCount))
    while low < high {
      let middle = (low + high) / 2
      if seats[seat(b, middle)].machine < machine { low = middle + 1 } else { high = middle }
    }
    return low < Int(desks[b].seatCount) && seats[seat(b, low)].machine == machine ? low : nil
  }
}
