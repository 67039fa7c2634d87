import Course
import Facts

/// What has been found out where a lesson is tried: the same place is asked the same by many answers.
///
/// Each trial has its own, so nobody else looks at it.
final class Recollection: @unchecked Sendable {
  private var places: [Place] = []
  private static let most = 32

  /// All that an answer of the model can depend on.
  private struct Place {
    let scene: Scene
    let study: Study
    let seen: [String]
    let memory = FactMemory()
  }

  func memory(of scene: Scene, _ study: Study, seen: [String]) -> FactMemory {
    if let known = places.last(where: { $0.scene == scene && $0.study == study && $0.seen == seen }) {
      return known.memory
    }
    let place = Place(scene: scene, study: study, seen: seen)
    if places.count == Recollection.most { places.removeFirst() }
    places.append(place)
    return place.memory
  }
}
