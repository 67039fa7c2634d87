import Testing

@testable import Simulator

@Suite struct RequestQueueTests {
  private static func order(_ queue: RequestQueue, _ requests: Slab<Request>) -> [Int32] {
    var order: [Int32] = []
    var at = queue.head
    while at.exists {
      order.append(at.raw)
      at = requests[at].queueing.next
    }
    return order
  }

  @Test(arguments: [[], [0], [2], [4], [0, 4], [4, 3, 2, 1, 0], [1, 2, 3]] as [[Int32]])
  func `any request can leave the queue, and the others keep their order`(_ leaving: [Int32]) {
    var requests = Slab<Request>()
    for _ in 0..<6 { requests.append(Request()) }
    var queue = RequestQueue()
    for i in 0..<5 as Range<Int32> { queue.append(ID(i), in: requests) }
    for i in leaving { queue.remove(ID(i), in: requests) }
    queue.append(ID(Int32(5)), in: requests)
    #expect(RequestQueueTests.order(queue, requests) == (0...5).filter { !leaving.contains($0) })
    #expect(Int(queue.count) == 6 - leaving.count)
  }
}
