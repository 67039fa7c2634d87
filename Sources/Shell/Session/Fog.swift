import Blueprint
import Inspector
import Simulator

/// Fog hides all of a site that is not seen from outside. It remembers what it hid after it has lifted.
struct Fog: Equatable, Sendable {
  /// Whether it is still there.
  var isHere = true
  /// What was broken when it came up, and what chaos has hidden in it since.
  private(set) var hidden: [Breakage]
  /// The site when it came up, or when something was hidden last; `reset` leads there.
  var start: Simulation { kept.value }
  private var kept: Boxed<Simulation>
  /// Whether the task of a lesson brought it: then it lifts when the task is over.
  var isOfTask = false
  /// How often an operator was sent to repair something, and how often nothing was broken there.
  private(set) var repairs = 0
  private(set) var inVain = 0

  init(over site: Simulation) {
    hidden = site.faults
    kept = .of(site)
  }

  /// Something more is hidden on the site.
  mutating func hide(on site: Simulation) {
    hidden += site.faults.filter { !start.faults.contains($0) && !hidden.contains($0) }
    kept = .of(site)
  }

  mutating func countRepair(isInVain: Bool) {
    repairs += 1
    if isInVain { inVain += 1 }
  }

  /// How long it takes until an operator has repaired what is broken.
  static let repairing = Span.seconds(60)
}

extension Scene {
  var isFoggy: Bool { fog?.isHere == true }

  /// Raises fog. Fog that is there already hides what has just been broken.
  mutating func hide() {
    if isFoggy { fog?.hide(on: simulation) } else { fog = Fog(over: simulation) }
  }
}
