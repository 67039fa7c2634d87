import Glibc

/// A clock that never goes back, even if the time of day is changed.
enum MonotonicClock {
  /// The time in nanoseconds since an arbitrary moment.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
