/// The units of time, with the words for each that people may type.
public enum TimeUnit: CaseIterable, Sendable {
  case nanosecond, microsecond, millisecond, second, minute, hour, day

  public var nanoseconds: Int64 {
    switch self {
    case .nanosecond: 1
    case .microsecond: 1_000
    case .millisecond: 1_000_000
    case .second: 1_000_000_000
    case .minute: 60_000_000_000
    case .hour: 3_600_000_000_000
    case .day: 86_400_000_000_000
    }
  }

  public var seconds: Double { Double(nanoseconds) / 1_000_000_000 }

  /// Where a word is read: each place knows some more words, or fewer.
  public enum Context: Sendable {
    /// In commands: `wait 2min`.
    case command
    /// In facts: `latency < 2min`.
    case fact
    /// In the answer to a lesson's question: `two minutes`.
    case answer
  }

  /// Reads the word for a unit, in small letters.
  public init?(_ word: String, in context: Context) {
    guard let unit = TimeUnit.allCases.first(where: { $0.words(in: context).contains(word) }) else {
      return nil
    }
    self = unit
  }

  /// The words for the unit, the shortest first.
  private func words(in context: Context) -> [String] {
    switch (self, context) {
    case (.nanosecond, .answer): []
    case (.nanosecond, _): ["ns"]
    case (.microsecond, .command): ["us", "µs", "μs"]
    case (.microsecond, .fact): ["us", "µs"]
    case (.microsecond, .answer): ["us", "µs", "microseconds"]
    case (.millisecond, .answer): ["ms", "millisecond", "milliseconds", "msec"]
    case (.millisecond, _): ["ms"]
    case (.second, .fact): ["s"]
    case (.second, _): ["s", "sec", "secs", "second", "seconds"]
    case (.minute, .fact): ["m", "min"]
    case (.minute, _): ["m", "min", "mins", "minute", "minutes"]
    case (.hour, .fact): ["h"]
    case (.hour, _): ["h", "hour", "hours"]
    case (.day, _): ["d", "day", "days"]
    }
  }
}
