import Course
import Facts
import Inspector

/// The results of facts while a lesson is tested, because many answers ask the same fact about the same site.
///
/// Each trial has its own results, so they are never shared between threads.
final class FactMemories: @unchecked Sendable {
  private var places: [RememberedPlace] = []
  private static let most = 32

  /// Everything that the result of a fact can depend on.
  private struct RememberedPlace {
    let scene: Scene
    let study: Study
    let seen: [String]
    let memory = FactMemory()
  }

  func memory(of scene: Scene, _ study: Study, seen: [String]) -> FactMemory {
    if let known = places.last(where: { $0.scene == scene && $0.study == study && $0.seen == seen }) {
      return known.memory
    }
    let place = RememberedPlace(scene: scene, study: study, seen: seen)
    if places.count == FactMemories.most { places.removeFirst() }
    places.append(place)
    return place.memory
  }
}
