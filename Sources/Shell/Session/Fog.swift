import Blueprint
import Inspector
import Simulator

/// Fog, which hides everything about a site except what users can see. After it has lifted, it keeps a record
/// of what it hid.
struct Fog: Equatable, Sendable {
  /// Whether the fog still hides the site.
  var isActive = true
  /// The faults when the fog was raised, and those that chaos has injected since.
  private(set) var hidden: [InjectedFault]
  /// The site when the fog was raised or last hid new faults. `reset` restores it.
  var start: Simulation { boxedStart.value }
  private var boxedStart: Boxed<Simulation>
  /// Whether the task of a lesson raised the fog. If so, the fog lifts when the task is over.
  var isRaisedByTask = false
  /// How often an operator was sent to repair something.
  private(set) var repairs = 0
  /// How often an operator found nothing to repair.
  private(set) var needlessRepairs = 0

  init(over site: Simulation) {
    hidden = site.faults
    boxedStart = .of(site)
  }

  /// Hides the faults that are new on the site, and makes `reset` restore this site.
  mutating func hide(on site: Simulation) {
    hidden += site.faults.filter { !start.faults.contains($0) && !hidden.contains($0) }
    boxedStart = .of(site)
  }

  mutating func countRepair(isNeedless: Bool) {
    repairs += 1
    if isNeedless { needlessRepairs += 1 }
  }

  /// How long an operator takes to repair a fault.
  static let repairDuration = Span.seconds(60)
}

extension LoadedSite {
  var isFoggy: Bool { fog?.isActive == true }

  /// Raises fog. If the site is already in fog, the fog also hides the new faults.
  mutating func hide() {
    if isFoggy { fog?.hide(on: simulation) } else { fog = Fog(over: simulation) }
  }
}
