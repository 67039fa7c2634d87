/// The drawing of the site during a lesson, which a large window can show above the replies.
public struct LessonDrawing: Equatable, Sendable {
  public let lines: [Line]

  /// Returns nil outside lessons and in the fog, where the site is not shown.
  public init?(_ tutor: Tutor, width: Int) {
    guard tutor.learner.isAway, !tutor.isFoggy, let drawing = tutor.loadedSite.drawings(width: width).first
    else { return nil }
    lines = drawing
  }
}
