/// A fault: the way in which a target fails.
public enum Fault: Equatable, Sendable {
  /// The process has ended: connections are refused at once.
  case crash
  /// The process has ended. It is started again after this time.
  case restart(Span)
  /// The process is frozen: connections are accepted, but no request is answered.
  case hang
  /// Each request takes this much longer to serve.
  case slow(Span)
  /// The host has no power: nothing runs or answers, and everything in memory is lost.
  case power
  /// Everything runs, but no packet gets through.
  case cut
  /// The application answers 500 on every page; with `pagesOnly`, on every page except the health page.
  case badRelease(pagesOnly: Bool)
  /// Writes wait for space on the disk.
  case diskFull
  /// The certificate has expired, so browsers refuse it.
  case expired
}

/// The kinds of fault, each under its word in commands. Help lists them in this order.
public enum FaultKind: String, CaseIterable, Sendable {
  case crash, restart, hang, slow, power, cut
  case badRelease = "bad-release"
  case diskFull = "disk-full"
  case expired

  /// Returns the fault of this kind with its details. Ignores a detail that this kind does not have.
  public func fault(duration: Span? = nil, pagesOnly: Bool = false) -> Fault {
    switch self {
    case .crash: .crash
    case .restart: .restart(duration ?? .seconds(5))
    case .hang: .hang
    case .slow: .slow(duration ?? .seconds(1))
    case .power: .power
    case .cut: .cut
    case .badRelease: .badRelease(pagesOnly: pagesOnly)
    case .diskFull: .diskFull
    case .expired: .expired
    }
  }
}

/// The detail that may follow the word for a fault in a command.
public enum FaultDetail: Sendable {
  case none
  /// A length of time: its value, the name of the parameter, and its meaning for help.
  case duration(Span, name: String, meaning: String)
  /// The word `pages`: only the pages fail, and the health page still works.
  case pages
}

/// The effect of a fault while it is active.
public enum FaultEffect: Equatable, Sendable {
  case stopsProcess, freezesProcess
  case slowsService(by: Span)
  case takesPower
  case dropsPackets
  case breaksRelease(pagesOnly: Bool)
  case fillsDisk
  case endsValidity

  /// The vulnerabilities that the effect exploits. The effect applies to a target that has at least one of
  /// them.
  var requiredVulnerability: Vulnerability {
    switch self {
    case .stopsProcess: [.process, .filter]
    case .freezesProcess: .process
    case .slowsService: .service
    case .takesPower: .power
    case .dropsPackets: .connection
    case .breaksRelease: .release
    case .fillsDisk: .disk
    case .endsValidity: .validity
    }
  }
}

/// The facts about a fault that commands, messages and drawings use.
public struct FaultRow: Sendable {
  public let kind: FaultKind
  /// The detail that may follow the word in a command.
  public var detail = FaultDetail.none
  public let effect: FaultEffect
  /// The time after which the fault ends by itself; nil if it lasts until it is repaired.
  public var endsAfter: Span?
  /// What the fault is, for help and completion.
  public let summary: String
  /// What has happened: the words after the name of the target.
  public let happens: String
  /// What a repair restores: the words after the name of the target.
  public let repaired: String
  /// What has happened, in a word or two, for a drawing.
  public let note: String
}

