import Blueprint
import Inspector
import Simulator

/// Fog hides everything about a site except what users can see. After it has lifted, it remembers what it
/// hid.
struct Fog: Equatable, Sendable {
  /// Whether the fog still hides the site.
  var isHere = true
  /// The faults when the fog was raised, and those that chaos has injected since.
  private(set) var hidden: [InjectedFault]
  /// The site when the fog was raised or last hid something. `reset` goes back to it.
  var start: Simulation { kept.value }
  private var kept: Boxed<Simulation>
  /// Whether the task of a lesson raised the fog. If so, the fog lifts when the task is over.
  var isOfTask = false
  /// How often an operator was sent to repair something, and how often there was nothing to repair
  /// (`inVain`).
  private(set) var repairs = 0
  private(set) var inVain = 0

  init(over site: Simulation) {
    hidden = site.faults
    kept = .of(site)
  }

  /// Hides further faults on the site.
  mutating func hide(on site: Simulation) {
    hidden += site.faults.filter { !start.faults.contains($0) && !hidden.contains($0) }
    kept = .of(site)
  }

  mutating func countRepair(isInVain: Bool) {
    repairs += 1
    if isInVain { inVain += 1 }
  }

  /// How long an operator takes to repair a fault.
  static let repairing = Span.seconds(60)
}

extension Scene {
  var isFoggy: Bool { fog?.isHere == true }

  /// Raises fog. Fog that is already there also hides the new faults.
  mutating func hide() {
    if isFoggy { fog?.hide(on: simulation) } else { fog = Fog(over: simulation) }
  }
}
