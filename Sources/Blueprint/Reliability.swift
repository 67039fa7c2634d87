/// The mean time between failures (MTBF) and the mean time to repair (MTTR) of a host or component.
public struct MeanTimes: Equatable, Sendable {
  public var mtbf: Span
  public var mttr: Span

  /// The share of the time that the host or component is unavailable.
  public var unavailability: Double {
    let (up, down) = (Double(mtbf.nanoseconds), Double(mttr.nanoseconds))
    return up + down > 0 ? down / (up + down) : 0
  }
}

/// The mean times between failures and to repair, for hosts and for each kind of component.
///
/// The default figures are orders of magnitude, not measurements of this site. Each `ReliabilityRow` names
/// its sources.
public struct Reliability: Equatable, Sendable {
  // This dictionary is never iterated.
  private var means: [ComponentKind?: MeanTimes]

  public init() {
    means = [nil: ReliabilityRow.host.defaults]
    for kind in ComponentKind.allCases { means[kind] = kind.profile.reliability?.defaults }
  }

  /// Returns the mean times of a kind of component, or of a host if `kind` is nil. The result is nil if the
  /// model assumes that it never fails.
  public func means(of kind: ComponentKind?) -> MeanTimes? { means[kind] }

  /// The mean times of a kind of component, or of a host if `kind` is nil. They are zero for a kind that
  /// never fails.
  subscript(kind: ComponentKind?) -> MeanTimes {
    get { means[kind] ?? MeanTimes(mtbf: .zero, mttr: .zero) }
    set { means[kind] = newValue }
  }
}

/// The default reliability of a host or a kind of component, and the sources of the figures.
public struct ReliabilityRow: Sendable {
  /// The name of the host or component in a sentence, with its article.
  let subject: String
  let defaults: MeanTimes
  let mtbfSource: String
  let mttrSource: String

  init(of subject: String, _ defaults: MeanTimes, mtbfSource: String, mttrSource: String) {
    self.subject = subject
    self.defaults = defaults
    self.mtbfSource = mtbfSource
    self.mttrSource = mttrSource
  }

  static let host = ReliabilityRow(
    of: "a host", MeanTimes(mtbf: .hours(365 * 24), mttr: .hours(4)),
    mtbfSource:
      "J. Dean of Google reported in 2008 that 1,800 hosts had 1,000 failures in their first year; one a year for each "
      + "host is on the safe side",
    mttrSource: "the same talk: the hosts were back after one to six hours")
}

extension Span {
  static func minutes(_ n: Int64) -> Span { .seconds(n * 60) }
  static func hours(_ n: Int64) -> Span { .seconds(n * 3_600) }
}
