/// How often a thing fails and how long it stays so: mean time between failures, mean time to repair.
public struct MeanTimes: Equatable, Sendable {
  public var mtbf: Span
  public var mttr: Span

  /// The share of the time in which it has failed.
  public var unavailability: Double {
    let (up, down) = (Double(mtbf.nanoseconds), Double(mttr.nanoseconds))
    return up + down > 0 ? down / (up + down) : 0
  }
}

/// How often hosts and components of each kind fail.
///
/// The figures at the start are orders of magnitude, not measurements of this site. Each row says where it comes from.
public struct Reliability: Equatable, Sendable {
  // Only looked up, never iterated.
  private var means: [ComponentKind?: MeanTimes]

  public init() {
    means = [nil: ReliabilityRow.host.usual]
    for kind in ComponentKind.allCases { means[kind] = kind.profile.reliability?.usual }
  }

  /// Returns the means of a host (nil), or of a kind of component; nil if it is taken never to fail.
  public func means(of kind: ComponentKind?) -> MeanTimes? { means[kind] }

  /// The same of a kind that can fail, to change it.
  subscript(kind: ComponentKind?) -> MeanTimes {
    get { means[kind] ?? MeanTimes(mtbf: .zero, mttr: .zero) }
    set { means[kind] = newValue }
  }
}

/// How reliable a host or a kind of component is at the start, and where the figures come from.
public struct ReliabilityRow: Sendable {
  /// The thing itself, as a sentence names it.
  let subject: String
  let usual: MeanTimes
  let mtbfSource: String
  let mttrSource: String

  init(of subject: String, _ usual: MeanTimes, mtbfSource: String, mttrSource: String) {
    self.subject = subject
    self.usual = usual
    self.mtbfSource = mtbfSource
    self.mttrSource = mttrSource
  }

  static let host = ReliabilityRow(
    of: "a host", MeanTimes(mtbf: .hours(365 * 24), mttr: .hours(4)),
    mtbfSource:
      "J. Dean of Google told in 2008 of 1,000 failures of single machines in the first year of 1,800: one a year "
      + "each is on the safe side",
    mttrSource: "the same talk: machines were back after one to six hours")
}

extension Span {
  static func minutes(_ n: Int64) -> Span { .seconds(n * 60) }
  static func hours(_ n: Int64) -> Span { .seconds(n * 3_600) }
}
