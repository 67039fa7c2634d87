import Blueprint
import Inspector
import Simulator

/// Describes events in words.
extension Event {
  var line: Line {
    let by = cause.isEmpty ? "" : ", says \(cause)"
    return Line("  \(Column.right(time.clock, 12))  ")
      + Line(sentence + (kind.isSeen ? by : ""), kind.look)
  }

  /// The event with its subject. It names the cause only if the event's words require it.
  var sentence: String {
    switch kind {
    case .demoted, .rebuilt: "\(subject) \(words) \(cause)"
    case .remainedPrimary:
      "\(subject) \(words), because \(cause) cannot reach it; until it stops, both accept writes"
    default: "\(subject) \(words)"
    }
  }

  private var words: String {
    switch kind {
    case .broke(let fault): FaultTarget(named: subject).map { fault.sentence(of: $0) } ?? kind.words
    case .fenced: "\(kind.words) by the observer beside \(cause)"
    default: kind.words
    }
  }

  var json: JSON {
    [
      .timeMs: .milliseconds(time), .component: .string(subject), .what: .string(words),
      .cause: cause.isEmpty ? .null : .string(cause),
    ]
  }
}

extension Event.Kind {
  var words: String {
    switch self {
    case .broke(let fault): fault.row.happens
    case .repaired(let fault): fault.row.repaired
    case .markedDown(let checks): "is DOWN after \(checks) failed \(checks == 1 ? "check" : "checks")"
    case .markedUp(let checks): "is UP after \(checks) passed \(checks == 1 ? "check" : "checks")"
    case .rampEnded: "has its whole weight again"
    case .connectionsLost(let count):
      count == 1 ? "lost an open connection" : "lost \(count) open connections"
    case .tookAddress: "took the address"
    case .claimedAddress: "claims the address for itself: nobody hears it"
    case .gaveUpAddress: "gave the address up"
    case .promoted(let lost):
      lost == 0
        ? "is the primary now; nothing was lost"
        : "is the primary now; \(lost) acknowledged \(lost == 1 ? "write was" : "writes were") lost"
    case .demoted: "is read only now, and replicates from"
    case .remainedPrimary: "is still a primary"
    case .fenced: "was fenced, switched off"
    case .diverged: "has writes that the new primary lacks, and replicates from no node"
    case .rebuilt: "is a fresh copy, and replicates from"
    case .stoppedWaitingForReplicas:
      "no longer waits for a replica: replication is asynchronous until one is back"
    case .diskFreed(let writes):
      "has room again; \(writes) \(writes == 1 ? "write that waited was" : "writes that waited were") stored"
    case .alerted(let reason): reason.words
    case .refusedOrder(let problem): "was not done: \(Sentences.failure(for: .problem(problem, nil)).message)"
    }
  }

  /// Whether the line of the event names the component that observed it.
  fileprivate var isSeen: Bool {
    switch self {
    case .markedDown, .markedUp, .rampEnded: true
    default: false
    }
  }

  fileprivate var look: Line.Look {
    switch self {
    case .broke, .markedDown, .connectionsLost, .diverged, .refusedOrder, .alerted, .fenced,
      .claimedAddress, .remainedPrimary:
      .failed
    case .promoted(let lost): lost > 0 ? .failed : .accent
    case .repaired, .markedUp, .rampEnded, .tookAddress, .gaveUpAddress, .demoted, .rebuilt,
      .stoppedWaitingForReplicas,
      .diskFreed:
      .accent
    }
  }
}

extension InjectedFault {
  /// The target, and what its fault does.
  var sentence: String { "\(target.text) \(fault.sentence(of: target))" }
}
