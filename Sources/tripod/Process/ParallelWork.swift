import Glibc

/// Independent pieces of work, spread over all processor cores.
enum ParallelWork {
  /// Returns the result for each input, in the order of the inputs.
  static func results<Input: Sendable, Result: Sendable>(
    of inputs: [Input], _ body: @escaping @Sendable (Input) -> Result
  ) -> [Result] {
    let queue = JobQueue<Result>(count: inputs.count)
    let work: @Sendable () -> Void = {
      while let index = queue.takeNext() { queue.finish(index, with: body(inputs[index])) }
    }
    let others = min(inputs.count, sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1
    let threads = (0..<max(0, others)).compactMap { _ in WorkerThread(work) }
    work()
    for thread in threads { thread.join() }
    return queue.results
  }
}

/// The inputs that no thread has taken yet, and the results so far.
private final class JobQueue<Result: Sendable>: Sendable {
  private let state: LockedValue<(taken: Int, results: [Result?])>

  init(count: Int) { state = LockedValue((0, Array(repeating: nil, count: count))) }

  var results: [Result] { state.withLock { $0.results.compactMap { $0 } } }

  /// Returns the index of the next input, or nil if all have been taken.
  func takeNext() -> Int? {
    state.withLock { state in
      guard state.taken < state.results.count else { return nil }
      state.taken += 1
      return state.taken - 1
    }
  }

  func finish(_ index: Int, with result: Result) { state.withLock { $0.results[index] = result } }
}

private struct WorkerThread {
  private let id: pthread_t

  /// Starts a thread, or returns nil if the system allows no more. The existing threads then do the work.
  init?(_ body: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    // As large as the stack of the main thread, because blocks of a lesson can be deeply nested.
    pthread_attr_setstacksize(&attributes, 8 << 20)
    let boxed = Unmanaged.passRetained(BoxedBody(body))
    var id = pthread_t()
    let status = pthread_create(
      &id, &attributes,
      { boxed in
        InternalError.withSpareStack { Unmanaged<BoxedBody>.fromOpaque(boxed!).takeRetainedValue().body() }
        return nil
      }, boxed.toOpaque())
    if status != 0 {
      boxed.release()
      return nil
    }
    self.id = id
  }

  func join() { pthread_join(id, nil) }

  /// The closure as an object, whose address can be passed to the C library.
  private final class BoxedBody {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
