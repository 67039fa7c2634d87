/// How often things fail and how long they stay so, by sort: mean time between failures, mean time to repair.
///
/// The figures to start with are orders of magnitude, not measurements of this site; each says where it comes from.
public struct Reliability: Equatable, Sendable {
  public var host = Means(mtbf: .hours(365 * 24), mttr: .hours(4))
  public var haproxy = Means(mtbf: .hours(365 * 24), mttr: .hours(1))
  public var nginx = Means(mtbf: .hours(365 * 24), mttr: .hours(1))
  public var app = Means(mtbf: .hours(30 * 24), mttr: .minutes(10))
  public var files = Means(mtbf: .hours(140 * 24), mttr: .hours(1))
  public var mysql = Means(mtbf: .hours(180 * 24), mttr: .hours(1))

  public struct Means: Equatable, Sendable {
    public var mtbf: Span
    public var mttr: Span

    /// The share of the time in which it is broken.
    public var unavailability: Double {
      let (up, down) = (Double(mtbf.nanoseconds), Double(mttr.nanoseconds))
      return up + down > 0 ? down / (up + down) : 0
    }
  }

  public init() {}

  /// Of a host, or of a part; what protects and watches is taken never to fail.
  public func means(of part: ComponentKind?) -> Means? {
    switch part {
    case nil: host
    case .haproxy: haproxy
    case .nginx: nginx
    case .app: app
    case .files: files
    case .mysql: mysql
    case .firewall, .certificate, .monitor: nil
    }
  }
}

extension Span {
  static func minutes(_ n: Int64) -> Span { .seconds(n * 60) }
  static func hours(_ n: Int64) -> Span { .seconds(n * 3_600) }
}

extension Key {
  /// How reliable each sort of component is.
  static let reliability: [Key] =
    means(
      "a host", (.mtbfHost, .mttrHost),
      (
        "J. Dean of Google told in 2008 of 1,000 failures of single machines in the first year of 1,800: one a year "
          + "each is on the safe side",
        "the same talk: machines were back after one to six hours"
      ), { $0.host }, { $0.host = $1 })
    + means(
      "haproxy", (.mtbfHaproxy, .mttrHaproxy), (unpublished("once a year"), byHand), { $0.haproxy },
      { $0.haproxy = $1 })
    + means(
      "nginx", (.mtbfNginx, .mttrNginx), (unpublished("once a year"), byHand), { $0.nginx }, { $0.nginx = $1 }
    )
    + means(
      "an application", (.mtbfApp, .mttrApp),
      (
        unpublished("once a month, since it is a site's own code,"),
        "assumed: somebody is told and starts it anew"
      ), { $0.app }, { $0.app = $1 })
    + means(
      "a release", (.mtbfFiles, .mttrFiles),
      (
        "the DORA report of 2024 counts 5 bad ones in 100 releases of the best teams: of one a week, one in 20 weeks",
        "the same report: the best teams are back within an hour"
      ), { $0.files }, { $0.files = $1 })
    + means(
      "a database node", (.mtbfMysql, .mttrMysql), (unpublished("twice a year"), byHand), { $0.mysql },
      { $0.mysql = $1 })

  private static func unpublished(_ often: String) -> String {
    "\(often) is assumed: nobody publishes how often such a process dies"
  }

  private static let byHand = "assumed: somebody is called, looks for the cause and starts it anew"

  private static let longestMean = Span.seconds(100_000 * 86_400)

  private static func means(
    _ what: String, _ names: (mtbf: Name, mttr: Name), _ origins: (mtbf: String, mttr: String),
    _ read: @escaping @Sendable (Reliability) -> Reliability.Means,
    _ write: @escaping @Sendable (inout Reliability, Reliability.Means) -> Void
  ) -> [Key] {
    [
      Key(
        name: names.mtbf, owner: .site, values: .span(.seconds(1)...longestMean),
        summary: "how long \(what) works in the mean until it fails", origin: origins.mtbf,
        read: { topology, _ in .span(read(topology.site.reliability).mtbf) },
        write: { topology, _, value in
          var means = read(topology.site.reliability)
          means.mtbf = value.span
          write(&topology.site.reliability, means)
        }),
      Key(
        name: names.mttr, owner: .site, values: .span(.zero...longestMean),
        summary: "how long \(what) is broken in the mean until it is repaired", origin: origins.mttr,
        read: { topology, _ in .span(read(topology.site.reliability).mttr) },
        write: { topology, _, value in
          var means = read(topology.site.reliability)
          means.mttr = value.span
          write(&topology.site.reliability, means)
        }),
    ]
  }
}
