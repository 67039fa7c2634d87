import Course
import Facts
import Inspector

/// Remembers the results of facts while a lesson is tested, because many answers need the same fact on the
/// same site.
///
/// Each trial has its own instance, so no instance is shared between threads.
final class FactMemories: @unchecked Sendable {
  private var states: [RememberedState] = []
  private static let mostStates = 32

  /// Everything that the result of a fact can depend on.
  private struct RememberedState {
    let loadedSite: LoadedSite
    let study: Study
    let seen: [String]
    let memory = FactMemory()
  }

  func memory(of loadedSite: LoadedSite, _ study: Study, seen: [String]) -> FactMemory {
    if let known = states.last(where: { $0.loadedSite == loadedSite && $0.study == study && $0.seen == seen })
    {
      return known.memory
    }
    let state = RememberedState(loadedSite: loadedSite, study: study, seen: seen)
    if states.count == FactMemories.mostStates { states.removeFirst() }
    states.append(state)
    return state.memory
  }
}
