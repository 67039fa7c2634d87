/// How something fails.
public enum Fault: Equatable, Sendable {
  /// The process has ended: connections are refused at once.
  case crash
  /// The process has ended, and is started again after that time.
  case restart(Span)
  /// The process is frozen: connections are accepted, nothing is answered.
  case hang
  /// Every service takes that much longer.
  case slow(Span)
  /// Nothing runs, nothing answers, nothing is remembered.
  case power
  /// Everything runs, but no packet passes.
  case cut
  /// The application answers 500 on every page; with `pagesOnly` on all but the health page.
  case badRelease(pagesOnly: Bool)
  /// Writes wait for space on the disk.
  case diskFull
  /// The certificate is past its last day, so browsers refuse it.
  case expired
}

/// The faults by their words, in the order in which help lists them.
public enum FaultKind: String, CaseIterable, Sendable {
  case crash, restart, hang, slow, power, cut
  case badRelease = "bad-release"
  case diskFull = "disk-full"
  case expired

  /// Returns the fault with its details. A detail that the fault does not have is ignored.
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

/// What may follow the word of a fault.
public enum FaultDetail: Sendable {
  case none
  /// A length of time: the one that the fault has, the parameter's name, and what it means.
  case duration(Span, name: String, meaning: String)
  /// The word `pages`: the health page still works.
  case pages
}

/// What a fault does while it lasts.
public enum FaultEffect: Equatable, Sendable {
  case stopsProcess, freezesProcess
  case slowsService(by: Span)
  case takesPower
  case dropsPackets
  case breaksRelease(pagesOnly: Bool)
  case fillsDisk
  case endsValidity

  /// What must be there for the effect.
  var struck: Weakness {
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

/// All that commands, sentences and pictures know about a fault.
public struct FaultRow: Sendable {
  public let kind: FaultKind
  /// What may follow the word.
  public var detail = FaultDetail.none
  public let effect: FaultEffect
  /// When it ends by itself; nil if it lasts until it is repaired.
  public var endsAfter: Span?
  /// What it is, for help and completion.
  public let summary: String
  /// What has happened, behind the name of the target.
  public let happens: String
  /// What a repair brings back, behind the name of the target.
  public let repaired: String
  /// The same in a word or two, behind a sign in a picture.
  public let note: String
}

extension Fault {
  /// Everything about the fault: one row for each.
  public var row: FaultRow {
    switch self {
    case .crash:
      FaultRow(
        kind: .crash, effect: .stopsProcess,
        summary: "the process is gone: connections are refused at once",
        happens: "crashed: it refuses connections", repaired: "runs again", note: "crashed")
    case .restart(let span):
      FaultRow(
        kind: .restart, detail: .duration(span, name: "DOWNTIME", meaning: "how long a restart takes"),
        effect: .stopsProcess, endsAfter: span,
        summary: "the process is gone for a moment, and comes back by itself",
        happens: "restarts: it is back after \(span.words)", repaired: "runs again", note: "restarts")
    case .hang:
      FaultRow(
        kind: .hang, effect: .freezesProcess,
        summary: "the process is frozen: connections are accepted, nothing is answered",
        happens: "hangs: it accepts and never answers", repaired: "goes on where it was", note: "hangs")
    case .slow(let span):
      FaultRow(
        kind: .slow, detail: .duration(span, name: "DURATION", meaning: "so much longer"),
        effect: .slowsService(by: span), summary: "everything takes longer",
        happens: "is slow: everything takes \(span.words) longer", repaired: "is as quick as before",
        note: "+\(span.words)")
    case .power:
      FaultRow(
        kind: .power, effect: .takesPower, summary: "nothing runs, nothing answers",
        happens: "lost its power", repaired: "has power again", note: "no power")
    case .cut:
      FaultRow(
        kind: .cut, effect: .dropsPackets, summary: "everything runs, but no packet passes",
        happens: "is cut off: no packet passes", repaired: "is connected again", note: "cut off")
    case .badRelease(let pagesOnly):
      FaultRow(
        kind: .badRelease, detail: .pages, effect: .breaksRelease(pagesOnly: pagesOnly),
        summary: "the application answers 500 on every page, and fails its checks",
        happens: pagesOnly
          ? "got a bad release: every page but the health page fails"
          : "got a bad release: every page fails",
        repaired: "has the good release again", note: pagesOnly ? "bad pages" : "bad release")
    case .diskFull:
      FaultRow(
        kind: .diskFull, effect: .fillsDisk, summary: "writes wait for a free disk",
        happens: "has a full disk: writes wait", repaired: "has room on its disk again", note: "disk full")
    case .expired:
      FaultRow(
        kind: .expired, effect: .endsValidity,
        summary: "a certificate is past its last day: browsers refuse it",
        happens: "has expired: users turn away", repaired: "is a new one", note: "expired")
    }
  }

  /// The word, with `pages` but without a duration: what tells two faults of a target apart.
  public var text: String {
    self == .badRelease(pagesOnly: true) ? "\(row.kind.rawValue) pages" : row.kind.rawValue
  }

  /// As `break` says it, with all details.
  public var command: String {
    if case .duration(let span, _, _) = row.detail { "\(text) \(span.command)" } else { text }
  }

  /// What has happened to the target, behind its name. A crash is seen differently on each kind of component.
  public func sentence(of target: Breakable) -> String {
    guard self == .crash, case .part(let address) = target, let kind = address.part else {
      return row.happens
    }
    return kind.profile.crash
  }

  /// Whether the two cannot be at the same target at once, since the second only repeats the first.
  public func isSameKind(as other: Fault) -> Bool { row.kind == other.row.kind }
}

extension Topology {
  /// Returns the faults that the target can have, the usual one first. Their details (how slow, which pages) are free.
  public func faults(of target: Breakable) throws(Problem) -> [Fault] {
    switch target {
    case .link(let a, let b):
      for end in [a, b] where end != Breakable.internet && host(named: end) == nil { throw .unknownHost(end) }
      guard a != b else { throw .unknownHost(target.text) }
      return Fault.striking(.connection)
    case .part(let address):
      guard let host = host(named: address.host) else { throw .unknownHost(address.host) }
      guard let part = address.part else {
        return [.power] + Fault.striking(host.weaknesses.subtracting(.power))
      }
      guard host.carries(part) else { throw .notCarried(part, host: host.name) }
      return Fault.striking(part.profile.weaknesses)
    }
  }
}

extension Fault {
  /// Each fault in its usual form, with what it strikes.
  private static let all = FaultKind.allCases.map { ($0.fault(), struck: $0.fault().row.effect.struck) }

  fileprivate static func striking(_ weaknesses: Weakness) -> [Fault] {
    all.filter { !$0.struck.isDisjoint(with: weaknesses) }.map { $0.0 }
  }
}
