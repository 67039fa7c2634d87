import Glibc

/// One run of a model.
struct Sample {
  var seconds: Double
  var requests: Int
  /// In milliseconds.
  var mean: Double
  var p99: Double
  var failed = 0

  var secondsPerRequest: Double { seconds / Double(requests) }
}

extension [Sample] {
  /// Seconds for one request, in the best round.
  var best: Double { map(\.secondsPerRequest).min() ?? .nan }
  /// Over all rounds, each with a seed of its own.
  var mean: Double { map(\.mean).reduce(0, +) / Double(count) }
  var p99: Double { map(\.p99).reduce(0, +) / Double(count) }
}

func seconds(_ work: () -> Void) -> Double {
  let start = now
  work()
  return now - start
}

var now: Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
