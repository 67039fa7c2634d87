import Glibc

/// The model of part (a) as a SimPy program, run by python3.
struct SimPy {
  let version: String
  private let requests: Int

  /// Returns nil if python3 or SimPy is missing.
  init?(requests: Int) {
    guard let answer = SimPy.answer(["0", "1"]), let version = answer.first else { return nil }
    self.version = version
    self.requests = requests
  }

  func run(seed: Int) -> ModelRun? {
    guard let answer = SimPy.answer(["\(requests)", "\(seed)"]), answer.count == 4,
      let time = Double(answer[1]), let mean = Double(answer[2]), let p99 = Double(answer[3])
    else { return nil }
    return ModelRun(seconds: time, requests: requests, mean: mean, p99: p99)
  }

  private static func answer(_ words: [String]) -> [String]? {
    let child = ChildProcess(["python3", "-"] + words, input: program, output: .read, error: .nowhere)
    guard let child else { return nil }
    let text = child.readAll()
    return child.wait().status == 0 ? text.split(separator: " ").map(String.init) : nil
  }

  private static let program = """
    import random, sys, time
    import simpy

    count, seed = int(sys.argv[1]), int(sys.argv[2])
    random.seed(seed)
    draw = random.expovariate
    env = simpy.Environment()
    s1, s2 = simpy.Resource(env, 4), simpy.Resource(env, 4)
    primary, replica = simpy.Resource(env, 2), simpy.Resource(env, 4)
    turns = [s1, s1, s2, s1, s2]
    latencies = []

    def request(app):
        started = env.now
        with app.request() as turn:
            yield turn
            yield env.timeout(draw(1 / 10))
        database, mean = (replica, 6.25) if random.random() < 0.9 else (primary, 18.75)
        with database.request() as turn:
            yield turn
            yield env.timeout(draw(1 / mean))
        latencies.append(env.now - started)

    def arrivals():
        for i in range(count):
            env.process(request(turns[i % 5]))
            yield env.timeout(draw(0.53333))

    env.process(arrivals())
    start = time.perf_counter()
    env.run()
    spent = time.perf_counter() - start
    latencies.sort()
    mean = sum(latencies) / count if count else 0
    p99 = latencies[count * 99 // 100] if count else 0
    print(simpy.__version__, spent, mean, p99, end="")
    """
}