extension Fault {
  /// The facts about the fault.
  public var row: FaultRow {
    switch self {
    case .crash:
      FaultRow(
        kind: .crash, effect: .stopsProcess,
        summary: "the process has ended: connections are refused at once",
        happens: "crashed: it refuses connections", repaired: "runs again", note: "crashed")
    case .restart(let span):
      FaultRow(
        kind: .restart, detail: .duration(span, name: "DOWNTIME", meaning: "how long the restart takes"),
        effect: .stopsProcess, endsAfter: span,
        summary: "the process ends, and starts again by itself",
        happens: "restarts: it runs again after \(span.words)", repaired: "runs again", note: "restarts")
    case .hang:
      FaultRow(
        kind: .hang, effect: .freezesProcess,
        summary: "the process is frozen: it accepts connections and never answers",
        happens: "hangs: it accepts connections and never answers", repaired: "continues where it stopped",
        note: "hangs")
    case .slow(let span):
      FaultRow(
        kind: .slow, detail: .duration(span, name: "DURATION", meaning: "how much longer each request takes"),
        effect: .slowsService(by: span), summary: "each request takes longer to serve",
        happens: "is slow: each request takes \(span.words) longer", repaired: "is as fast as before",
        note: "+\(span.words)")
    case .power:
      FaultRow(
        kind: .power, effect: .takesPower,
        summary: "the host is off: nothing runs on it, and nothing answers",
        happens: "has lost power", repaired: "has power again", note: "no power")
    case .cut:
      FaultRow(
        kind: .cut, effect: .dropsPackets, summary: "everything runs, but no packet gets through",
        happens: "is cut off: no packet gets through", repaired: "is connected again", note: "cut off")
    case .badRelease(let pagesOnly):
      FaultRow(
        kind: .badRelease, detail: .pages, effect: .breaksRelease(pagesOnly: pagesOnly),
        summary: "the application answers 500 on every page, and fails its health checks",
        happens: pagesOnly
          ? "has a bad release: every page except the health page fails"
          : "has a bad release: every page fails",
        repaired: "has the good release again", note: pagesOnly ? "bad pages" : "bad release")
    case .diskFull:
      FaultRow(
        kind: .diskFull, effect: .fillsDisk, summary: "the disk is full: writes wait until there is room",
        happens: "has a full disk: writes wait until there is room", repaired: "has room on its disk again",
        note: "disk full")
    case .expired:
      FaultRow(
        kind: .expired, effect: .endsValidity,
        summary: "the certificate has expired: browsers reject it",
        happens: "has expired: browsers warn users, and they leave", repaired: "is valid again",
        note: "expired")
    }
  }

  /// The word for the fault, with `pages` but without a duration. It distinguishes two faults of one target.
  public var text: String {
    self == .badRelease(pagesOnly: true) ? "\(row.kind.rawValue) pages" : row.kind.rawValue
  }

  /// The fault with all its details, as `break` accepts it.
  public var command: String {
    if case .duration(let span, _, _) = row.detail { "\(text) \(span.command)" } else { text }
  }

  /// Returns what has happened to the target: the words after its name. A crash looks different on each kind
  /// of component.
  public func sentence(of target: FaultTarget) -> String {
    guard self == .crash, case .component(let address) = target, let kind = address.component else {
      return row.happens
    }
    return kind.profile.crash
  }

  /// Returns whether the two faults are of one kind. A target has at most one fault of each kind at a time.
  public func isSameKind(as other: Fault) -> Bool { row.kind == other.row.kind }

  /// Returns whether a target with this fault cannot have the other fault too. A process that has ended for
  /// good is not restarting.
  public func excludes(_ other: Fault) -> Bool {
    row.endsAfter == nil && other.row.endsAfter != nil && row.effect == other.row.effect
  }

  /// Returns the same fault with the time that is left of it, if it ends by itself.
  fileprivate func remaining(after elapsed: Span) -> Fault {
    guard let whole = row.endsAfter else { return self }
    let left = max(.milliseconds(1), whole - elapsed).roundedUpToMilliseconds
    return row.kind.fault(duration: left)
  }
}

extension InjectedFault {
  /// The command that injects the fault again at this time. A fault that ends by itself gets the time that is
  /// left.
  public func command(at time: Span) -> String {
    "break \(target.text) \(fault.remaining(after: time - since).command)"
  }
}

extension Topology {
  /// Returns the faults that the target can have, the default one first. Their details (how slow, which
  /// pages) may vary.
  public func faults(of target: FaultTarget) throws(Problem) -> [Fault] {
    switch target {
    case .link(let a, let b):
      for end in [a, b] where end != FaultTarget.internet && host(named: end) == nil {
        throw .unknownHost(end)
      }
      guard a != b else { throw .unknownHost(target.text) }
      return Fault.faultsExploiting(.connection)
    case .component(let address):
      guard let host = host(named: address.host) else { throw .unknownHost(address.host) }
      guard let component = address.component else {
        return [.power] + Fault.faultsExploiting(host.vulnerabilities.subtracting(.power))
      }
      guard host.has(component) else { throw .missingComponent(component, host: host.name) }
      return Fault.faultsExploiting(component.profile.vulnerabilities)
    }
  }
}

extension Fault {
  /// Each fault with its default details, and the vulnerabilities that it exploits.
  private static let all = FaultKind.allCases.map {
    ($0.fault(), requiredVulnerability: $0.fault().row.effect.requiredVulnerability)
  }

  fileprivate static func faultsExploiting(_ vulnerabilities: Vulnerability) -> [Fault] {
    all.filter { !$0.requiredVulnerability.isDisjoint(with: vulnerabilities) }.map { $0.0 }
  }
}
