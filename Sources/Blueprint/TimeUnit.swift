/// The units of time, with the words that people may type for each.
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

  /// The context in which a word is read. Each context accepts a different set of words.
  public enum Context: Sendable {
    /// In commands: `wait 2min`.
    case command
    /// In facts: `latency < 2min`.
    case fact
    /// In the answer to a lesson's question: `two minutes`.
    case answer
  }

  /// Reads the word for a unit. The word must be in lower case.
  public init?(_ word: String, in context: Context) {
    guard let unit = TimeUnit.allCases.first(where: { $0.words(in: context).contains(word) }) else {
      return nil
    }
    self = unit
  }

  /// Returns the words for the unit, beginning with a short one.
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
