/// How often things fail and how long they stay so, by sort: mean time between failures, mean time to repair.
///
/// The figures to start with are orders of magnitude, not measurements of this site. A host: J. Dean of Google spoke in
/// 2009 of about a thousand failures of single machines in the first year of a cluster of some thousands, so one in a
/// year errs on the safe side; its four hours are what service contracts often promise. A bad release: one in twenty
/// weekly ones, put right within the hour, is assumed; the DORA reports on software delivery call that good. How often
/// processes fail is assumed altogether: we know of nobody who publishes it.
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
    means("a host", (.mtbfHost, .mttrHost), { $0.host }, { $0.host = $1 })
    + means("haproxy", (.mtbfHaproxy, .mttrHaproxy), { $0.haproxy }, { $0.haproxy = $1 })
    + means("nginx", (.mtbfNginx, .mttrNginx), { $0.nginx }, { $0.nginx = $1 })
    + means("an application", (.mtbfApp, .mttrApp), { $0.app }, { $0.app = $1 })
    + means("a release", (.mtbfFiles, .mttrFiles), { $0.files }, { $0.files = $1 })
    + means("a database node", (.mtbfMysql, .mttrMysql), { $0.mysql }, { $0.mysql = $1 })

  private static let longestMean = Span.seconds(100_000 * 86_400)

  private static func means(
    _ what: String, _ names: (mtbf: Name, mttr: Name),
    _ read: @escaping @Sendable (Reliability) -> Reliability.Means,
    _ write: @escaping @Sendable (inout Reliability, Reliability.Means) -> Void
  ) -> [Key] {
    [
      Key(
        name: names.mtbf, owner: .site, values: .span(.seconds(1)...longestMean),
        summary: "how long \(what) works in the mean until it fails",
        read: { topology, _ in .span(read(topology.site.reliability).mtbf) },
        write: { topology, _, value in
          var means = read(topology.site.reliability)
          means.mtbf = value.span
          write(&topology.site.reliability, means)
        }),
      Key(
        name: names.mttr, owner: .site, values: .span(.zero...longestMean),
        summary: "how long \(what) is broken in the mean until it is repaired",
        read: { topology, _ in .span(read(topology.site.reliability).mttr) },
        write: { topology, _, value in
          var means = read(topology.site.reliability)
          means.mttr = value.span
          write(&topology.site.reliability, means)
        }),
    ]
  }
}
