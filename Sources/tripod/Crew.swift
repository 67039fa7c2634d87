import Glibc

/// Pieces of work that do not ask each other, done on all the cores there are.
enum Crew {
  /// What comes of each piece, in their order.
  static func products<Work: Sendable, Product: Sendable>(
    of work: [Work], _ body: @escaping @Sendable (Work) -> Product
  ) -> [Product] {
    let board = Board<Product>(places: work.count)
    let workOn: @Sendable () -> Void = {
      while let number = board.take() { board.put(body(work[number]), at: number) }
    }
    let others = min(work.count, sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1
    let threads = (0..<max(0, others)).compactMap { _ in Thread(workOn) }
    workOn()
    for thread in threads { thread.join() }
    return board.all
  }
}

/// Where it is written who does what, and what came of it.
private final class Board<Product: Sendable>: Sendable {
  private let state: Locked<(taken: Int, products: [Product?])>

  init(places: Int) { state = Locked((0, Array(repeating: nil, count: places))) }

  var all: [Product] { state.withLock { $0.products.compactMap { $0 } } }

  /// The number of the next piece that nobody has begun.
  func take() -> Int? {
    state.withLock { state in
      guard state.taken < state.products.count else { return nil }
      state.taken += 1
      return state.taken - 1
    }
  }

  func put(_ product: Product, at number: Int) { state.withLock { $0.products[number] = product } }
}

private struct Thread {
  private let name: pthread_t

  /// Nil where the system allows no more; whoever is there already does the work then.
  init?(_ work: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    // As much room as the first thread has: lessons nest deep.
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let task = Unmanaged.passRetained(Task(work))
    var name = pthread_t()
    let status = pthread_create(
      &name, &attributes,
      { task in
        Fault.standsBeside { Unmanaged<Task>.fromOpaque(task!).takeRetainedValue().work() }
        return nil
      }, task.toOpaque())
    if status != 0 {
      task.release()
      return nil
    }
    self.name = name
  }

  func join() { pthread_join(name, nil) }

  private final class Task {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}
