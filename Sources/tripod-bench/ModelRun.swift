import Glibc

/// The measurements of one run of a model.
struct ModelRun {
  var seconds: Double
  var requests: Int
  /// The mean latency in milliseconds.
  var mean: Double
  /// The 99th percentile of the latency in milliseconds.
  var p99: Double
  var failed = 0

  var secondsPerRequest: Double { seconds / Double(requests) }
}

extension [ModelRun] {
  /// The seconds for one request in the best round.
  var best: Double { map(\.secondsPerRequest).min() ?? .nan }
  /// The mean over all rounds, each of which has another seed.
  var mean: Double { map(\.mean).reduce(0, +) / Double(count) }
  var p99: Double { map(\.p99).reduce(0, +) / Double(count) }
}

/// Returns the time that the work takes.
func seconds(_ work: () -> Void) -> Double {
  let start = now
  work()
  return now - start
}

/// The time in seconds since an arbitrary moment.
var now: Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
