/// How something fails.
public enum Fault: Equatable, Sendable {
  /// The process is gone: connections are refused at once.
  case crash
  /// The process is frozen: connections are accepted, nothing is answered.
  case hang
  /// Every service takes so much longer.
  case slow(Span)
  /// Nothing runs, nothing answers, nothing is remembered.
  case power
  /// Everything runs, no packet passes.
  case cut
  /// Answers 500 on every page; with `pagesOnly` on all but the health page.
  case badRelease(pagesOnly: Bool)
  /// Writes wait for a free disk.
  case diskFull
  /// A certificate: users turn away from it.
  case expired

  /// As `break` says it.
  public var text: String {
    switch self {
    case .crash: "crash"
    case .hang: "hang"
    case .slow: "slow"
    case .power: "power"
    case .cut: "cut"
    case .badRelease(let pagesOnly): pagesOnly ? "bad-release pages" : "bad-release"
    case .diskFull: "disk-full"
    case .expired: "expired"
    }
  }

  /// Whether two faults cannot stand at the same place, since the second only repeats the first.
  public func isSameKind(as other: Fault) -> Bool {
    switch (self, other) {
    case (.slow, .slow), (.badRelease, .badRelease): true
    default: self == other
    }
  }
}

/// What can be broken.
public enum Breakable: Hashable, Sendable {
  case part(Address)
  /// The wire between two hosts, or between the internet and a host.
  case link(String, String)

  public static let internet = "internet"

  public var text: String {
    switch self {
    case .part(let address): address.text
    case .link(let a, let b): "\(a)--\(b)"
    }
  }

  /// The same link whichever end is named first: the internet, then the smaller name.
  public var ordered: Breakable {
    guard case .link(let a, let b) = self else { return self }
    if a == Breakable.internet { return self }
    return b == Breakable.internet || b < a ? .link(b, a) : self
  }

  public func concerns(host: String) -> Bool {
    switch self {
    case .part(let address): address.host == host
    case .link(let a, let b): a == host || b == host
    }
  }
}

/// A fault that stands.
public struct Breakage: Equatable, Sendable {
  public let target: Breakable
  public let fault: Fault
  public let since: Span

  public init(_ target: Breakable, _ fault: Fault, since: Span) {
    self.target = target
    self.fault = fault
    self.since = since
  }
}

extension Topology {
  /// The faults that the target can have, the usual one first. Their details (how slow, which pages) are free.
  public func faults(of target: Breakable) throws(Problem) -> [Fault] {
    switch target {
    case .link(let a, let b):
      for end in [a, b] where end != Breakable.internet && host(named: end) == nil { throw .unknownHost(end) }
      guard a != b else { throw .unknownHost(target.text) }
      return [.cut]
    case .part(let address):
      guard let host = host(named: address.host) else { throw .unknownHost(address.host) }
      guard let part = address.part else { return Topology.faults(ofHost: host) }
      guard host.carries(part) else { throw .notCarried(part, host: host.name) }
      return Topology.faults(of: part)
    }
  }

  private static func faults(ofHost host: Host) -> [Fault] {
    var faults: [Fault] = [.power, .crash, .hang, .slow(.seconds(1)), .cut]
    if host.hasFiles || host.app != nil { faults.append(.badRelease(pagesOnly: false)) }
    if host.mysql != nil { faults.append(.diskFull) }
    return faults
  }

  private static func faults(of part: ComponentKind) -> [Fault] {
    switch part {
    case .haproxy, .nginx: [.crash, .hang, .slow(.seconds(1)), .cut]
    case .app: [.crash, .hang, .slow(.seconds(1)), .cut, .badRelease(pagesOnly: false)]
    case .files: [.badRelease(pagesOnly: false)]
    case .mysql: [.crash, .hang, .slow(.seconds(1)), .cut, .diskFull]
    case .firewall: [.crash]
    case .certificate: [.expired]
    case .monitor: [.crash, .hang]
    }
  }
}
